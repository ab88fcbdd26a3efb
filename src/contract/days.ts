/** Calendar days in a time zone: what a bare date in `from` and `to` of a list means. */

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const isDay = (text: string): boolean => DAY.test(text);

/** What knows the offsets of a time zone. Throws RangeError for a name that is not in the IANA list. */
export const offsetsOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });

/**
 * Microseconds at which a calendar day begins in a time zone, or the day `later` days on. The day is given by its midnight
 * in UTC; without a zone it is a day in UTC.
 */
export function startOfDay(midnight_us: number, later: number, zone: Intl.DateTimeFormat | null): number {
  const utc_ms = midnight_us / 1000 + later * DAY_MS;
  if (zone === null) return utc_ms * 1000;
  // Midnight by the offset in force a day earlier and a day later. Where clocks change that night, one of the two is right,
  // or both (midnight comes twice: the day begins with the first), or neither (clocks skip midnight: it begins when they do).
  const [before_ms, after_ms] = [-DAY_MS, DAY_MS].map((away) => utc_ms - offset_ms(zone, utc_ms + away)) as [
    number,
    number,
  ];
  const starts = [before_ms, after_ms].filter((start) => start + offset_ms(zone, start) === utc_ms);
  return (starts.length === 0 ? before_ms : Math.min(...starts)) * 1000;
}

function offset_ms(zone: Intl.DateTimeFormat, at_ms: number): number {
  const name = zone.formatToParts(at_ms).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name);
  if (!match) return 0;
  const [, sign, hours, minutes, seconds = '0'] = match;
  return (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
