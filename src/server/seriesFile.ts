import { promisify } from 'node:util';
import { brotliCompress, constants, inflateRaw } from 'node:zlib';
import { SERIES_RATE_HZ } from '../contract/series.ts';
import type { BodyForm } from '../contract/wire.ts';
import type { Series } from '../motion/process.ts';
import { unitOf } from '../motion/read/units.ts';
import type { Unit } from '../motion/recording.ts';
import type { FrameSpan } from '../motion/series/span.ts';
import { writeExactly, writeNumbers } from './digits.ts';
import { assembleGzip, deflatePiece, type Piece, storedPiece } from './gzip.ts';

/**
 * How a session's series lie in the object store, so that they are served without being compressed again:
 *
 * - `series`: every array as its own deflated text, behind an index. Both body forms differ only in the quotes around the
 *   names, so one file gives the gzip answer of either form, and of any choice of channels, by putting pieces together.
 * - `series.br`: the whole answer with a string body, in Brotli.
 */
export interface SeriesFiles {
  series: Buffer;
  brotli: Buffer;
}

/** One array of a series file. */
export interface SeriesEntry extends StoredEntry {
  kind: 'time' | 'value' | 'velocity' | 'acceleration';
  /** `s` of time; `deg`, `deg/s`, `deg/s²`; '' where the recording states none. */
  unit: Unit;
  /** Frames in gaps too long to bridge, where the array holds a straight line. */
  excluded: readonly FrameSpan[];
}

export interface SeriesFile {
  frames: number;
  rate_hz: number;
  /** `time`, then per channel its value, velocity and acceleration. */
  entries: readonly SeriesEntry[];
  pieces: Buffer;
}

/** As the index has it. */
interface StoredEntry {
  name: string;
  /** Of the piece among the bytes behind the index. */
  offset: number;
  size: number;
  crc: number;
  length: number;
}

/** The index, in JSON. Files of pipeline version 1 have neither `rate` nor `channels`. */
interface StoredIndex {
  frames: number;
  /** Hz. */
  rate?: number;
  entries: StoredEntry[];
  /** Per channel, what all three arrays of it share. */
  channels?: { unit: Unit; excluded: FrameSpan[] }[];
}

const MAGIC = 'KBS1';
const BROTLI_PIECE_BYTES = 1 << 18;
const compressBrotli = promisify(brotliCompress);
const inflate = promisify(inflateRaw);

/** `received`: times as another server has them; then the values, too, are written as they are instead of rounded. */
export async function writeSeriesFiles(series: Series, received?: Float64Array): Promise<SeriesFiles> {
  const texts = arrays(series, received);
  const plain = document(texts, 'string');
  const brotli = compressBrotli(Buffer.concat(plain), {
    // Instead of 16 kB at a time: each piece costs a turn of the thread.
    chunkSize: BROTLI_PIECE_BYTES,
    // Digits of smooth curves repeat little: quality 1 with a small window is as small as 5 with a large one, and ten times
    // as fast.
    params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 16 },
  });
  const entries: StoredEntry[] = [];
  const bodies: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of texts) {
    const piece = deflatePiece(text);
    entries.push({ name, offset, size: piece.deflated.length, crc: piece.crc, length: piece.length });
    bodies.push(piece.deflated);
    offset += piece.deflated.length;
  }
  const index = Buffer.from(JSON.stringify(indexOf(series, entries)));
  const head = Buffer.alloc(8);
  head.write(MAGIC, 'latin1');
  head.writeUInt32LE(index.length, 4);
  return { series: Buffer.concat([head, index, ...bodies]), brotli: await brotli };
}

/** Throws for bytes that are no series file. */
export function readSeriesFile(bytes: Buffer): SeriesFile {
  if (bytes.toString('latin1', 0, 4) !== MAGIC) throw new Error('not a series file');
  const start = 8 + bytes.readUInt32LE(4);
  const index = JSON.parse(bytes.toString('utf8', 8, start)) as StoredIndex;
  return {
    frames: index.frames,
    rate_hz: index.rate ?? SERIES_RATE_HZ,
    entries: index.entries.map((entry, place) => described(entry, place, index)),
    pieces: bytes.subarray(start),
  };
}

/** The array's text as JSON has it: `[0,1.5,…]`. */
export const inflateEntry = (file: Pick<SeriesFile, 'pieces'>, entry: StoredEntry): Promise<Buffer> =>
  inflate(file.pieces.subarray(entry.offset, entry.offset + entry.size), {
    finishFlush: constants.Z_SYNC_FLUSH,
  });

