import type { ReportSummary } from '../../../sdk/index.ts';
import { decimal, measured } from '../../ui/numbers.ts';
import { words } from '../../words/common.ts';
import { sessionWords } from '../../words/session.ts';
import { PANEL } from './panel.ts';

const text = sessionWords.report;

/** Left against right: two bars for each metric, and by how much they differ. */
export const Asymmetry = ({
  rows,
  unitOf,
  definition,
}: {
  rows: ReportSummary['Asymmetry'];
  unitOf: (metric: string) => string;
  definition: string | undefined;
}) => (
  <section aria-labelledby="asymmetry" className={PANEL}>
    <h3 id="asymmetry" className="font-semibold">
      {text.asymmetry}
    </h3>
    {Object.keys(rows).length === 0 ? (
      <p className="text-soft">{text.noAsymmetry}</p>
    ) : (
      <ul className="grid gap-4">
        {Object.entries(rows).map(([metric, { Left, Right, Difference, Percent, Larger }]) => {
          const unit = unitOf(metric);
          const largest = Math.max(Math.abs(Left), Math.abs(Right)) || 1;
          return (
            <li key={metric} className="grid gap-1">
              <div className="flex flex-wrap justify-between gap-x-4">
                <span className="font-medium">{metric}</span>
                <span className="tabular-nums">
                  {Larger === null
                    ? text.equalSides
                    : text.larger(
                        words.sides[Larger],
                        measured(Math.abs(Difference), unit, NOT_NOTHING),
                        Percent === null ? null : decimal(Math.abs(Percent), NOT_NOTHING),
                      )}
                </span>
              </div>
              <Bar side="L" value={measured(Left, unit)} share={Math.abs(Left) / largest} />
              <Bar side="R" value={measured(Right, unit)} share={Math.abs(Right) / largest} />
            </li>
          );
        })}
      </ul>
    )}
    {definition !== undefined && <p className="text-sm text-soft">{text.defined(definition)}</p>}
  </section>
);

/** What differs does not differ by 0.0°. */
const NOT_NOTHING = { apart: [0] };

const Bar = ({ side, value, share }: { side: 'L' | 'R'; value: string; share: number }) => (
  <div className="grid grid-cols-[3.5rem_1fr_5rem] items-center gap-3 text-sm">
    <span>{words.sides[side]}</span>
    <span aria-hidden="true" className="h-2.5 rounded-full bg-sunken">
      <span
        className={`block h-2.5 rounded-full ${side === 'L' ? 'bg-left' : 'bg-right'}`}
        style={{ width: `${100 * share}%` }}
      />
    </span>
    <span className="text-end tabular-nums">{value}</span>
  </div>
);
