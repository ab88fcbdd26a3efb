import { counted } from '../counted.ts';
/**
 * TRC, the marker trajectories of Motion Analysis and OpenSim: a line that starts with PathFileType, a line of header
 * names and one of their values, a line of marker names, a line of axes, rows of frame, time and three numbers a marker.
 *
 * Markers are the names behind Frame# and Time, however many tabs stand between them; rows are counted. A row may end
 * behind any marker: writers leave out the tabs of missing last ones.
 */

import { RecordingError } from '../errors.ts';
import type { Recording } from '../recording.ts';
import { delimiterOf, splitCells } from './cells.ts';
import { startOfText } from './content.ts';
import { type Header, headerOf, statedValue } from './header.ts';
import { checkLabels, labelText } from './labels.ts';
import { BLANK, lineEnd, TAB } from './lines.ts';
import { lengthUnit, markerChannels } from './points.ts';
import { readTable } from './table.ts';

/** Column of the first point, behind Frame# and Time. */
const FIRST_POINT = 2;

/** A stated rate is wrong when it is off by more than the rounding of time stamps makes it. */
const RATE_TOLERANCE = 0.02;

/** Throws RecordingError. */
export function readTrc(bytes: Uint8Array): Recording {
  const lines = firstLines(bytes, 5);
  const [first, names, values, labels, axes] = lines.map(({ text }) => text);
  if (!first?.startsWith('PathFileType'))
    throw new RecordingError(
      'recording_format_mismatch',
      'a TRC file starts with PathFileType, this does not: name it by what it is, or export it as TRC',
      1,
    );
  if (axes === undefined)
    throw new RecordingError(
      'recording_truncated',
      'the file ends inside its header: it was cut off, so copy or export it again',
      Math.max(1, lines.length),
    );
  const header = factsOf(names!, values!);
  const delimiter = delimiterOf(labels!) === TAB ? TAB : BLANK;
  const [frame, time, ...markers] = splitCells(labels!, delimiter).filter((cell) => cell !== '');
  if (!/^frame/i.test(frame ?? '') || !/^time/i.test(time ?? '') || markers.length === 0) {
    const message =
      'this line must be the labels Frame#, Time and the markers: put it back, or export the file again';
    throw new RecordingError('recording_malformed', message, 4);
  }
  const columnLabels = markers.flatMap((name) => [`${name}_tx`, `${name}_ty`, `${name}_tz`]);
  checkLabels(['Frame#', 'Time', ...columnLabels], 4);

  // The line of axes may be absent; a row of numbers there has no letters.
  const axesLine = lines[4]!;
  const hasAxes = /(^|\s)[xyz]\d*(\s|$)/i.test(axes);
  let shortRows = 0;
  const columns = readTable(bytes, {
    start: hasAxes ? axesLine.end : axesLine.start,
    firstLine: hasAxes ? 6 : 5,
    labels: ['Frame#', 'Time', ...columnLabels],
    delimiter,
    keepEmptyRows: false,
    // Blanks do not say which markers are the missing ones.
    ...(delimiter === TAB && {
      mayEndBehind: (values: number) => {
        const endsWithPoint = values >= FIRST_POINT && (values - FIRST_POINT) % 3 === 0;
        if (endsWithPoint) shortRows += 1;
        return endsWithPoint;
      },
    }),
  });
  const seconds = columns[1]!;
  const unit = lengthUnit(String(header.Units ?? ''));
  return {
    time: seconds,
    channels: markers.flatMap((name, i) => {
      const [x, y, z] = columns.slice(FIRST_POINT + 3 * i, FIRST_POINT + 3 * i + 3);
      return markerChannels(name, [x!, y!, z!], unit);
    }),
    format: 'trc',
    inDegrees: true,
    unitSource: 'format',
    assumedRate_hz: null,
    header,
    notes: [
      ...(unit.note === undefined ? [] : [unit.note]),
      ...(shortRows === 0
        ? []
        : [
            `${shortRows === 1 ? '1 row ends' : `${shortRows} rows end`} before the last marker: the rest is missing`,
          ]),
      ...wrongFacts(header, seconds, markers.length),
    ],
  };
}

interface Line {
  readonly text: string;
  readonly start: number;
  /** Offset of the next line. */
  readonly end: number;
}

function firstLines(bytes: Uint8Array, count: number): Line[] {
  const lines: Line[] = [];
  let start = startOfText(bytes);
  while (start < bytes.length && lines.length < count) {
    const end = lineEnd(bytes, start);
    lines.push({ text: labelText(bytes, start, end, lines.length + 1), start, end: end + 1 });
    start = end + 1;
  }
  return lines;
}

function factsOf(names: string, values: string): Header {
  const stated = splitCells(values, delimiterOf(values));
  return headerOf(
    splitCells(names, delimiterOf(names)).flatMap((name, i) =>
      name === '' || stated[i] === undefined ? [] : [[name, statedValue(stated[i])] as const],
    ),
  );
}

function wrongFacts(
  { NumFrames, NumMarkers, DataRate }: Header,
  time: Float64Array,
  markers: number,
): string[] {
  const notes: string[] = [];
  if (typeof NumFrames === 'number' && NumFrames !== time.length)
    notes.push(`the header states ${counted(NumFrames, 'frame')}, the file has ${time.length}`);
  if (typeof NumMarkers === 'number' && NumMarkers !== markers)
    notes.push(`the header states ${counted(NumMarkers, 'marker')}, the file has ${markers}`);
  const rate_hz = (time.length - 1) / (time[time.length - 1]! - time[0]!);
  if (
    typeof DataRate === 'number' &&
    Number.isFinite(rate_hz) &&
    Math.abs(rate_hz / DataRate - 1) > RATE_TOLERANCE
  )
    notes.push(
      `the header states ${DataRate} Hz, the time stamps have ${rate_hz.toPrecision(4)} Hz; they are used`,
    );
  return notes;
}
