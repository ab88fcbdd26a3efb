import { counted } from '../../counted.ts';
/**
 * Where the points of a C3D file lie: header, parameters and the bytes that are there, in agreement. A parameter goes
 * before the header's word, and nothing goes before the size of the file.
 */
import { RecordingError } from '../../errors.ts';
import { MAX_CHANNELS, MAX_VALUES } from '../../limits.ts';
import { type NumberReader, numberReader, PROCESSORS, type Processor } from './numbers.ts';
import { numbersOf, type Parameters, readParameters } from './parameters.ts';

const BLOCK = 512;

export interface Layout {
  readonly reader: NumberReader;
  readonly parameters: Parameters;
  readonly processor: Processor;
  readonly storage: 'integer' | 'float';
  readonly points: number;
  /** Numbers of the first and last frame as stated; `frames` are there. */
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly frames: number;
  readonly rate_hz: number;
  /** As stated: negative with float storage. */
  readonly scale: number;
  /** Offset of the first frame, and bytes of one. */
  readonly start: number;
  readonly frameBytes: number;
  readonly notes: readonly string[];
}

/** Throws RecordingError with the byte. */
export function layoutOf(bytes: Uint8Array): Layout {
  if (bytes.length < BLOCK)
    throw new RecordingError(
      'recording_truncated',
      'the file ends inside its header: it was cut off, so copy or export it again',
      {
        offset: bytes.length,
      },
    );
  const section = (bytes[0]! - 1) * BLOCK;
  if (section + 4 > bytes.length)
    throw new RecordingError(
      'recording_truncated',
      'the parameters lie behind the end of the file: it was cut off, so copy or export it again',
      {
        offset: 0,
      },
    );
  const processor = PROCESSORS[bytes[section + 3]!];
  if (processor === undefined) {
    const message = `processor ${bytes[section + 3]} is not known, only 84, 85 and 86: export the file again as Intel (84)`;
    throw new RecordingError('recording_malformed', message, { offset: section + 3 });
  }
  const reader = numberReader(bytes, processor);
  const pointsAt = (reader.uint16(16) - 1) * BLOCK;
  const end = pointsAt > section ? Math.min(pointsAt, bytes.length) : bytes.length;
  const parameters = readParameters(reader, section, end);
  const number = (name: string) => numbersOf(reader, parameters.get(name))[0];

  const points = number('POINT:USED') ?? reader.uint16(2);
  if (points === 0)
    throw new RecordingError(
      'recording_no_data',
      'the file holds no points: export trajectories or joint angles with it',
      { offset: 2 },
    );
  if (!Number.isInteger(points))
    throw new RecordingError(
      'recording_malformed',
      `the number of points is ${points}: export the file again, with POINT:USED a whole number`,
      placeOf(parameters, 'POINT:USED', 2),
    );
  if (points > MAX_CHANNELS) {
    const message = `${points} points are more than the limit of ${MAX_CHANNELS} channels: leave out what is not needed`;
    throw new RecordingError('recording_too_long', message, { offset: 2 });
  }
  const scale = number('POINT:SCALE') ?? reader.float32(12);
  if (!Number.isFinite(scale) || scale === 0)
    throw new RecordingError(
      'recording_malformed',
      `the scale of points is ${scale}: export the file again, with POINT:SCALE neither 0 nor infinite`,
      placeOf(parameters, 'POINT:SCALE', 12),
    );
  const rate_hz =
    positive(number('POINT:RATE')) ?? positive(reader.float32(20)) ?? positive(number('TRIAL:CAMERA_RATE'));
  if (rate_hz === undefined)
    throw new RecordingError(
      'recording_malformed',
      'the rate of points is no positive number: export the file again, with POINT:RATE in Hz',
      placeOf(parameters, 'POINT:RATE', 20),
    );
  const storage = scale < 0 ? 'float' : 'integer';
  const word = storage === 'float' ? 4 : 2;
  const frameBytes = word * (4 * points + reader.uint16(4));
  const start = startOf(reader, number('POINT:DATA_START'));
  const { first, last } = numbersOfFrames(reader, parameters);
  const frames = framesThere(bytes, start, frameBytes, last - first + 1);
  if (frames * 3 * points > MAX_VALUES) {
    const message = `${counted(frames, 'frame')} of ${counted(points, 'point')} are more than the limit of ${MAX_VALUES} values: split the recording, or leave out points`;
    throw new RecordingError('recording_too_long', message, { offset: start });
  }
  return {
    reader,
    parameters,
    processor,
    storage,
    points,
    firstFrame: first,
    lastFrame: last,
    frames,
    rate_hz,
    scale,
    start,
    frameBytes,
    notes: notesOn(reader, number, { stated: last - first + 1, frames }),
  };
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 && Number.isFinite(value) ? value : undefined;
}

