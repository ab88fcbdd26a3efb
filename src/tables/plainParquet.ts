import { ThriftWriter } from './thrift.ts';

/**
 * Parquet of measured series: numbers as they lie in memory, a text that stays the same over many rows as runs, times that
 * repeat as places in a dictionary. Written out here, because the library that writes every other table looks at each value
 * several times and takes longer for the footer of a hundred columns than for all of this; a mirror writes two such files for
 * each session.
 *
 * After https://github.com/apache/parquet-format: `parquet.thrift` for the structures, `Encodings.md` for the pages.
 */
export type PlainColumn =
  /** Missing where NaN. */
  | { name: string; kind: 'numbers'; values: Float64Array }
  /** The same numbers again and again, none of them missing. */
  | { name: string; kind: 'repeated'; values: Float64Array }
  | { name: string; kind: 'runs'; runs: readonly { text: string; rows: number }[] };

/** The file, in pieces. Every column has as many rows as `rows` says. */
export function plainParquet(
  rows: number,
  columns: readonly PlainColumn[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const out: Uint8Array[] = [MAGIC];
  let offset = MAGIC.length;
  const chunks = columns.map((column): Chunk => {
    const start = offset;
    const pages = pagesOf(column, rows);
    for (const page of pages.pages) {
      out.push(page.header, ...page.body);
      offset += page.size;
    }
    const dictionary_bytes = pages.hasDictionary ? pages.pages[0]!.size : 0;
    return {
      column,
      start,
      size: offset - start,
      hasDictionary: pages.hasDictionary,
      data: start + dictionary_bytes,
    };
  });
  const footer = footerOf(rows, chunks, metadata);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, footer.length, true);
  out.push(footer, length, MAGIC);
  return out;
}

const MAGIC = new TextEncoder().encode('PAR1');

/** Numbers of `parquet.thrift`. */
const DOUBLE = 5;
const BYTE_ARRAY = 6;
const REQUIRED = 0;
const OPTIONAL = 1;
const UTF8 = 0;
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;

interface Page {
  header: Uint8Array;
  body: Uint8Array[];
  size: number;
}

interface Chunk {
  column: PlainColumn;
  start: number;
  size: number;
  hasDictionary: boolean;
  /** Where its first page of data begins. */
  data: number;
}

/** Values of one page; half a megabyte of numbers. */
const PAGE_ROWS = 65_536;

function pagesOf(column: PlainColumn, rows: number): { pages: Page[]; hasDictionary: boolean } {
  if (column.kind === 'numbers') return { pages: numberPages(column.values), hasDictionary: false };
  if (column.kind === 'runs') return { pages: runPages(column.runs, rows), hasDictionary: true };
  return { pages: repeatedPages(column.values, rows), hasDictionary: true };
}

function numberPages(values: Float64Array): Page[] {
  const pages: Page[] = [];
  for (let from = 0; from < values.length || from === 0; from += PAGE_ROWS) {
    const part = values.subarray(from, from + PAGE_ROWS);
    const { levels, present } = levelsOf(part);
    pages.push(dataPage(part.length, PLAIN, [levels, bytesOf(present)]));
  }
  return pages;
}

/** Which values are there, as runs of one bit behind their length; and those that are. */
function levelsOf(values: Float64Array): { levels: Uint8Array; present: Float64Array } {
  const runs: number[] = [];
  let missing = 0;
  for (let at = 0; at < values.length; ) {
    const absent = Number.isNaN(values[at]);
    const from = at;
    while (at < values.length && Number.isNaN(values[at]) === absent) at++;
    if (absent) missing += at - from;
    pushVarint(runs, (at - from) * 2);
    runs.push(absent ? 0 : 1);
  }
  const levels = new Uint8Array(4 + runs.length);
  new DataView(levels.buffer).setUint32(0, runs.length, true);
  levels.set(runs, 4);
  return { levels, present: missing === 0 ? values : values.filter((value) => !Number.isNaN(value)) };
}

function runPages(runs: readonly { text: string; rows: number }[], rows: number): Page[] {
  const places = new Map<string, number>();
  for (const { text } of runs) if (!places.has(text)) places.set(text, places.size);
  const texts = [...places.keys()].map((text) => encoder.encode(text));
  const dictionary = new Uint8Array(texts.reduce((sum, { length }) => sum + 4 + length, 0));
  const view = new DataView(dictionary.buffer);
  let at = 0;
  for (const text of texts) {
    view.setUint32(at, text.length, true);
    dictionary.set(text, at + 4);
    at += 4 + text.length;
  }
  const width = widthOf(places.size);
  const bytes = [width];
  for (const { text, rows } of runs) {
    if (rows === 0) continue;
    pushVarint(bytes, rows * 2);
    const place = places.get(text)!;
    for (let shift = 0; shift < width; shift += 8) bytes.push((place >>> shift) & 255);
  }
  return [dictionaryPage(texts.length, dictionary), dataPage(rows, RLE_DICTIONARY, [Uint8Array.from(bytes)])];
}

function repeatedPages(values: Float64Array, rows: number): Page[] {
  const pages = [dictionaryPage(values.length, bytesOf(values))];
  const width = widthOf(values.length);
  for (let from = 0; from < rows || from === 0; from += PAGE_ROWS) {
    const count = Math.min(PAGE_ROWS, rows - from);
    pages.push(dataPage(count, RLE_DICTIONARY, [packedPlaces(from, count, values.length, width)]));
  }
  return pages;
}

