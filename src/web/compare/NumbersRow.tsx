import { Link } from '@tanstack/react-router';
import { NARROW, WIDE } from '../ui/narrow.ts';
import { decimal, range, signed } from '../ui/numbers.ts';
import { Score } from '../ui/Score.tsx';
import { words } from '../words/common.ts';
import { compareWords } from '../words/compare.ts';
import type { Line } from './compared.ts';

const TEXT = compareWords;

/** The numbers of one line. */
export function NumbersRow({
  line: { of, side, curve, statistics },
  reference,
  at,
  scored,
}: {
  line: Line;
  reference: Line;
  at: number | null;
  scored: boolean;
}) {
  const { AvgMax, FullMax, Avg, Min, Max, Unit } = statistics;
  const judged = { unit: Unit, apart: [Min, Max] };
  const isReference = reference.of === of && reference.side === side;
  const difference = isReference ? null : signed(AvgMax - reference.statistics.AvgMax, { unit: Unit });
  const value =
    at === null || curve === undefined
      ? null
      : [curve.Mean, curve.SD].map((values) => decimal(values[at]!, { unit: Unit })).join(' ± ');
  const fullMax = FullMax === null ? null : decimal(FullMax, judged);
  const avg = Avg === null ? null : decimal(Avg, judged);
  const bounds = Min === null || Max === null ? null : range(Min, Max, Unit);
  const score = <Score score={statistics.Score === null ? null : statistics.Score * 100} />;
  const repetitions =
    curve === undefined ? TEXT.wholeSession : curve.Repetitions.length || of.report.Repetitions.length;
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${CELL} text-start font-normal max-sm:wrap-anywhere`}>
        <Link
          to="/app/sessions/$sessionId"
          params={{ sessionId: of.session['Session ID'] }}
          className="inline-block align-bottom hover:underline sm:max-w-56 sm:truncate"
        >
          <span className="font-semibold">{of.number}</span> {of.athlete}
        </Link>
        <span className={`block text-sm text-soft ${NARROW}`}>{words.sides[side]}</span>
      </th>
      <td className={`${CELL} ${WIDE} text-start`}>{words.sides[side]}</td>
      <td className={`${CELL} ${WIDE} ${curve === undefined ? 'text-soft' : ''}`}>{repetitions}</td>
      <td className={CELL}>
        <span className="font-semibold">{decimal(AvgMax, judged)}</span>
        {scored && (
          <span className={`block ${NARROW}`}>
            {score}
            {bounds !== null && <span className="block text-sm text-soft">{bounds}</span>}
          </span>
        )}
      </td>
      <td className={`${CELL} ${WIDE}`}>{difference ?? '–'}</td>
      {scored && <td className={`${CELL} ${WIDE}`}>{score}</td>}
      {at !== null && <td className={`${CELL} ${WIDE}`}>{value ?? '–'}</td>}
      <td className={`${CELL} ${WIDE}`}>{fullMax ?? '–'}</td>
      <td className={`${CELL} ${WIDE}`}>{avg ?? '–'}</td>
      {scored && <td className={`${CELL} ${WIDE}`}>{bounds ?? '–'}</td>}
      <td className={`${CELL} ${NARROW} min-w-30 text-sm`}>
        {difference !== null && <span className="block">{TEXT.narrow.difference(difference)}</span>}
        {value !== null && <span className="block">{TEXT.narrow.value(value, at!)}</span>}
        {fullMax !== null && <span className="block">{TEXT.narrow.fullMax(fullMax)}</span>}
        {avg !== null && <span className="block">{TEXT.narrow.avg(avg)}</span>}
        <span className="block text-soft">
          {typeof repetitions === 'number' ? TEXT.narrow.repetitions(repetitions) : repetitions}
        </span>
      </td>
    </tr>
  );
}

const CELL = 'px-1.5 sm:px-2 py-1.5 align-top sm:align-middle print:px-1';
