/** Times as people write them, in the browser's language and time zone; what is no time stays as it is. */

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const CALENDAR = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** `4 May 2026`. */
export const day = (time: string): string => shown(DAY, time);

/** The day that a time begins with, wherever it is read: an assessment is of a day, not of an hour. */
export const calendarDay = (time: string): string => shown(CALENDAR, time.slice(0, 10));

/** `4 May 2026, 09:30`. */
export const dayAndTime = (time: string | Date): string => shown(TIME, time);

function shown(format: Intl.DateTimeFormat, time: string | Date): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : format.format(date);
}

/** `14.5 s`, `10:05 min`. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${two(whole % 60)} min`;
}

/** `2026-05-04`, by this machine's clock, as fields for days have it. */
export const localDay = (date: Date): string =>
  `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** `2026-05-04T09:30:12`, as fields for day and time have it. */
export const localTime = (date: Date): string =>
  `${localDay(date)}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

const two = (number: number): string => String(number).padStart(2, '0');
