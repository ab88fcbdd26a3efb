/** From values to places on a chart, and where its axes are labelled. */

export type Span = readonly [low: number, high: number];

/** A straight line from values to places. */
export const linear =
  ([low, high]: Span, [from, to]: Span) =>
  (value: number): number =>
    from + ((value - low) / (high - low)) * (to - from);

/** The smallest span that holds every value, with air around it; around 0 without a value, and never empty. */
export function spanOf(values: Iterable<number>, air = 0.06): Span {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [-1, 1];
  const more = high > low ? (high - low) * air : Math.max(1, Math.abs(high) * air);
  return [low - more, high + more];
}

const DAY_MS = 86_400_000;

/** About `count` beginnings of days or months (UTC), evenly apart as calendars go. */
export function dayTicks([low, high]: Span, count: number): number[] {
  const days = (high - low) / DAY_MS / count;
  if (days <= 21) {
    const step = ([1, 2, 7, 14].find((each) => days <= each) ?? 21) * DAY_MS;
    return from(Math.ceil(low / step) * step, high, (at) => at + step);
  }
  const months =
    [1, 2, 3, 6, 12].find((each) => days <= each * 30.5) ?? 12 * Math.max(1, Math.round(days / 365.25));
  const first = new Date(low);
  const month = first.getUTCFullYear() * 12 + first.getUTCMonth();
  const begin = (number: number) => Date.UTC(Math.floor(number / 12), number % 12, 1);
  let next = Math.ceil(month / months) * months;
  if (begin(next) < low) next += months;
  const ticks: number[] = [];
  for (; begin(next) <= high; next += months) ticks.push(begin(next));
  return ticks;
}

function from(first: number, last: number, next: (at: number) => number): number[] {
  const ticks: number[] = [];
  for (let at = first; at <= last; at = next(at)) ticks.push(at);
  return ticks;
}
