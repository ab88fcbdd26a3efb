import { Link } from '@tanstack/react-router';
import { decimal, range, signed } from '../ui/numbers.ts';
import { Score } from '../ui/Score.tsx';
import { words } from '../words/common.ts';
import { compareWords } from '../words/compare.ts';
import type { Line } from './compared.ts';
import { NARROW, WIDE } from './room.ts';

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
  const score = (
    <>
      <Score score={statistics.Score === null ? null : statistics.Score * 100} />
      {Min !== null && Max !== null && (
        <span className="block text-sm text-soft">{range(Min, Max, Unit)}</span>
      )}
    </>
  );
  const repetitions =
    curve === undefined ? TEXT.wholeSession : curve.Repetitions.length || of.report.Repetitions.length;
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${CELL} text-start font-normal @max-4xl:wrap-anywhere`}>
        <Link
          to="/app/sessions/$sessionId"
          params={{ sessionId: of.session['Session ID'] }}
          className="align-bottom hover:underline print:inline-block @4xl:inline-block @4xl:max-w-40 @4xl:truncate print:max-w-40 print:truncate"
        >
          <span className="font-semibold">{of.number}</span> {of.athlete}
        </Link>
        <span className={`block text-sm text-soft ${NARROW}`}>{words.sides[side]}</span>
      </th>
      <td className={`${CELL} ${WIDE} text-start`}>{words.sides[side]}</td>
      <td className={`${CELL} ${WIDE} ${curve === undefined ? 'text-soft' : ''}`}>{repetitions}</td>
      <td className={CELL}>
        <span className="font-semibold">{decimal(AvgMax, judged)}</span>
        {scored && <span className={`block ${NARROW}`}>{score}</span>}
      </td>
      <td className={`${CELL} ${WIDE}`}>{difference ?? '–'}</td>
      {scored && <td className={`${CELL} ${WIDE}`}>{score}</td>}
      {at !== null && <td className={`${CELL} ${WIDE}`}>{value ?? '–'}</td>}
      <td className={`${CELL} ${WIDE}`}>{fullMax ?? '–'}</td>
      <td className={`${CELL} ${WIDE}`}>{avg ?? '–'}</td>
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

const CELL = 'px-1.5 py-1.5 align-baseline @4xl:px-2 print:px-1';
