/** Times on the wire: ISO 8601 in UTC. In between they are microseconds since 1970 UTC, as numbers (exact below 2^53: until the year 2255). */

/** ISO 8601 in UTC; milliseconds, or microseconds where the time has them. */
export function toIso(time_us: number): string {
  const rest = ((time_us % 1000) + 1000) % 1000;
  const iso = new Date((time_us - rest) / 1000).toISOString();
  return rest === 0 ? iso : `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?\s*(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads ISO 8601 (date, or date and time, UTC unless it carries an offset) to microseconds; null when it is not that. */
export function fromIso(text: string): number | null {
  const match = ISO.exec(text.trim());
  if (!match) return null;
  const [, day, clock = '00:00:00', fraction = '', zone = 'Z'] = match;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const ms = Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}${offset}`);
  // Date.parse rolls 31 June over into July; a calendar that does not exist is refused instead.
  if (Number.isNaN(ms) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return null;
  return ms * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
