/** Labelled rows → Recording: the part that storage files and CSV files have in common. */

import { RecordingError } from '../errors.ts';
import { listed } from '../listed.ts';
import type { Recording } from '../recording.ts';
import { samplingOf } from '../signal/sampling.ts';
import { type Delimiter, delimiterOf, splitCells } from './cells.ts';
import { countsRows, isClock } from './clock.ts';
import { type Header, wrongCounts } from './header.ts';
import { checkLabels, findTimeColumn, type TimeColumn } from './labels.ts';
import { BLANK, COMMA, lineEnd, lineText } from './lines.ts';
import { readTable } from './table.ts';
import { channelOf, type RotationUnit, scaleBy } from './units.ts';

export interface LabelledTable {
  readonly labels: readonly string[];
  readonly labelDelimiter: Delimiter;
  /** Line of the labels, 1-based, and offset of the line behind them. */
  readonly labelLine: number;
  readonly start: number;
  readonly rotations: RotationUnit;
  readonly format: Recording['format'];
  /** Rate for a table without a time column, Hz; null where such a table is an error. */
  readonly rate_hz: number | null;
  /** Whether the first column may be time without being called so: where nobody stated a rate. */
  readonly mayStartWithTime?: boolean;
  readonly header: Header;
}

const FIRST_COLUMN: TimeColumn = { index: 0, scale: 1, stated: true };

/** Rows whose time steps tell its unit. */
const ENOUGH_ROWS = 1000;

export function recordingOf(bytes: Uint8Array, table: LabelledTable): Recording {
  const { labels, labelLine, rotations, format, rate_hz, header } = table;
  checkLabels(labels, labelLine);
  const called = findTimeColumn(labels);
  if (called === undefined && rate_hz === null) {
    throw new RecordingError(
      'recording_malformed',
      'no column is called time: label the one with the seconds so',
      labelLine,
    );
  }
  if (labels.length === 1 && called !== undefined) {
    throw new RecordingError(
      'recording_no_data',
      'there is no column beside time: export the angles or markers as well',
      labelLine,
    );
  }
  const columns = readTable(bytes, {
    start: table.start,
    firstLine: labelLine + 1,
    labels,
    delimiter: rowDelimiter(bytes, table),
    keepEmptyRows: called === undefined,
  });
  const rows = columns[0]!.length;
  const unnamed =
    called === undefined && table.mayStartWithTime === true && labels.length > 1 && isClock(columns[0]!);
  const time = unnamed ? FIRST_COLUMN : called;
  const counters = new Set(
    time === undefined && labels.length > 1 && countsRows(labels[0]!, columns[0]!) ? [labels[0]!] : [],
  );
  const derivatives = derivativesIn(labels, time?.index);
  const channels = labels.flatMap((label, i) =>
    i === time?.index || derivatives.has(label) || counters.has(label)
      ? []
      : [channelOf(label, columns[i]!, rotations.inDegrees)],
  );
  const seconds = time === undefined ? sampledAt(rate_hz!, rows) : columns[time.index]!;
  if (time !== undefined && time.scale !== 1) scaleBy(time.scale, seconds);
  return {
    time: seconds,
    channels,
    format,
    ...rotations,
    assumedRate_hz: time === undefined ? rate_hz : null,
    header,
    notes: [
      ...wrongCounts(header, rows, labels.length),
      ...(called === undefined ? [] : timeNotes(labels[called.index]!, called, seconds)),
      ...(unnamed
        ? [`first column read as time, because it rises evenly: ${labels[0]!}; state a rate if it is none`]
        : []),
      ...(counters.size === 0 ? [] : [`left out, counts the rows: ${[...counters].join()}`]),
      ...(derivatives.size === 0 ? [] : [`left out, computed anew: ${listed([...derivatives])}`]),
    ],
  };
}

/** Time of `rows` samples at a constant rate, s. */
export function sampledAt(rate_hz: number, rows: number): Float64Array {
  if (!(rate_hz > 0 && Number.isFinite(rate_hz)))
    throw new RangeError(`rate_hz must be positive, not ${rate_hz}`);
  const time = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) time[row] = row / rate_hz;
  return time;
}

/** Columns `X_vel` and `X_acc` beside `X`, as series are exported: two columns of the series would have one name. */
function derivativesIn(labels: readonly string[], time: number | undefined): Set<string> {
  const channels = new Set(labels.filter((_, i) => i !== time));
  return new Set(
    [...channels].filter((label) => /_(vel|acc)$/.test(label) && channels.has(label.slice(0, -4))),
  );
}

function timeNotes(label: string, { scale, stated }: TimeColumn, seconds: Float64Array): string[] {
  if (scale !== 1) return [`time converted to seconds: column ${JSON.stringify(label)}`];
  const step = stated ? 0 : samplingOf(seconds.subarray(0, ENOUGH_ROWS).filter(Number.isFinite)).medianStep_s;
  return step > 1
    ? [`time steps of ${step} look like milliseconds, read as seconds: label the column time_ms if they are`]
    : [];
}

/** Rows normally use the delimiter of the labels; some writers pad rows with blanks under labels set apart by tabs. */
function rowDelimiter(bytes: Uint8Array, { start, labels, labelDelimiter }: LabelledTable): Delimiter {
  let from = start;
  while (from < bytes.length) {
    const end = lineEnd(bytes, from);
    const text = lineText(bytes, from, end).trim();
    if (text !== '' && !text.startsWith('#')) {
      if (labels.length === 1 || text.includes(String.fromCharCode(labelDelimiter))) return labelDelimiter;
      const delimiter = delimiterOf(text);
      const decimals = delimiter === COMMA && splitCells(text, BLANK).length === labels.length;
      return decimals ? BLANK : delimiter;
    }
    from = end + 1;
  }
  return labelDelimiter;
}
