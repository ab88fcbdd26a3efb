/**
 * How numbers are shown, in every view, tooltip and axis: with a true minus sign and never −0, degrees as `93.0°`, rates as
 * `11.2 °/s`, ranges as `80 to 120°`. Files and fields have numbers as computers write them.
 */

export interface Shown {
  /** Behind the point. Absent: as far as motion capture can tell in this unit, one or of metres three. */
  digits?: number;
  unit?: string;
  /** What the value is judged by: there are more digits where rounding would bring it onto one of these, or past it. */
  apart?: readonly (number | null)[];
}

export function decimal(
  value: number,
  { unit = '', digits = digitsOf(unit), apart = [] }: Shown = {},
): string {
  const sides = (of: number) => apart.map((bound) => (bound === null ? 0 : Math.sign(of - bound))).join();
  let text = value.toFixed(digits);
  for (let more = digits + 1; more <= MOST_DIGITS && sides(Number(text)) !== sides(value); more++)
    text = value.toFixed(more);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', MINUS);
}

/** A difference, with its sign. */
export const signed = (value: number, shown?: Shown): string => {
  const text = decimal(value, shown);
  return Number(text) > 0 ? `+${text}` : text;
};

/** What people have set, as they have set it. */
export const exact = (value: number): string => String(value).replaceAll('-', MINUS);

/** With its unit, as the contract or this module writes it. */
export const measured = (value: number, unit: string, shown?: Shown): string =>
  withUnit(decimal(value, { unit, ...shown }), unit);

/** As `measured`, with its sign. */
export const signedMeasured = (value: number, unit: string): string =>
  withUnit(signed(value, { unit }), unit);

/** From one bound to another; a dash would read as a minus. */
export const range = (min: number, max: number, unit: string): string =>
  withUnit(`${exact(min)} to ${exact(max)}`, unit);

export const seconds = (value: number, digits = 2): string => `${decimal(value, { digits })} s`;

/** A unit of the contract as it stands beside numbers. */
export const unitSign = (unit: string): string => unit.replace(/^deg/, '°').replace('^2', '²');

/** Numbers in a text that the server has written. */
export const trueMinus = (text: string): string => text.replace(/(^|[\s(])-(?=\d)/g, `$1${MINUS}`);

const MINUS = '−';

/** As many as a double may have. */
const MOST_DIGITS = 17;

const digitsOf = (unit: string): number => (/^m(\/|$)/.test(unit) ? 3 : 1);

function withUnit(text: string, unit: string): string {
  const sign = unitSign(unit);
  return sign === '' || sign === '°' ? `${text}${sign}` : `${text} ${sign}`;
}
