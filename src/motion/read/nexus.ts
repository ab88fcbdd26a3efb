/**
 * CSV of marker trajectories as Vicon Nexus exports it: `Trajectories`, the rate, a line of marker names, a line
 * `Frame,Sub Frame,X,Y,Z,…`, a line of units, rows; a section may follow others and ends at a blank line.
 */

import { RecordingError } from '../errors.ts';
import { listed } from '../listed.ts';
import type { Recording } from '../recording.ts';
import { type Delimiter, delimiterOf, splitCells, trimDelimiters } from './cells.ts';
import { startOfText } from './content.ts';
import { checkLabels, labelText } from './labels.ts';
import { lineEnd, lineText } from './lines.ts';
import { lengthUnit, markerChannels } from './points.ts';
import { readTable } from './table.ts';

/** Names of the sections that such an export is made of. */
const SECTION = /^(Trajectories|Devices|Joints|Segments|Model Outputs|Events)$/;

export function isNexus(bytes: Uint8Array): boolean {
  const start = startOfText(bytes);
  return SECTION.test(
    trimDelimiters(lineText(bytes, start, Math.min(lineEnd(bytes, start), start + 10_000))),
  );
}

/** Throws RecordingError. */
export function readNexus(bytes: Uint8Array): Recording {
  const { section, others } = findTrajectories(bytes);
  const [rate, names, axes, units] = [1, 2, 3, 4].map((i) => section.lines[i]);
  if (units === undefined) {
    throw new RecordingError(
      'recording_truncated',
      'the file ends inside the head of its trajectories: it was cut off, so copy or export it again',
      section.line,
    );
  }
  const rate_hz = Number(trimDelimiters(rate!).replace(',', '.'));
  if (!(rate_hz > 0 && Number.isFinite(rate_hz)))
    throw new RecordingError(
      'recording_malformed',
      'the line behind Trajectories must be the rate in Hz: put it back, or export the file again',
      section.line + 1,
    );
  const delimiter = delimiterOf(axes!);
  const { markers, width, ignored } = columnsOf(
    splitCells(names!, delimiter),
    splitCells(axes!, delimiter),
    section.line + 3,
  );
  checkLabels(
    markers.flatMap(({ name }) => [`${name}_tx`, `${name}_ty`, `${name}_tz`]),
    section.line + 2,
  );

  const table = readRows(bytes.subarray(0, section.end), section, width, delimiter);
  const first = table[0]!.find(Number.isFinite) ?? 0;
  const unit = lengthUnit(splitCells(units, delimiter)[markers[0]!.columns[0]] ?? '');
  return {
    time: table[0]!.map((frame) => (frame - first) / rate_hz),
    channels: markers.flatMap(({ name, columns: [x, y, z] }) =>
      markerChannels(name, [table[x]!, table[y]!, table[z]!], unit),
    ),
    format: 'csv',
    inDegrees: true,
    unitSource: 'format',
    assumedRate_hz: null,
    header: { rate: rate_hz, units: unit.unit },
    notes: [
      ...(unit.note === undefined ? [] : [unit.note]),
      ...(others.length === 0 ? [] : [`sections not read: ${listed(others)}`]),
      ...(ignored.length === 0 ? [] : [`columns not read: ${listed(ignored)}`]),
    ],
  };
}

interface Section {
  /** `Trajectories` and the lines behind it, up to the first row. */
  readonly lines: readonly string[];
  /** 1-based line of `Trajectories`. */
  readonly line: number;
  /** Offsets of the first row, and of the end of the last one. */
  readonly start: number;
  readonly end: number;
}

function findTrajectories(bytes: Uint8Array): { section: Section; others: readonly string[] } {
  const others = new Set<string>();
  let section: Section | undefined;
  let at = startOfText(bytes);
  for (let line = 1; at < bytes.length; line += 1) {
    const end = lineEnd(bytes, at);
    // Names of sections start with a capital letter, rows of numbers never do.
    const name =
      bytes[at]! >= 65 && bytes[at]! <= 90
        ? trimDelimiters(lineText(bytes, at, Math.min(end, at + 10_000)))
        : '';
    if (name === 'Trajectories' && section === undefined) section = sectionAt(bytes, at, line);
    else if (SECTION.test(name)) others.add(name);
    at = end + 1;
  }
  if (section !== undefined) return { section, others: [...others] };
  throw new RecordingError(
    'recording_malformed',
    `the file holds ${listed([...others])} and no section Trajectories: export trajectories, or joint angles as a table with a time column`,
    1,
  );
}

function sectionAt(bytes: Uint8Array, from: number, line: number): Section {
  const lines: string[] = [];
  let at = from;
  while (at < bytes.length && lines.length < 5) {
    const end = lineEnd(bytes, at);
    lines.push(labelText(bytes, at, end, line + lines.length));
    at = end + 1;
  }
  const start = at;
  while (at < bytes.length && isRow(bytes, at)) at = lineEnd(bytes, at) + 1;
  return { lines, line, start, end: Math.min(at, bytes.length) };
}

/** Whether the line holds anything but delimiters and blanks. */
function isRow(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < bytes.length && bytes[at] !== 10; at += 1) {
    if (!' \t\r,;'.includes(String.fromCharCode(bytes[at]!))) return true;
  }
  return false;
}

interface Marker {
  readonly name: string;
  readonly columns: readonly [number, number, number];
}

/** A marker's name stands above its X; what is not X, Y, Z in a row (velocities) is ignored. */
function columnsOf(
  names: readonly string[],
  axes: readonly string[],
  axesLine: number,
): { markers: readonly Marker[]; width: number; ignored: readonly string[] } {
  const markers: Marker[] = [];
  const ignored: string[] = [];
  if (!/^frame$/i.test(axes[0] ?? '')) {
    throw new RecordingError(
      'recording_malformed',
      'the line of axes must start with Frame, Sub Frame: put it back, or export the file again',
      axesLine,
    );
  }
  for (let column = 2; column < axes.length; column += 1) {
    const name = names[column] ?? '';
    const isPoint = ['X', 'Y', 'Z'].every((axis, i) => axes[column + i]?.toUpperCase() === axis);
    if (name !== '' && isPoint) {
      markers.push({ name, columns: [column, column + 1, column + 2] });
      column += 2;
    } else ignored.push(`${name} ${axes[column]} (column ${column + 1})`.trim());
  }
  if (markers.length > 0) return { markers, width: axes.length, ignored };
  throw new RecordingError(
    'recording_no_data',
    'no marker has a name and the axes X, Y, Z: label the markers, and export their trajectories',
    axesLine,
  );
}

function readRows(
  bytes: Uint8Array,
  { start, line }: Section,
  width: number,
  delimiter: Delimiter,
): Float64Array[] {
  const labels = Array.from({ length: width }, (_, column) => `column ${column + 1}`);
  return readTable(bytes, { start, firstLine: line + 5, labels, delimiter, keepEmptyRows: false });
}
