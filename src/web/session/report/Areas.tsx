import type { ReportSummary } from '../../../sdk/index.ts';
import { Score } from '../../ui/Score.tsx';
import { sessionWords } from '../../words/session.ts';
import { PANEL } from './panel.ts';

const text = sessionWords.report;

/** Scores by area of the body. */
export const Areas = ({
  areas,
  definition,
}: {
  areas: ReportSummary['Areas'];
  definition: string | undefined;
}) => (
  <section aria-labelledby="areas" className={PANEL}>
    <h3 id="areas" className="font-semibold">
      {text.areas}
    </h3>
    {Object.keys(areas).length === 0 ? (
      <p className="text-soft">{text.noAreas}</p>
    ) : (
      <ul className="grid gap-2">
        {Object.entries(areas).map(([area, { Score: score, Metrics }]) => (
          <li key={area} className="grid grid-cols-[7rem_1fr_auto] items-center gap-3">
            <span className="truncate" title={area}>
              {area}
            </span>
            <span aria-hidden="true" className="h-2 rounded-full bg-sunken">
              <span className="block h-2 rounded-full bg-accent" style={{ width: `${score}%` }} />
            </span>
            <span className="flex items-center gap-2">
              <Score score={score} of={Metrics} />
              <span className="text-sm text-soft">{text.ofMetrics(Metrics)}</span>
            </span>
          </li>
        ))}
      </ul>
    )}
    {definition !== undefined && <p className="text-sm text-soft">{text.defined(definition)}</p>}
  </section>
);
