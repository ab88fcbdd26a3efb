/**
 * Structures in Thrift's compact protocol
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md), as far as Parquet has them. Members of a
 * structure are written in the order of their numbers.
 */
export class ThriftWriter {
  #bytes: Uint8Array;
  #at = 0;
  /** Number of the member written last, of this structure and of those around it. */
  #last = 0;
  readonly #around: number[] = [];

  constructor(size = 64) {
    this.#bytes = new Uint8Array(size);
  }

  i32(member: number, value: number): this {
    this.#member(member, I32);
    this.#zigzag(value);
    return this;
  }

  i64(member: number, value: number): this {
    this.#member(member, I64);
    this.#zigzag(value);
    return this;
  }

  text(member: number, value: string): this {
    this.#member(member, BINARY);
    this.#text(value);
    return this;
  }

  i32s(member: number, values: readonly number[]): this {
    this.#list(member, I32, values.length);
    for (const value of values) this.#zigzag(value);
    return this;
  }

  texts(member: number, values: readonly string[]): this {
    this.#list(member, BINARY, values.length);
    for (const value of values) this.#text(value);
    return this;
  }

  /** A list of so many structures, each begun by `element`. */
  structs(member: number, count: number): this {
    this.#list(member, STRUCT, count);
    return this;
  }

  element(): this {
    this.#around.push(this.#last);
    this.#last = 0;
    return this;
  }

  /** A member that is a structure. */
  begin(member: number): this {
    this.#member(member, STRUCT);
    return this.element();
  }

  /** Of the structure that was begun last; of the outermost one, too. */
  end(): this {
    this.#byte(0);
    this.#last = this.#around.pop() ?? 0;
    return this;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  #member(member: number, type: number): void {
    const step = member - this.#last;
    if (step < 1 || step > 15) throw new Error(`member ${member} after ${this.#last}`);
    this.#byte((step << 4) | type);
    this.#last = member;
  }

  #list(member: number, type: number, count: number): void {
    this.#member(member, LIST);
    if (count < 15) this.#byte((count << 4) | type);
    else {
      this.#byte(0xf0 | type);
      this.#varint(count);
    }
  }

  /** Whole numbers within ±2^52. */
  #zigzag(value: number): void {
    this.#varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  #varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  #text(value: string): void {
    // Three bytes at most for each unit of the text.
    const most = 3 * value.length;
    this.#varint(asciiLength(value) ?? encoder.encode(value).length);
    this.#ensure(most);
    this.#at += encoder.encodeInto(value, this.#bytes.subarray(this.#at)).written;
  }

  #byte(value: number): void {
    this.#ensure(1);
    this.#bytes[this.#at++] = value;
  }

  #ensure(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#at + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;
const encoder = new TextEncoder();

/** Bytes of a text in which every character is one; null for any other. */
function asciiLength(text: string): number | null {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return null;
  return text.length;
}
