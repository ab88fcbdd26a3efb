import { spanOf } from '../charts/scale.ts';
import { Fault } from '../ui/Fault.tsx';
import { Notice } from '../ui/Notice.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { athletesWords } from '../words/athletes.ts';
import type { CountedFamily } from './families.ts';
import type { AthleteSearch } from './search.ts';
import { TrendCard } from './TrendCard.tsx';
import { TrendDetail } from './TrendDetail.tsx';
import { TrendFilters } from './TrendFilters.tsx';
import { keyOfTrend, type Trend } from './trends.ts';
import { trendsCsv } from './trendsCsv.ts';
import { type OrganizationNoise, useNoise, useTrends } from './useTrends.ts';

const TEXT = athletesWords;

/** Every metric of an exercise over time, or one of them in full. */
export function Trends({
  athleteID,
  families,
  family,
  search,
  change,
}: {
  athleteID: string;
  families: readonly CountedFamily[];
  family: CountedFamily;
  search: AthleteSearch;
  change: (next: AthleteSearch) => void;
}) {
  const read = useTrends(athleteID, family, search);
  const noise = useNoise(family, search);
  const { trends } = read;
  const chosen = trends.filter(({ metric }) => metric === search.metric);
  const shown = chosen.length > 0 ? chosen : trends;
  const download = () =>
    void saveFile({
      fileName: `trend-${family.name.replace(/[^\p{L}\p{N}]+/gu, '-')}.csv`,
      chunks: trendsCsv(shown, noise),
    });
  return (
    <section className="paper-flow grid gap-3">
      <h2 className="text-lg font-semibold">{TEXT.trendsOf(family.name, search.from, search.to)}</h2>
      <TrendFilters
        families={families}
        family={family}
        metrics={[...new Set(trends.map(({ metric }) => metric))]}
        metric={chosen[0]?.metric}
        search={search}
        change={change}
        onDownload={shown.length === 0 || noise.isPending ? undefined : download}
      />
      {read.error !== null ? (
        <Fault error={read.error} onAgain={read.again} />
      ) : read.isPending ? (
        <Waiting lines={8} />
      ) : shown.length === 0 ? (
        <Notice title={TEXT.nothingTitle} text={TEXT.nothing} />
      ) : (
        <Shown trends={shown} inFull={chosen.length > 0} noise={noise} />
      )}
    </section>
  );
}

function Shown({
  trends,
  inFull,
  noise,
}: {
  trends: readonly Trend[];
  inFull: boolean;
  noise: OrganizationNoise;
}) {
  const time = spanOf(
    trends.flatMap(({ points }) => points.map(({ at_ms }) => at_ms)),
    0,
  );
  return (
    <>
      <p className="text-sm text-soft">
        {[
          TEXT.legend,
          ...(trends.some(({ sides }) => sides.some((side) => side === 'L' || side === 'R'))
            ? [TEXT.legendSides]
            : []),
          ...(trends.some(({ range }) => range !== null) ? [TEXT.legendRange] : []),
          TEXT.legendBar,
        ].join(' ')}
      </p>
      {inFull ? (
        trends.map((trend) => <TrendDetail key={keyOfTrend(trend)} trend={trend} noise={noise} time={time} />)
      ) : (
        <div className="paper-flow grid grid-cols-1 gap-3 md:grid-cols-2 2xl:grid-cols-3">
          {trends.map((trend) => (
            <TrendCard key={keyOfTrend(trend)} trend={trend} noise={noise} time={time} />
          ))}
        </div>
      )}
    </>
  );
}
