import type { Report, Statistics } from '../../../sdk/index.ts';
import { NARROW, WIDE } from '../../ui/narrow.ts';
import { measured, range } from '../../ui/numbers.ts';
import { Score } from '../../ui/Score.tsx';
import { words } from '../../words/common.ts';
import { sessionWords } from '../../words/session.ts';
import { TABLES, type Table } from '../search.ts';
import { useShow } from '../useSessionSearch.ts';
import { PANEL } from './panel.ts';

const text = sessionWords.report;

type Side = 'L' | 'R' | 'F' | 'B';
const SIDES: readonly Side[] = ['L', 'R', 'F', 'B'];

/** One line for each metric and side. */
export function ReportTable({
  tables,
  shown,
  repetitions,
}: {
  tables: Report['WorkoutMetrics'];
  shown: Table;
  repetitions: number;
}) {
  const show = useShow();
  const rows = Object.entries(tables[shown] ?? {}).flatMap(([metric, sides]) =>
    SIDES.flatMap((side) => (sides[side] === undefined ? [] : [{ metric, side, of: sides[side] }])),
  );
  const scored = shown === 'Ang';
  return (
    <div className={PANEL}>
      <div className="flex flex-wrap items-center gap-3">
        <label className="no-print flex items-center gap-2">
          <span className="text-sm text-soft">{text.quantity}</span>
          <select
            className="rounded-md border border-line bg-page px-2 py-1.5"
            value={shown}
            onChange={({ target }) =>
              show({ table: target.value === 'Ang' ? undefined : (target.value as Table) })
            }
          >
            {TABLES.map((each) => (
              <option key={each} value={each}>
                {text.tables[each]}
              </option>
            ))}
          </select>
        </label>
        <p className="text-sm text-soft">{text.basis(repetitions)}</p>
      </div>
      {rows.length === 0 ? (
        <p>{text.noMetrics}</p>
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full tabular-nums">
            <caption className="sr-only">{text.tables[shown]}</caption>
            <thead className="text-sm text-soft">
              <tr className="border-b border-line">
                <th className={`${HEAD} text-start`}>{text.metric}</th>
                <th className={`${HEAD} ${WIDE} text-start`}>{text.side}</th>
                {[text.avgMax, text.fullMax, text.avg].map((name) => (
                  <th key={name} className={`${HEAD} text-end`}>
                    {name}
                  </th>
                ))}
                {scored && (
                  <>
                    <th className={`${HEAD} ${WIDE} text-end`}>{text.range}</th>
                    <th className={`${HEAD} ${WIDE} text-start`}>{text.score}</th>
                  </>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ metric, side, of }) => (
                <Row key={`${metric} ${side}`} metric={metric} side={side} of={of} scored={scored} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Row({ metric, side, of, scored }: { metric: string; side: Side; of: Statistics; scored: boolean }) {
  const score = <Score score={of.Score === null ? null : 100 * of.Score} />;
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${CELL} text-start font-medium wrap-anywhere min-w-17 sm:min-w-32`}>
        {metric}
        <span className={`block ${NARROW} font-normal`}>
          <Side side={side} />
        </span>
      </th>
      <td className={`${CELL} ${WIDE}`}>
        <Side side={side} />
      </td>
      <td className={`${CELL} ${NUMBER} font-medium`}>
        {valueText(of.AvgMax, of)}
        {scored && (
          <span className={`block ${NARROW} font-normal`}>
            {score}
            {of.Min !== null && <span className="block text-sm text-soft">{rangeText(of)}</span>}
          </span>
        )}
      </td>
      <td className={`${CELL} ${NUMBER}`}>{valueText(of.FullMax, of)}</td>
      <td className={`${CELL} ${NUMBER}`}>{valueText(of.Avg, of)}</td>
      {scored && (
        <>
          <td className={`${CELL} ${NUMBER} ${WIDE}`}>{rangeText(of)}</td>
          <td className={`${CELL} ${WIDE}`}>{score}</td>
        </>
      )}
    </tr>
  );
}

const HEAD = 'py-1.5 align-bottom font-medium not-first:pl-2 sm:not-first:pl-4';
const CELL = 'py-1.5 align-top not-first:pl-2 sm:align-middle sm:not-first:pl-4';
const NUMBER = 'text-end sm:whitespace-nowrap';

const Side = ({ side }: { side: Side }) => (
  <span className={side === 'L' ? 'text-(--left)' : side === 'R' ? 'text-(--right)' : 'text-soft'}>
    {words.sides[side]}
  </span>
);

const valueText = (value: number | null, { Min, Max, Unit }: Statistics) =>
  value === null ? sessionWords.notStated : measured(value, Unit, { apart: [Min, Max] });

const rangeText = ({ Min, Max, Unit }: Statistics) =>
  Min === null || Max === null ? '–' : range(Min, Max, Unit);
