/** The line of column labels: which column is time, and whether the labels can be used as names. */
import { type Place, RecordingError } from '../errors.ts';
import { MAX_CHANNELS, MAX_LABEL, MAX_LABEL_LINE } from '../limits.ts';
import { lineText } from './lines.ts';

/** `time`, `Time`, `t`, `Zeit`, also with its unit: `time (s)`, `t [ms]`, `time_s`; or the unit alone: `seconds`. */
const TIME_LABEL =
  /^(?:time|timestamp|time stamp|elapsed time|zeit|temps|tiempo|t)(?:[\s_]*[([]?\s*(s|sec|secs|second|seconds|ms|msec|milliseconds|us|µs|microseconds)\s*[)\]]?)?$/i;

const SECONDS_LABEL = /^(sec|secs|seconds|ms|milliseconds)$/i;

export interface TimeColumn {
  readonly index: number;
  /** Seconds per unit of the column. */
  readonly scale: number;
  /** Whether its label says the unit. */
  readonly stated: boolean;
}

export function findTimeColumn(labels: readonly string[]): TimeColumn | undefined {
  const index = labels.findIndex((label) => TIME_LABEL.test(label) || SECONDS_LABEL.test(label));
  if (index === -1) return undefined;
  const unit = (TIME_LABEL.exec(labels[index]!) ?? SECONDS_LABEL.exec(labels[index]!))![1]?.toLowerCase();
  const scale = unit === undefined || unit.startsWith('s') ? 1 : /^(ms|milli)/.test(unit) ? 1e-3 : 1e-6;
  return { index, scale, stated: unit !== undefined };
}

/** The line at `from`. Throws `recording_too_long` for one that no MAX_CHANNELS labels could fill. */
export function labelText(bytes: Uint8Array, from: number, end: number, line: number): string {
  if (end - from > MAX_LABEL_LINE) {
    const message = `${end - from} bytes are more than the limit of ${MAX_LABEL_LINE} for a line of labels: leave out columns, or shorten labels`;
    throw new RecordingError('recording_too_long', message, line);
  }
  return lineText(bytes, from, end);
}

/** Throws `recording_malformed` for labels that are empty, numbers or repeated, `recording_too_long` for too many. */
export function checkLabels(labels: readonly string[], line: Place | undefined): void {
  if (labels.length > MAX_CHANNELS) {
    const message = `more columns than the limit of ${MAX_CHANNELS}: leave out what is not needed`;
    throw new RecordingError('recording_too_long', message, line);
  }
  if (labels.length === 0 || labels.every((label) => label !== '' && Number.isFinite(Number(label)))) {
    throw new RecordingError(
      'recording_malformed',
      'there is no line of column labels: put one above the numbers, with time and the names of the channels',
      line,
    );
  }
  const seen = new Set<string>();
  for (const label of labels) {
    if (label === '')
      throw new RecordingError('recording_malformed', 'a column has no label: name every column', line);
    if (label.length > MAX_LABEL) {
      throw new RecordingError(
        'recording_malformed',
        `a column label is longer than ${MAX_LABEL} characters: shorten it`,
        line,
      );
    }
    if (seen.has(label)) {
      throw new RecordingError(
        'recording_malformed',
        `column label ${JSON.stringify(label)} occurs twice: give each column a name of its own`,
        line,
      );
    }
    seen.add(label);
  }
}
