import { promisify } from 'node:util';
import { brotliCompress, constants, inflateRaw } from 'node:zlib';
import { SERIES_RATE_HZ } from '../contract/series.ts';
import type { BodyForm } from '../contract/wire.ts';
import type { Series } from '../motion/process.ts';
import { writeNumbers } from './digits.ts';
import { assembleGzip, deflatePiece, type Piece } from './gzip.ts';

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

interface Entry {
  name: string;
  /** Of the piece among the bytes behind the index. */
  offset: number;
  size: number;
  crc: number;
  length: number;
}

export interface SeriesFile {
  frames: number;
  entries: readonly Entry[];
  pieces: Buffer;
}

const MAGIC = 'KBS1';
const compressBrotli = promisify(brotliCompress);
const inflate = promisify(inflateRaw);

export async function writeSeriesFiles(series: Series): Promise<SeriesFiles> {
  const texts = arrays(series);
  const plain = document(texts, 'string');
  const brotli = compressBrotli(Buffer.concat(plain), {
    // Digits of smooth curves repeat little: quality 1 with a small window is as small as 5 with a large one, and ten times
    // as fast.
    params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 16 },
  });
  const entries: Entry[] = [];
  const bodies: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of texts) {
    const piece = deflatePiece(text);
    entries.push({ name, offset, size: piece.deflated.length, crc: piece.crc, length: piece.length });
    bodies.push(piece.deflated);
    offset += piece.deflated.length;
  }
  const index = Buffer.from(JSON.stringify({ frames: series.frames, entries }));
  const head = Buffer.alloc(8);
  head.write(MAGIC, 'latin1');
  head.writeUInt32LE(index.length, 4);
  return { series: Buffer.concat([head, index, ...bodies]), brotli: await brotli };
}

export function readSeriesFile(bytes: Buffer): SeriesFile {
  if (bytes.toString('latin1', 0, 4) !== MAGIC) throw new Error('not a series file');
  const start = 8 + bytes.readUInt32LE(4);
  const { frames, entries } = JSON.parse(bytes.toString('utf8', 8, start)) as {
    frames: number;
    entries: Entry[];
  };
  return { frames, entries, pieces: bytes.subarray(start) };
}

/** The gzip answer in a body form, as the buffers to send one after the other. */
export function gzipAnswer(file: SeriesFile, form: BodyForm): Buffer[] {
  const pieces: Piece[] = [deflatePiece(opening(form), 0)];
  file.entries.forEach((entry, place) => {
    pieces.push(deflatePiece(nameText(entry.name, place === 0, form), 0));
    pieces.push({
      deflated: file.pieces.subarray(entry.offset, entry.offset + entry.size),
      crc: entry.crc,
      length: entry.length,
    });
  });
  pieces.push(deflatePiece(closing(form), 0));
  return assembleGzip(pieces);
}

/**
 * The answer without compression, for clients that ask for none: its length, and its pieces one after the other, inflated
 * away from the thread that answers requests and only as fast as the client takes them.
 */
export function plainAnswer(
  file: SeriesFile,
  form: BodyForm,
): { length: number; pieces: AsyncIterable<Buffer> } {
  const names = file.entries.map((entry, place) => nameText(entry.name, place === 0, form));
  const [open, close] = [opening(form), closing(form)];
  const length = file.entries.reduce(
    (sum, entry, place) => sum + names[place]!.length + entry.length,
    open.length + close.length,
  );
  async function* pieces() {
    yield open;
    for (const [place, entry] of file.entries.entries()) {
      yield names[place]!;
      const deflated = file.pieces.subarray(entry.offset, entry.offset + entry.size);
      yield await inflate(deflated, { finishFlush: constants.Z_SYNC_FLUSH });
    }
    yield close;
  }
  return { length, pieces: pieces() };
}

interface NamedText {
  name: string;
  text: Buffer;
}

/** `time`, then per channel the value, its velocity and its acceleration. */
function arrays(series: Series): NamedText[] {
  const time = Float64Array.from({ length: series.frames }, (_, frame) => frame / SERIES_RATE_HZ);
  // Ten decimals, so that i/60 is exact to a tenth of a nanosecond whatever the length.
  const texts: NamedText[] = [{ name: 'time', text: writeNumbers(time, 10) }];
  series.names.forEach((name, channel) => {
    texts.push({ name, text: writeNumbers(series.angle[channel]!) });
    texts.push({ name: `${name}_vel`, text: writeNumbers(series.velocity[channel]!) });
    texts.push({ name: `${name}_acc`, text: writeNumbers(series.acceleration[channel]!) });
  });
  return texts;
}

function document(texts: readonly NamedText[], form: BodyForm): Buffer[] {
  const parts: Buffer[] = [opening(form)];
  texts.forEach(({ name, text }, place) => {
    parts.push(nameText(name, place === 0, form), text);
  });
  parts.push(closing(form));
  return parts;
}

const opening = (form: BodyForm) =>
  Buffer.from(form === 'json' ? '{"statusCode":200,"body":{' : '{"statusCode":200,"body":"{');
const closing = (form: BodyForm) => Buffer.from(form === 'json' ? '}}' : '}"}');

function nameText(name: string, first: boolean, form: BodyForm): Buffer {
  const text = `${first ? '' : ','}${JSON.stringify(name)}:`;
  return Buffer.from(form === 'json' ? text : JSON.stringify(text).slice(1, -1));
}