/** The places `from`, `from + 1`, … of a dictionary that is gone through again and again, packed to so many bits each. */
function packedPlaces(from: number, count: number, size: number, width: number): Uint8Array {
  const groups = Math.ceil(count / 8);
  const head = [width];
  pushVarint(head, groups * 2 + 1);
  const out = new Uint8Array(head.length + groups * width);
  out.set(head);
  let at = head.length;
  let bits = 0;
  let held = 0;
  let place = from % size;
  for (let done = 0; done < count; done++) {
    // At most 7 bits are held and 17 come: well within what shifts can do.
    held |= place << bits;
    bits += width;
    while (bits >= 8) {
      out[at++] = held & 255;
      held >>>= 8;
      bits -= 8;
    }
    if (++place === size) place = 0;
  }
  if (bits > 0) out[at] = held & 255;
  return out;
}

/** The longest list that `repeated` may hold: so many places fit into a page's bits. */
export const MOST_REPEATED = 2 ** 17;

/** Bits for so many places; a reader skips none at all. */
const widthOf = (places: number): number => Math.max(1, Math.ceil(Math.log2(Math.max(1, places))));

function pushVarint(bytes: number[], value: number): void {
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      bytes.push(rest);
      return;
    }
    bytes.push((rest % 128) + 128);
  }
}

function dataPage(values: number, encoding: number, body: Uint8Array[]): Page {
  const size = body.reduce((sum, { length }) => sum + length, 0);
  const thrift = new ThriftWriter();
  thrift.i32(1, DATA_PAGE).i32(2, size).i32(3, size);
  thrift.begin(5).i32(1, values).i32(2, encoding).i32(3, RLE).i32(4, RLE).end();
  return page(thrift, body, size);
}

function dictionaryPage(values: number, body: Uint8Array): Page {
  const thrift = new ThriftWriter();
  thrift.i32(1, DICTIONARY_PAGE).i32(2, body.length).i32(3, body.length);
  thrift.begin(7).i32(1, values).i32(2, PLAIN).end();
  return page(thrift, [body], body.length);
}

function page(thrift: ThriftWriter, body: Uint8Array[], size: number): Page {
  const header = thrift.end().bytes();
  return { header, body, size: header.length + size };
}

function footerOf(
  rows: number,
  chunks: readonly Chunk[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const thrift = new ThriftWriter(64 + 128 * chunks.length);
  thrift.i32(1, 2);
  thrift.structs(2, chunks.length + 1);
  thrift.element().text(4, 'series').i32(5, chunks.length).end();
  for (const { column } of chunks) describe(thrift.element(), column);
  thrift.i64(3, rows);
  thrift.structs(4, 1);
  thrift.element().structs(1, chunks.length);
  for (const chunk of chunks) place(thrift.element(), chunk, rows);
  thrift
    .i64(
      2,
      chunks.reduce((sum, { size }) => sum + size, 0),
    )
    .i64(3, rows)
    .end();
  const said = Object.entries(metadata);
  if (said.length > 0) thrift.structs(5, said.length);
  for (const [key, value] of said) thrift.element().text(1, key).text(2, value).end();
  return thrift.text(6, 'kinebase').end().bytes();
}

function describe(thrift: ThriftWriter, { name, kind }: PlainColumn): void {
  if (kind !== 'runs') {
    thrift
      .i32(1, DOUBLE)
      .i32(3, kind === 'numbers' ? OPTIONAL : REQUIRED)
      .text(4, name)
      .end();
    return;
  }
  // Old readers go by the converted type, new ones by the logical one: its first member, STRING, has nothing in it.
  thrift.i32(1, BYTE_ARRAY).i32(3, REQUIRED).text(4, name).i32(6, UTF8);
  thrift.begin(10).begin(1).end().end().end();
}

function place(
  thrift: ThriftWriter,
  { column, start, size, data, hasDictionary }: Chunk,
  rows: number,
): void {
  thrift.i64(2, start);
  thrift.begin(3).i32(1, column.kind === 'runs' ? BYTE_ARRAY : DOUBLE);
  thrift.i32s(2, hasDictionary ? [PLAIN, RLE, RLE_DICTIONARY] : [PLAIN, RLE]);
  thrift.texts(3, [column.name]).i32(4, 0).i64(5, rows).i64(6, size).i64(7, size).i64(9, data);
  if (hasDictionary) thrift.i64(11, start);
  const only = column.kind === 'runs' && column.runs.length === 1 ? column.runs[0]!.text : null;
  // Whoever looks for one session passes over the files of all others.
  if (only !== null) thrift.begin(12).i64(3, 0).text(5, only).text(6, only).end();
  thrift.end().end();
}

const encoder = new TextEncoder();

/** Numbers lie in files as they lie in the memory of every machine that this runs on, but for a few. */
const TURNED = new Uint8Array(Float64Array.of(1).buffer)[0] !== 0;

function bytesOf(values: Float64Array): Uint8Array {
  if (!TURNED) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  for (const [place, value] of values.entries()) view.setFloat64(8 * place, value, true);
  return bytes;
}