function placeOf(parameters: Parameters, name: string, header: number): { offset: number } {
  return { offset: parameters.get(name)?.start ?? header };
}

/** Where both are stated and differ the one that lies in the file is right; the parameter when both do. */
function startOf({ bytes, uint16 }: NumberReader, parameter: number | undefined): number {
  const offsets = [parameter ?? 0, uint16(16)].map((block) => (block - 1) * BLOCK);
  const start = offsets.find((offset) => offset >= BLOCK && offset < bytes.length);
  if (start !== undefined) return start;
  throw new RecordingError(
    'recording_truncated',
    'the points lie behind the end of the file: it was cut off, so copy or export it again',
    {
      offset: 16,
    },
  );
}

/** Frame numbers beyond 65,535 do not fit the header; TRIAL:ACTUAL_* hold them as two words, the lower one first. */
function numbersOfFrames(reader: NumberReader, parameters: Parameters): { first: number; last: number } {
  const header = { first: reader.uint16(6), last: reader.uint16(8) };
  const [first, last] = ['TRIAL:ACTUAL_START_FIELD', 'TRIAL:ACTUAL_END_FIELD'].map((name) => {
    const [low, high] = numbersOf(reader, parameters.get(name));
    return low === undefined ? undefined : Math.floor(low + 65_536 * (high ?? 0));
  });
  const long = last !== undefined && (last > 65_535 || header.last < header.first);
  if (long) return { first: first ?? header.first, last };
  // Without TRIAL, a count of frames that does not fit a word may be here as a float.
  const frames = numbersOf(reader, parameters.get('POINT:LONG_FRAMES'))[0];
  if (frames !== undefined && frames > 65_535)
    return { first: header.first, last: header.first + Math.floor(frames) - 1 };
  return header;
}

/**
 * Whole frames that are there, at most those that are stated. A file that ends inside a frame was cut off, unless it ends
 * with a block: then its header is wrong, and a note says so.
 */
function framesThere(bytes: Uint8Array, start: number, frameBytes: number, stated: number): number {
  const whole = Math.floor((bytes.length - start) / frameBytes);
  if (stated < 1)
    throw new RecordingError(
      'recording_no_data',
      'the last frame is before the first: export the file again, with at least one frame',
      { offset: 6 },
    );
  const cut = whole < stated && (bytes.length - start) % frameBytes !== 0 && bytes.length % BLOCK !== 0;
  if (cut || whole === 0) {
    const message = `the file ends inside frame ${whole + 1} of ${stated}: it was cut off, so copy or export it again`;
    throw new RecordingError('recording_truncated', message, { offset: bytes.length });
  }
  return Math.min(whole, stated);
}

function notesOn(
  { uint16 }: NumberReader,
  number: (name: string) => number | undefined,
  { stated, frames }: { stated: number; frames: number },
): string[] {
  const notes: string[] = [];
  if (frames !== stated) notes.push(`the header states ${counted(stated, 'frame')}, the file has ${frames}`);
  const parameter = number('POINT:FRAMES');
  if (parameter !== undefined && parameter !== frames && parameter !== 65_535)
    notes.push(
      `POINT:FRAMES states ${counted(parameter, 'frame')}, ${frames} ${frames === 1 ? 'is' : 'are'} read`,
    );
  const header = uint16(2);
  const used = number('POINT:USED');
  if (used !== undefined && used !== header)
    notes.push(`the header states ${counted(header, 'point')}, POINT:USED ${used}; the latter are read`);
  const analog = number('ANALOG:USED') ?? 0;
  if (analog > 0 && uint16(4) > 0) {
    const rate = positive(number('ANALOG:RATE'));
    notes.push(`not read: ${analog} analog channels${rate === undefined ? '' : ` at ${rate} Hz`}`);
  }
  return notes;
}
