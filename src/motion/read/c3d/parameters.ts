/**
 * The parameter section: groups and parameters in any order, each pointing to the next. Nothing is copied: a parameter
 * keeps where its data lie, which is inside the file.
 */
import { RecordingError } from '../../errors.ts';
import { MAX_CHANNELS } from '../../limits.ts';
import type { NumberReader } from './numbers.ts';

const CHARACTERS = -1;
const BYTE = 1;
const INTEGER = 2;
const FLOAT = 4;

/** Far more than any program writes; beyond them a file would take more memory than its size explains. */
const MAX_PARAMETERS = 5_000;
const MAX_TEXTS = MAX_CHANNELS;

/** Values that are ever asked for: a 32-bit number in two words. */
const MAX_NUMBERS = 2;

export interface Parameter {
  readonly type: number;
  readonly dimensions: readonly number[];
  /** Offset of its first value, and number of values. */
  readonly start: number;
  readonly count: number;
}

/** Keys are `GROUP:NAME` in capitals. */
export type Parameters = ReadonlyMap<string, Parameter>;

/**
 * `from`: offset of the section's four bytes; `end`: where the points start, which some writers rely on to end it. Throws `recording_malformed`,
 * `recording_truncated` and `recording_too_long`.
 */
export function readParameters(reader: NumberReader, from: number, end: number): Parameters {
  const { bytes } = reader;
  const groups = new Map<number, string>();
  const found: { group: number; name: string; parameter: Parameter }[] = [];
  let at = from + 4;
  while (at + 2 <= end) {
    if (found.length > MAX_PARAMETERS || groups.size > MAX_PARAMETERS) {
      const message = `more parameters than the limit of ${MAX_PARAMETERS}: export the file with fewer`;
      throw new RecordingError('recording_too_long', message, { offset: at });
    }
    // A name that is locked has a negative length.
    const length = Math.abs(signed(bytes[at]!));
    const group = signed(bytes[at + 1]!);
    if (length === 0) break;
    const pointer = at + 2 + length;
    need(bytes, at, pointer + 2 - at);
    const name = textOf(bytes, at + 2, length).toUpperCase();
    if (group < 0) groups.set(-group, name);
    else found.push({ group, name, parameter: parameterAt(reader, pointer + 2) });
    const step = reader.uint16(pointer);
    if (step === 0) break;
    at = pointer + Math.max(step, 2);
  }
  return new Map(
    found.map(({ group, name, parameter }) => [`${groups.get(group) ?? group}:${name}`, parameter]),
  );
}

/** The first MAX_NUMBERS values; none for a parameter that is absent or of characters. */
export function numbersOf(reader: NumberReader, parameter: Parameter | undefined): number[] {
  if (parameter === undefined) return [];
  const { type, start, count } = parameter;
  const values: number[] = [];
  for (let i = 0; i < Math.min(count, MAX_NUMBERS); i += 1) {
    if (type === FLOAT) values.push(reader.float32(start + 4 * i));
    // Counts above 32,767 are written as if the words had no sign.
    else if (type === INTEGER) values.push(reader.uint16(start + 2 * i));
    else if (type === BYTE) values.push(reader.bytes[start + i]!);
  }
  return values;
}

/** The first MAX_TEXTS texts, trimmed, the first dimension being their length; none for a parameter that is absent or of numbers. */
export function textsOf({ bytes }: NumberReader, parameter: Parameter | undefined): string[] {
  if (parameter?.type !== CHARACTERS) return [];
  const [length = 1] = parameter.dimensions;
  if (length === 0) return [];
  const texts: string[] = [];
  for (let at = 0; at + length <= parameter.count && texts.length < MAX_TEXTS; at += length)
    texts.push(textOf(bytes, parameter.start + at, length));
  return texts;
}

/** The texts of NAME, NAME2, NAME3 …: a parameter holds at most 255. */
export function listedTexts(reader: NumberReader, parameters: Parameters, name: string): string[] {
  const texts = textsOf(reader, parameters.get(name));
  for (let part = 2; parameters.has(`${name}${part}`) && texts.length < MAX_TEXTS; part += 1) {
    for (const text of textsOf(reader, parameters.get(`${name}${part}`))) texts.push(text);
  }
  return texts;
}

function parameterAt({ bytes }: NumberReader, at: number): Parameter {
  need(bytes, at, 2);
  const type = signed(bytes[at]!);
  if (type !== CHARACTERS && type !== BYTE && type !== INTEGER && type !== FLOAT) {
    const message = `a parameter has the type ${type}; there are −1, 1, 2 and 4: export the file again`;
    throw new RecordingError('recording_malformed', message, { offset: at });
  }
  const rank = bytes[at + 1]!;
  need(bytes, at, 2 + rank);
  const dimensions = [...bytes.subarray(at + 2, at + 2 + rank)];
  const count = dimensions.reduce((product, size) => product * size, 1);
  const start = at + 2 + rank;
  need(bytes, start, count * Math.abs(type));
  return { type, dimensions, start, count };
}

function need(bytes: Uint8Array, at: number, size: number): void {
  if (at + size <= bytes.length) return;
  const message = `the file ends inside a parameter of ${size} bytes: it was cut off, so copy or export it again`;
  throw new RecordingError('recording_truncated', message, { offset: at });
}

function signed(byte: number): number {
  return byte < 128 ? byte : byte - 256;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** UTF-8 where it is, else Latin-1; without the blanks and NULs that fill it up. */
function textOf(bytes: Uint8Array, at: number, length: number): string {
  const part = bytes.subarray(at, at + length);
  return decoded(part).replace(/\0.*$/s, '').trim();
}

function decoded(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte < 128)) return String.fromCharCode(...bytes);
  try {
    return utf8.decode(bytes);
  } catch {
    return String.fromCharCode(...bytes);
  }
}
