import { lazy, memo, Suspense } from 'react';
import type { ChannelEntry, Report } from '../../sdk/index.ts';
import { arriving } from '../ui/arriving.ts';
import { Fault } from '../ui/Fault.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { figureWords } from '../words/session.ts';
import { partAt, useFigureSeries } from './useFigureSeries.ts';
import type { SeriesOf } from './usePanelSeries.ts';
import { useSessionSearch, useShow } from './useSessionSearch.ts';
import { type TimeCursor, useTime } from './useTimeCursor.ts';

const Figure = lazy(() => arriving(() => import('../figure/Figure.tsx')));

interface Props {
  series: SeriesOf;
  channels: readonly ChannelEntry[];
  report: Report;
  cursor: TimeCursor;
}

/** The figure beside the curves, at the time of the cursor. */
export const FigurePart = memo(({ series, channels, report, cursor }: Props) => (
  <section aria-label={figureWords.overTime} className="print-whole">
    <AtTime series={series} channels={channels} report={report} cursor={cursor} />
  </section>
));

function AtTime({ series: of, channels, report, cursor }: Props) {
  const { time_s } = useTime(cursor);
  const { look } = useSessionSearch();
  const show = useShow();
  const { series, overview, error, again } = useFigureSeries(of, channels, partAt(time_s, of));
  if (series === undefined)
    return error === null ? <Waiting lines={7} /> : <Fault error={error} onAgain={again} />;
  return (
    <Suspense fallback={<Waiting lines={7} />}>
      <Figure
        series={series}
        overview={overview}
        channels={channels}
        time_s={time_s}
        look={look}
        onLook={(next) => show({ look: next === 'free' ? undefined : next }, true)}
        kneeFlexion={report.Provenance.KneeConvention.Flexion}
      />
    </Suspense>
  );
}
