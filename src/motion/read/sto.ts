/**
 * OpenSim storage (.sto, .mot): free header lines up to `endheader`, one line of labels, rows.
 *
 * Header fields come in any order and may be missing or wrong (nRows, nColumns), so only the unit is taken from them and
 * rows and labels are counted. Exports of spreadsheets set cells apart by commas and pad or quote header lines.
 */

import { RecordingError } from '../errors.ts';
import { MAX_HEADER_LINES } from '../limits.ts';
import type { Recording } from '../recording.ts';
import { delimiterOf, splitCells, trimDelimiters } from './cells.ts';
import { recordingOf } from './columns.ts';
import { startOfText } from './content.ts';
import { storageFacts } from './header.ts';
import { labelText } from './labels.ts';
import { lineEnd, lineText } from './lines.ts';
import { rotationUnitOf } from './units.ts';

export interface StorageHeader {
  /** Lines before `endheader` without quotes, padding and trailing delimiters. */
  readonly lines: readonly string[];
  /** Offset and 1-based number of the line behind `endheader`. */
  readonly start: number;
  readonly line: number;
}

/** Longest line that is looked at as a header line, in bytes; rows of numbers can be far longer. */
const MAX_HEADER_LINE = 65_536;

/** Undefined when the file has no `endheader` among its first MAX_HEADER_LINES lines. */
export function findStorageHeader(bytes: Uint8Array): StorageHeader | undefined {
  const lines: string[] = [];
  let at = startOfText(bytes);
  while (at < bytes.length && lines.length < MAX_HEADER_LINES) {
    const end = lineEnd(bytes, at);
    const text = headerText(lineText(bytes, at, Math.min(end, at + MAX_HEADER_LINE)));
    if (text.toLowerCase() === 'endheader') return { lines, start: end + 1, line: lines.length + 2 };
    lines.push(text);
    at = end + 1;
  }
  return undefined;
}

/** `format`: what the file's ending calls it. Throws RecordingError. */
export function readStorage(
  bytes: Uint8Array,
  header: StorageHeader | undefined,
  format: Recording['format'],
): Recording {
  if (header === undefined) {
    throw new RecordingError(
      'recording_malformed',
      `there is no line endheader among the first ${MAX_HEADER_LINES} lines: put one above the line of column labels, or let the file of a plain table end in .csv`,
      1,
    );
  }
  let { start, line } = header;
  while (start < bytes.length) {
    const end = lineEnd(bytes, start);
    const text = labelText(bytes, start, end, line);
    const delimiter = delimiterOf(text);
    const labels = splitCells(text, delimiter);
    if (labels.length > 0 && labels[0] !== '') {
      return recordingOf(bytes, {
        labels,
        labelDelimiter: delimiter,
        labelLine: line,
        start: end + 1,
        rotations: rotationUnitOf(header.lines),
        format,
        rate_hz: null,
        header: storageFacts(header.lines),
      });
    }
    start = end + 1;
    line += 1;
  }
  throw new RecordingError(
    'recording_malformed',
    'no column labels follow endheader: put the line that begins with time below it',
    line,
  );
}

function headerText(line: string): string {
  return trimDelimiters(line)
    .replace(/^"(.*)"$/, '$1')
    .trim();
}
