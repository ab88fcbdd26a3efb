/** Visits on working days, in working hours (UTC), about a week apart. */

import type { Random } from './random.ts';

export const day_us = 86_400_000_000;
const hour_us = 3_600_000_000;

/** Half a year, counted in days before the end. */
export const span_days = 182;

/**
 * Moments of `visits` visits within the half year before `end_us`, oldest first.
 *
 * @param wholeSpan spread over the half year; otherwise a block of weekly visits somewhere in it
 */
export function visitTimes(visits: number, end_us: number, wholeSpan: boolean, random: Random): number[] {
  const spread_days = (span_days - 8) / Math.max(1, visits - 1);
  const gap_days = wholeSpan ? spread_days : Math.min(7, spread_days);
  const needed_days = gap_days * (visits - 1);
  const last_days = wholeSpan ? 1 : random.between(1, Math.max(1.1, span_days - 7 - needed_days));
  const slot_us = Math.floor(random.between(8, 15.5) * 4) * 0.25 * hour_us;
  return Array.from({ length: visits }, (_, k) => {
    const wanted_us = end_us - (last_days + needed_days - k * gap_days) * day_us;
    const late_us = Math.floor(random.between(0, 0.4) * hour_us);
    return workingDay(wanted_us) + slot_us + late_us;
  }).map((at_us) => (at_us > end_us - hour_us ? workingDay(at_us - day_us) + (at_us % day_us) : at_us));
}

/** Midnight of that day, or of the Friday before a weekend. */
function workingDay(at_us: number): number {
  const day = Math.floor(at_us / day_us);
  // Day 0 was a Thursday; 0 is Sunday here.
  const weekday = (((day + 4) % 7) + 7) % 7;
  const back = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
  return (day - back) * day_us;
}
