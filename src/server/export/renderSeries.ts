import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { SeriesFormat } from '../../contract/series.ts';
import type { BodyForm } from '../../contract/wire.ts';
import { exactDecimals } from '../../motion/write/decimal.ts';
import { writeC3d } from '../../motion/write/write-c3d.ts';
import { writeCsv } from '../../motion/write/write-csv.ts';
import { writeStorage } from '../../motion/write/write-sto.ts';
import { writeNumbers } from '../digits.ts';
import { document, type NamedText, type SeriesEntry } from '../seriesFile.ts';
import { readChannels, readColumns } from './columns.ts';
import { writeSeriesTable } from './seriesTable.ts';
import { thin } from './thin.ts';

/** A stored series, which part of it is wanted, and as what. */
export interface RenderInput {
  /** The pieces of the series file. */
  pieces: Uint8Array;
  rate_hz: number;
  /** Arrays that are wanted, `time` first, and the frames [first, end) of them. */
  entries: readonly SeriesEntry[];
  first: number;
  end: number;
  format: SeriesFormat;
  /** JSON: at most so many values per array; null: every frame. */
  points: number | null;
  /** JSON: form of the envelope's body. */
  form: BodyForm;
  sessionId: string;
  /** Heads the file in formats that have a title. */
  title: string;
  /** Answer the bytes compressed. */
  gzip: boolean;
}

const zip = promisify(gzip);

/** Throws UnwritableError where the format cannot hold the names. */
export async function renderSeries(input: RenderInput): Promise<Buffer> {
  const bytes = input.format === 'json' ? await renderJson(input) : await renderFile(input);
  // As for stored series: digits of measured curves repeat so little that only their frequencies are worth coding.
  return input.gzip ? zip(bytes, { level: 4, strategy: constants.Z_HUFFMAN_ONLY }) : asBuffer(bytes);
}

async function renderJson({ pieces, entries, first, end, points, form }: RenderInput): Promise<Buffer> {
  const texts: NamedText[] = [];
  for await (const values of readColumns(asBuffer(pieces), entries, first, end)) {
    const kept = points === null ? values : thin(values, points);
    // The stored digits again: what was written with so many decimals is exact with them.
    const text = writeNumbers(kept, exactDecimals(kept) ?? undefined);
    texts.push({ name: entries[texts.length]!.name, text });
  }
  return Buffer.concat(document(texts, form));
}

async function renderFile(input: RenderInput): Promise<Uint8Array> {
  const { pieces, entries, first, end, rate_hz, format, title } = input;
  const { time, channels } = await readChannels(asBuffer(pieces), entries, first, end);
  switch (format) {
    case 'csv':
      return writeCsv({ time, channels });
    case 'c3d':
      return writeC3d({ rate_hz, frames: time.length, firstFrame: first, channels });
    case 'parquet':
    case 'arrow':
      return writeSeriesTable(format, time, channels, metadataOf(input));
    default:
      return writeStorage({ time, channels }, title);
  }
}

/** For formats that carry free members: which session, and what the columns are in. */
const metadataOf = ({ sessionId, rate_hz, entries }: RenderInput): Record<string, string> => ({
  sessionID: sessionId,
  inDegrees: 'yes',
  rate: String(rate_hz),
  units: JSON.stringify(Object.fromEntries(entries.map(({ name, unit }) => [name, unit]))),
});

/** The same memory; from another thread buffers arrive as plain byte arrays. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
