import { localDay } from '../ui/time.ts';

/** Stretches of days that are asked for again and again, as they are counted in the calendar of who looks. */
export const PERIODS = ['today', 'week', 'month', 'thisMonth', 'lastMonth'] as const;
export type Period = (typeof PERIODS)[number];

/** First and last day of a period, `YYYY-MM-DD`. `now` counts by the clock of the time zone that it is in. */
export function daysOf(period: Period, now: Date): { from: string; to: string } {
  const [year, month, date] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const until = (from: Date, to = now) => ({ from: localDay(from), to: localDay(to) });
  switch (period) {
    case 'today':
      return until(now);
    case 'week':
      return until(new Date(year, month, date - 6));
    case 'month':
      return until(new Date(year, month, date - 29));
    case 'thisMonth':
      return until(new Date(year, month, 1));
    case 'lastMonth':
      return until(new Date(year, month - 1, 1), new Date(year, month, 0));
  }
}
