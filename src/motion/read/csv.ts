/**
 * Plain CSV: a line of labels and rows, or rows of numbers only; with a time column or without.
 *
 * Cells are set apart by tab, semicolon or comma (the first of them that the first line has), or by blanks. Where that is
 * not a comma, numbers may use a decimal comma; where it is, quoted ones may (quoted-commas.ts). Lines that start with `#`
 * are comments; they may state the unit.
 */

import { RecordingError } from '../errors.ts';
import { MAX_HEADER_LINES } from '../limits.ts';
import type { Recording } from '../recording.ts';
import { type Delimiter, delimiterOf, splitCells, trimDelimiters } from './cells.ts';
import { recordingOf } from './columns.ts';
import { startOfText } from './content.ts';
import { storageFacts } from './header.ts';
import { labelText } from './labels.ts';
import { BLANK, lineEnd } from './lines.ts';
import { notANumber } from './number.ts';
import { rotationUnitOf } from './units.ts';

/** Rate of a table without time when nobody states one; that of the Kinect recordings this form is known from. */
export const ASSUMED_RATE_HZ = 30;

/** `rate_hz`: sampling rate of a table without a time column; then no column is guessed to be time. Throws RecordingError. */
export function readCsv(bytes: Uint8Array, rate_hz: number | undefined): Recording {
  const comments: string[] = [];
  let at = startOfText(bytes);
  for (let line = 1; at < bytes.length; line += 1) {
    const end = lineEnd(bytes, at);
    const text = labelText(bytes, at, end, line).trim();
    if (text.startsWith('#')) {
      if (comments.length < MAX_HEADER_LINES) comments.push(trimDelimiters(text.replace(/^#+/, '')));
    } else if (/[^\s,;]/.test(text)) {
      const numbers = delimiterOfNumbers(text);
      const delimiter = numbers ?? delimiterOf(text);
      const cells = splitCells(text, delimiter);
      const table = {
        labelDelimiter: delimiter,
        rotations: rotationUnitOf(comments),
        format: 'csv' as const,
        header: storageFacts(comments),
      };
      if (numbers !== undefined) {
        const labels = cells.map((_, column) => `col${column}`);
        return recordingOf(bytes, {
          ...table,
          labels,
          labelLine: line - 1,
          start: at,
          rate_hz: rate_hz ?? ASSUMED_RATE_HZ,
          mayStartWithTime: rate_hz === undefined,
        });
      }
      return recordingOf(bytes, {
        ...table,
        labels: cells,
        labelLine: line,
        start: end + 1,
        rate_hz: rate_hz ?? ASSUMED_RATE_HZ,
        mayStartWithTime: rate_hz === undefined,
      });
    }
    at = end + 1;
  }
  throw new RecordingError(
    'recording_no_data',
    'there are no rows of numbers: below the labels must stand one for each moment',
  );
}

/** Of a line of nothing but numbers, undefined for any other. Commas between blanks are decimal: `1,5 2,5`. */
function delimiterOfNumbers(text: string): Delimiter | undefined {
  const candidates: readonly Delimiter[] = [delimiterOf(text), BLANK];
  return candidates.find((delimiter) => splitCells(text, delimiter).every(isNumeric));
}

/** A cell of a row, not a label: a number, nothing, or a spelling of NaN. */
function isNumeric(cell: string): boolean {
  return cell === '' || Number.isFinite(Number(cell.replace(',', '.'))) || notANumber(cell) !== undefined;
}
