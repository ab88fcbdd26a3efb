import { Fault } from '../ui/Fault.tsx';
import { measured } from '../ui/numbers.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { athletesWords } from '../words/athletes.ts';
import {
  ENOUGH_PAIRS,
  LEAST_ATHLETES,
  LEAST_PAIRS,
  LONGEST_GAP_DAYS,
  type Noticeable,
} from './noticeable.ts';
import { noticeableText } from './TrendCard.tsx';
import type { Trend } from './trends.ts';
import { MOST_SESSIONS, type OrganizationNoise } from './useTrends.ts';

const TEXT = athletesWords;

/** What change is worth noticing, by which definition, and from how many sessions and athletes. */
export function ChangeNote({
  noise: { error, again, sessions },
  known,
  trend,
}: {
  noise: OrganizationNoise;
  known: Noticeable | null;
  trend: Trend;
}) {
  if (error !== null) return <Fault error={error} onAgain={again} />;
  if (known === null) return <Waiting lines={2} />;
  const { smallest, detectable, typicalError, worthwhile, betweenAthletes, pairs, pairAthletes, athletes } =
    known;
  return (
    <section className="print-whole grid gap-1 rounded-xl border border-line bg-panel p-4">
      <h3 className="font-semibold">{TEXT.change}</h3>
      {smallest !== null && worthwhile !== null && <p>{TEXT.changeIs(noticeableText(trend, smallest))}</p>}
      <ul className="grid list-disc gap-1 ps-5 text-sm">
        <li>
          {detectable === null
            ? TEXT.detectableNot(pairs, LEAST_PAIRS, LONGEST_GAP_DAYS)
            : TEXT.detectable(
                measured(detectable, trend.unit),
                measured(typicalError!, trend.unit),
                pairs,
                pairAthletes,
                pairs < ENOUGH_PAIRS,
              )}
        </li>
        <li>
          {worthwhile === null
            ? TEXT.worthwhileNot(athletes, LEAST_ATHLETES)
            : TEXT.worthwhile(
                measured(worthwhile, trend.unit),
                measured(betweenAthletes!, trend.unit),
                athletes,
              )}
        </li>
      </ul>
      <p className="text-sm text-soft">{TEXT.changeFrom(sessions, MOST_SESSIONS, LONGEST_GAP_DAYS)}</p>
    </section>
  );
}
