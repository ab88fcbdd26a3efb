/**
 * What the comma means in quoted numbers of a file whose cells are set apart by commas: `"1,5","2,25"`.
 *
 * Decimal where every quoted number has at most one comma and none has a point, and at least one cannot be read with
 * thousands set apart: those have groups of exactly three digits behind one to three that do not start with 0.
 */
import { HASH, lineEnd, lineText } from './lines.ts';

/** `start`: offset of the first row. False, too, where it cannot be told. */
export function quotedCommasAreDecimal(bytes: Uint8Array, start: number): boolean {
  let clear = false;
  for (let at = start; at < bytes.length; at = lineEnd(bytes, at) + 1) {
    if (bytes[at] === HASH) continue;
    for (const number of quotedNumbers(lineText(bytes, at, lineEnd(bytes, at)))) {
      const [whole, fraction, ...others] = number.split(',');
      if (others.length > 0 || number.includes('.')) return false;
      if (fraction !== undefined && !mayBeThousands(whole!, fraction)) clear = true;
    }
  }
  return clear;
}

function* quotedNumbers(line: string): Iterable<string> {
  if (!line.includes('"')) return;
  for (const [, cell] of line.matchAll(/(?:^|,)[ \t]*"([^"]*)"[ \t]*(?=,|$)/g)) {
    const text = cell!.trim();
    if (/^[+-]?[\d.,]+(e[+-]?\d+)?$/i.test(text)) yield text;
  }
}

const mayBeThousands = (whole: string, rest: string): boolean =>
  /^[+-]?[1-9]\d{0,2}$/.test(whole) && /^\d{3}$/.test(rest);
