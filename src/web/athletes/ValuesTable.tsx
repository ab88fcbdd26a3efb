import { Link } from '@tanstack/react-router';
import { WIDE } from '../ui/narrow.ts';
import { decimal, signed, unitSign } from '../ui/numbers.ts';
import { Score } from '../ui/Score.tsx';
import { day } from '../ui/time.ts';
import { athletesWords } from '../words/athletes.ts';
import { words } from '../words/common.ts';
import { isNoticeable } from './TrendCard.tsx';
import type { Point, Side, Trend, Visit } from './trends.ts';

const TEXT = athletesWords.columnsOfValues;

/** Rows that fit on a page of paper. */
const PAGE = 25;

/** Every dot of the charts, newest first, with a link to its session. */
export function ValuesTable({
  trend: { metric, sides, unit, range, points },
  visits,
  smallest,
}: {
  trend: Trend;
  visits: readonly Visit[];
  smallest: number | null;
}) {
  const twoSided = sides.length > 1;
  const scored = range !== null || points.some(({ row }) => row.Min !== null);
  return (
    <div
      className={`overflow-x-auto rounded-lg border border-line bg-panel ${visits.length <= PAGE ? 'print-whole' : ''}`}
    >
      <table className="w-full text-end whitespace-nowrap tabular-nums print:[&_*]:text-[8pt]">
        <caption className="px-3 pt-3 text-start font-semibold">
          {athletesWords.details}: {metric}
        </caption>
        <thead className="text-sm text-soft">
          <tr className="border-b border-line">
            <Head start>{TEXT.date}</Head>
            {sides.map((side) => [
              <Head key={`${side} value`}>{`${TEXT.value(words.sides[side])} (${unitSign(unit)})`}</Head>,
              <Head key={`${side} change`}>{TEXT.change}</Head>,
              ...(scored
                ? [
                    <Head key={`${side} score`} wide>
                      {TEXT.score}
                    </Head>,
                  ]
                : []),
            ])}
            {twoSided && <Head>{TEXT.difference}</Head>}
            {twoSided && <Head>{TEXT.percent}</Head>}
          </tr>
        </thead>
        <tbody>
          {visits.toReversed().map((visit) => (
            <tr key={visit.key} className="border-b border-line last:border-0">
              <th scope="row" className="px-3 py-1.5 text-start font-normal">
                {day(Object.values(visit.points)[0]!.row.Date)}
              </th>
              {sides.map((side) => (
                <Cells
                  key={side}
                  side={side}
                  point={visit.points[side]}
                  smallest={smallest}
                  scored={scored}
                />
              ))}
              {twoSided && (
                <td className="px-3 print:px-1.5">
                  {visit.difference === null ? '–' : signed(visit.difference, { unit })}
                </td>
              )}
              {twoSided && (
                <td className="px-3 print:px-1.5">{visit.percent === null ? '–' : signed(visit.percent)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cells({
  side,
  point,
  smallest,
  scored,
}: {
  side: Side;
  point: Point | undefined;
  smallest: number | null;
  scored: boolean;
}) {
  if (point === undefined)
    return (
      <>
        <td className="px-3 text-soft">–</td>
        <td className="px-3 text-soft">–</td>
        {scored && <td className={`px-3 text-soft ${WIDE}`}>–</td>}
      </>
    );
  const { row, value, change } = point;
  const text = decimal(value, { unit: row.Unit, apart: [row.Min, row.Max] });
  return (
    <>
      <td className="px-3 font-semibold print:px-1.5">
        <Link
          to="/app/sessions/$sessionId"
          params={{ sessionId: row['Session ID'] }}
          aria-label={`${words.sides[side]} ${text}, ${row['Session Name']}, ${day(row.Date)}`}
          className="underline decoration-line underline-offset-2 hover:decoration-ink"
        >
          {text}
        </Link>
      </td>
      <td className="px-3 print:px-1.5">
        {change === null ? '–' : signed(change, { unit: row.Unit, apart: [smallest, smallest && -smallest] })}
        {isNoticeable(change, smallest) && (
          <span className="ms-1.5 rounded border border-line px-1 text-xs">{athletesWords.noticeable}</span>
        )}
      </td>
      {scored && (
        <td className={`px-3 py-1 print:px-1.5 ${WIDE}`}>
          <Score score={row.Score === null ? null : row.Score * 100} />
        </td>
      )}
    </>
  );
}

const Head = ({
  children,
  start = false,
  wide = false,
}: {
  children: string;
  start?: boolean;
  wide?: boolean;
}) => (
  <th
    scope="col"
    className={`px-3 py-2 font-medium whitespace-normal print:px-1.5 ${start ? 'text-start' : ''} ${wide ? WIDE : ''}`}
  >
    {children}
  </th>
);
