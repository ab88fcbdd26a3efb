/** Groups of parameters → the parameter section of a C3D file, padded to whole blocks of 512 bytes. Intel byte order. */

import { UnwritableError } from './write-error.ts';

/** One parameter; a single number or text, or a list of integers or texts. */
export type Parameter =
  | { readonly name: string; readonly integers: readonly number[] }
  | { readonly name: string; readonly float: number }
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly texts: readonly string[] };

const BLOCK = 512;
/** The section's length stands in one byte, in blocks. */
const MOST_BLOCKS = 255;
/** A dimension is one byte. */
const MOST_ENTRIES = 255;
/** Distances between records are 16 bits, which some programs read with a sign. */
const MOST_BYTES = 32_000;

const CHARACTERS = -1;
const INTEGER = 2;
const FLOAT = 4;

/**
 * A list of any length: what does not fit one parameter goes on in NAME2, NAME3, … as is the custom for LABELS. Nothing
 * for an empty list. Throws UnwritableError for a text too long for the format.
 */
export function texts(name: string, all: readonly string[]): Parameter[] {
  const longest = Math.max(1, ...all.map((text) => encode(text).length));
  const most = Math.min(MOST_ENTRIES, Math.floor(MOST_BYTES / longest));
  const found: Parameter[] = [];
  for (let first = 0; first < all.length; first += most) {
    const suffix = found.length === 0 ? '' : String(found.length + 1);
    found.push({ name: `${name}${suffix}`, texts: all.slice(first, first + most) });
  }
  return found;
}

/** `processor`: the byte that says how numbers are stored. Throws UnwritableError for more than the format can hold. */
export function parameterSection(
  groups: Readonly<Record<string, readonly Parameter[]>>,
  processor: number,
): Uint8Array {
  const records: Uint8Array[] = [];
  Object.entries(groups).forEach(([group, parameters], place) => {
    records.push(record(group, -(place + 1), new Uint8Array()));
    for (const parameter of parameters) records.push(record(parameter.name, place + 1, dataOf(parameter)));
  });
  const bytes = records.reduce((sum, each) => sum + each.length, 4);
  // One byte more: a name of length 0 ends the section for programs that do not heed the last distance.
  const blocks = Math.ceil((bytes + 1) / BLOCK);
  if (blocks > MOST_BLOCKS) {
    throw new UnwritableError(
      'C3D cannot hold so many and so long names. Choose fewer channels, or another format.',
    );
  }
  const out = new Uint8Array(blocks * BLOCK);
  out.set([1, 0x50, blocks, processor]);
  let at = 4;
  for (const each of records) {
    out.set(each, at);
    at += each.length;
  }
  const last = records.at(-1);
  if (last !== undefined) out.fill(0, at - last.length + 2 + last[0]!, at - last.length + 4 + last[0]!);
  return out;
}

/** Length and characters of the name, the group's number, the distance to the next record, data, an empty description. */
function record(name: string, group: number, data: Uint8Array): Uint8Array {
  const characters = encode(name);
  const out = new Uint8Array(2 + characters.length + 2 + data.length + 1);
  out[0] = characters.length;
  out[1] = group;
  out.set(characters, 2);
  new DataView(out.buffer).setUint16(2 + characters.length, 2 + data.length + 1, true);
  out.set(data, 4 + characters.length);
  return out;
}

/** Type, number of dimensions, dimensions, values. */
function dataOf(parameter: Parameter): Uint8Array {
  if ('float' in parameter) {
    const out = new Uint8Array(6);
    out[0] = FLOAT;
    new DataView(out.buffer).setFloat32(2, parameter.float, true);
    return out;
  }
  if ('integers' in parameter) {
    const { integers } = parameter;
    const dimensions = integers.length === 1 ? [] : [integers.length];
    const out = new Uint8Array(2 + dimensions.length + 2 * integers.length);
    out.set([INTEGER, dimensions.length, ...dimensions]);
    const view = new DataView(out.buffer);
    integers.forEach((value, i) => {
      view.setUint16(2 + dimensions.length + 2 * i, value, true);
    });
    return out;
  }
  const single = 'text' in parameter;
  const all = (single ? [parameter.text] : parameter.texts).map(encode);
  const length = Math.max(1, ...all.map((text) => text.length));
  const tooLong = all.find((text) => text.length > MOST_ENTRIES);
  if (tooLong !== undefined) {
    const name = JSON.stringify(new TextDecoder().decode(tooLong));
    throw new UnwritableError(
      `The name ${name} takes ${tooLong.length} bytes; C3D holds names of ${MOST_ENTRIES} at most.`,
    );
  }
  const dimensions = single ? [length] : [length, all.length];
  const start = 2 + dimensions.length;
  const out = new Uint8Array(start + length * all.length).fill(0x20, start);
  out.set([CHARACTERS, dimensions.length, ...dimensions]);
  all.forEach((text, i) => {
    out.set(text, start + i * length);
  });
  return out;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
