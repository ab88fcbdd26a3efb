import { useReport } from '../../react/index.ts';
import { LOOKS } from '../ui/Score.tsx';
import { stepOf, wholeScore } from '../ui/scoreStep.ts';
import { words } from '../words/common.ts';
import { sessionsWords } from '../words/sessions.ts';

const KEPT = { staleTime: Number.POSITIVE_INFINITY };

/** What the report of a session says of each area of the body, the lowest first; of those behind `most`, how many there are. */
export function Scores({ s3Key, most = Number.POSITIVE_INFINITY }: { s3Key: string; most?: number }) {
  const { data, error } = useReport(s3Key, undefined, KEPT);
  if (error) return <span className="text-soft">{sessionsWords.noReport}</span>;
  if (data === undefined) return <span className="text-soft">{sessionsWords.scoresLater}</span>;
  const areas = Object.entries(data.Summary.Areas).map(([area, { Score, Metrics }]) => ({
    area,
    score: Score,
    of: Metrics,
  }));
  if (areas.length === 0) return <span className="text-soft">{words.score.none}</span>;
  // Stable: of equal ones, the first stays the first.
  areas.sort((one, other) => one.score - other.score);
  const rest = areas.slice(most);
  return (
    <span className="flex max-w-full min-w-0 gap-1 print:flex-wrap">
      {areas.slice(0, most).map((each) => (
        <span key={each.area} title={inWords(each)} className={`${CHIP} ${lookOf(each).look}`}>
          <Sign of={each} />
          <span className="font-medium tabular-nums">{wholeScore(each.score)}</span>
          <span className="truncate">{each.area}</span>
          <span className="sr-only">, {wordOf(each)}</span>
        </span>
      ))}
      {rest.length > 0 && (
        <span title={rest.map(inWords).join('\n')} className={`${CHIP} shrink-0 ${lookOf(rest[0]!).look}`}>
          <Sign of={rest[0]!} />
          <span aria-hidden="true">+{rest.length}</span>
          <span className="sr-only">{rest.map(inWords).join('; ')}</span>
        </span>
      )}
    </span>
  );
}

interface AreaScore {
  area: string;
  score: number;
  /** How many scores it is the mean of. */
  of: number;
}

const CHIP =
  'inline-flex min-w-0 items-center gap-1 rounded-full border px-2 py-px text-sm whitespace-nowrap';

const lookOf = ({ score, of }: AreaScore) => LOOKS[stepOf(score, of)];
const wordOf = ({ score, of }: AreaScore) => words.score[stepOf(score, of)];

const inWords = (each: AreaScore) => `${each.area}: ${wholeScore(each.score)}, ${wordOf(each)}`;

const Sign = ({ of }: { of: AreaScore }) => <span aria-hidden="true">{lookOf(of).sign}</span>;