/** The gzip answer in a body form with all or some of the arrays, as the buffers to send one after the other. */
export function gzipAnswer(file: SeriesFile, form: BodyForm, entries = file.entries): Buffer[] {
  const pieces: Piece[] = [storedPiece(opening(form))];
  entries.forEach((entry, place) => {
    pieces.push(storedPiece(nameText(entry.name, place === 0, form)));
    pieces.push({
      deflated: file.pieces.subarray(entry.offset, entry.offset + entry.size),
      crc: entry.crc,
      length: entry.length,
    });
  });
  pieces.push(storedPiece(closing(form)));
  return assembleGzip(pieces);
}

/**
 * The answer without compression, for clients that ask for none: its length, and its pieces one after the other, inflated
 * away from the thread that answers requests and only as fast as the client takes them.
 */
export function plainAnswer(
  file: SeriesFile,
  form: BodyForm,
  entries = file.entries,
): { length: number; pieces: AsyncIterable<Buffer> } {
  const names = entries.map((entry, place) => nameText(entry.name, place === 0, form));
  const [open, close] = [opening(form), closing(form)];
  const length = entries.reduce(
    (sum, entry, place) => sum + names[place]!.length + entry.length,
    open.length + close.length,
  );
  async function* pieces() {
    yield open;
    for (const [place, entry] of entries.entries()) {
      yield names[place]!;
      yield await inflateEntry(file, entry);
    }
    yield close;
  }
  return { length, pieces: pieces() };
}

/** The JSON of an answer from the texts of its arrays. */
export function document(texts: readonly NamedText[], form: BodyForm): Buffer[] {
  const parts: Buffer[] = [opening(form)];
  texts.forEach(({ name, text }, place) => {
    parts.push(nameText(name, place === 0, form), text);
  });
  parts.push(closing(form));
  return parts;
}

export interface NamedText {
  name: string;
  text: Buffer;
}

const indexOf = (series: Series, entries: StoredEntry[]): StoredIndex => ({
  frames: series.frames,
  rate: series.rate_hz,
  entries,
  channels: series.names.map((_, channel) => ({
    unit: series.units[channel]!,
    excluded: [...(series.excluded[channel] ?? [])],
  })),
});

const KINDS = ['value', 'velocity', 'acceleration'] as const;
const PER_SECONDS = { value: '', velocity: '/s', acceleration: '/s²' } as const;

/** What the index says of an array, by its place. */
function described(entry: StoredEntry, place: number, { entries, channels }: StoredIndex): SeriesEntry {
  if (place === 0) return { ...entry, kind: 'time', unit: 's', excluded: [] };
  const channel = Math.floor((place - 1) / KINDS.length);
  const kind = KINDS[(place - 1) % KINDS.length]!;
  const { unit, excluded } = channels?.[channel] ?? {
    unit: unitOf(entries[1 + KINDS.length * channel]!.name),
    excluded: [],
  };
  return { ...entry, kind, unit: unit === '' ? '' : `${unit}${PER_SECONDS[kind]}`, excluded };
}

/** `time`, then per channel the value, its velocity and its acceleration. */
function arrays(series: Series, received: Float64Array | undefined): NamedText[] {
  const write = received === undefined ? writeNumbers : writeExactly;
  const time = Float64Array.from({ length: series.frames }, (_, frame) => frame / series.rate_hz);
  // Ten decimals, so that the step is exact to a tenth of a nanosecond whatever the length.
  const texts: NamedText[] = [
    { name: 'time', text: received === undefined ? writeNumbers(time, 10) : writeExactly(received) },
  ];
  series.names.forEach((name, channel) => {
    texts.push({ name, text: write(series.angle[channel]!) });
    texts.push({ name: `${name}_vel`, text: write(series.velocity[channel]!) });
    texts.push({ name: `${name}_acc`, text: write(series.acceleration[channel]!) });
  });
  return texts;
}

const opening = (form: BodyForm) =>
  Buffer.from(form === 'json' ? '{"statusCode":200,"body":{' : '{"statusCode":200,"body":"{');
const closing = (form: BodyForm) => Buffer.from(form === 'json' ? '}}' : '}"}');

function nameText(name: string, first: boolean, form: BodyForm): Buffer {
  const text = `${first ? '' : ','}${JSON.stringify(name)}:`;
  return Buffer.from(form === 'json' ? text : JSON.stringify(text).slice(1, -1));
}
