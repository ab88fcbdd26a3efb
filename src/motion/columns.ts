/** Labelled rows → Recording: the part that storage files and CSV files have in common. */
import { type Delimiter, delimiterOf } from './cells.ts';
import { RecordingError } from './errors.ts';
import { checkLabels, findTimeColumn } from './labels.ts';
import { lineEnd, lineText } from './lines.ts';
import type { Recording } from './recording.ts';
import { readTable } from './table.ts';
import { channelOf, type RotationUnit } from './units.ts';

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
}

export function recordingOf(bytes: Uint8Array, table: LabelledTable): Recording {
  const { labels, labelLine, rotations, format, rate_hz } = table;
  checkLabels(labels, labelLine);
  const time = findTimeColumn(labels);
  if (time === undefined && rate_hz === null) {
    throw new RecordingError('recording_malformed', 'no column is called time', labelLine);
  }
  if (labels.length === 1 && time !== undefined) {
    throw new RecordingError('recording_no_data', 'there is no column beside time', labelLine);
  }
  const columns = readTable(bytes, {
    start: table.start,
    firstLine: labelLine + 1,
    labels,
    delimiter: rowDelimiter(bytes, table),
    keepEmptyRows: time === undefined,
  });
  const channels = labels.flatMap((label, i) =>
    i === time?.index ? [] : [channelOf(label, columns[i]!, rotations.inDegrees)],
  );
  const seconds =
    time === undefined ? sampledAt(rate_hz!, columns[0]!.length) : scaled(columns[time.index]!, time.scale);
  return {
    time: seconds,
    channels,
    format,
    ...rotations,
    assumedRate_hz: time === undefined ? rate_hz : null,
    header: {},
    notes: [],
  };
}

/** Time of `rows` samples at a constant rate, s. */
export function sampledAt(rate_hz: number, rows: number): Float64Array {
  if (!(rate_hz > 0 && Number.isFinite(rate_hz)))
    throw new RangeError(`rate_hz must be positive, not ${rate_hz}`);
  return Float64Array.from({ length: rows }, (_, i) => i / rate_hz);
}

function scaled(values: Float64Array, scale: number): Float64Array {
  return scale === 1 ? values : values.map((value) => value * scale);
}

/** Rows normally use the delimiter of the labels; some writers pad rows with blanks under labels set apart by tabs. */
function rowDelimiter(bytes: Uint8Array, { start, labels, labelDelimiter }: LabelledTable): Delimiter {
  let from = start;
  while (from < bytes.length) {
    const end = lineEnd(bytes, from);
    const text = lineText(bytes, from, end).trim();
    if (text !== '' && !text.startsWith('#')) {
      return labels.length > 1 && !text.includes(String.fromCharCode(labelDelimiter))
        ? delimiterOf(text)
        : labelDelimiter;
    }
    from = end + 1;
  }
  return labelDelimiter;
}
