/** Columns of numbers → the rows of a text table as bytes: what storage files and CSV files have in common. */
import { decimalWidth, exactDecimals, largestMagnitude, writeDecimal } from './decimal.ts';

export interface RowStyle {
  /** What stands before the rows, its last line feed included. */
  readonly head: string;
  /** One character between two cells. */
  readonly delimiter: string;
  /** What stands for a value that is NaN. */
  readonly missing: string;
  /**
   * Decimals to which values are rounded that no short decimal text says exactly; null: never rounded, written as the
   * shortest text that is read back as the same double.
   */
  readonly roundTo: number | null;
}

const LINE_FEED = 10;
/** `-1.2345678901234567e-308` */
const LONGEST_NUMBER = 24;
/** Digits of a column's largest value that rounding has to keep. */
const SIGNIFICANT = 6;

/** How one column is written: rounded to decimals, or, with none, as the shortest text. */
interface ColumnStyle {
  readonly values: Float64Array;
  readonly decimals: number | null;
  readonly scale: number;
  readonly width: number;
}

/** Columns are equally long; their values finite or NaN. */
export function writeRows(columns: readonly Float64Array[], style: RowStyle): Uint8Array {
  const head = new TextEncoder().encode(style.head);
  const delimiter = style.delimiter.charCodeAt(0);
  const rows = columns[0]?.length ?? 0;
  const styles = columns.map((values) => styleOf(values, style));
  const widths = styles.map(({ width }) => Math.max(width, style.missing.length) + 1);
  const out = new Uint8Array(head.length + rows * widths.reduce((sum, width) => sum + width, 0));
  out.set(head);
  let at = head.length;
  for (let row = 0; row < rows; row++) {
    for (const { values, decimals, scale } of styles) {
      const value = values[row]!;
      if (Number.isNaN(value)) at = writeAscii(out, at, style.missing);
      else if (decimals === null) at = writeAscii(out, at, String(value));
      else at = writeDecimal(out, at, value, scale, decimals);
      out[at++] = delimiter;
    }
    out[at - 1] = LINE_FEED;
  }
  return out.subarray(0, at);
}

function styleOf(values: Float64Array, { roundTo }: RowStyle): ColumnStyle {
  const magnitude = largestMagnitude(values);
  const decimals = exactDecimals(values) ?? roundedDecimals(magnitude, roundTo);
  return {
    values,
    decimals,
    scale: 10 ** (decimals ?? 0),
    width: decimals === null ? LONGEST_NUMBER : decimalWidth(magnitude, decimals),
  };
}

/** Null where a value of this size would lose digits that count, or grow beyond what integers hold. */
function roundedDecimals(magnitude: number, roundTo: number | null): number | null {
  if (roundTo === null) return null;
  const kept = Math.floor(Math.log10(magnitude)) + 1 + roundTo;
  return kept >= SIGNIFICANT && magnitude * 10 ** roundTo < 2 ** 53 ? roundTo : null;
}

function writeAscii(out: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) out[at++] = text.charCodeAt(i);
  return at;
}
