import { closeSync, readSync, writeSync } from 'node:fs';
import type { ListChanges, ListedSession } from '../../store/listedSessions.ts';
import { FIRST_MEMBER, type Position, positionOf } from '../../store/sessionPage.ts';
import { BLOCK, type Block, blockOf, cut, inOrder } from './blocks.ts';
import { Places } from './places.ts';
import { takeBuffer } from './pool.ts';

/** Room before and behind the sessions of a page, for the envelope to be written into. */
const BEFORE_BYTES = 1024;
const BEHIND_BYTES = 16;

/** Where the sessions of a page lie in a buffer of the pool that is the caller's own, with room around them. */
export interface PageOfCopy {
  buffer: Buffer;
  start: number;
  end: number;
  /** Place of the last session, when more follow it; null at the end. */
  next: Position | null;
}

/**
 * One organization's list of sessions, newest first, as it was at a version: the wire texts lie in order in a file, of which
 * only times and the beginnings of blocks are held in memory (some 18 bytes a session). A page is a place in the file; a change
 * writes the blocks it touches anew at the file's end.
 */
export class ListCopy {
  version: number;
  readonly #fd: number;
  #blocks: Block[] = [];
  /** Their times alone, which most of a search looks at. */
  #times = new Float64Array();
  readonly #places = new Places();
  #size = 0;
  #live = 0;
  #isOpen = true;

  /** On an open file that is this list's alone. */
  constructor(fd: number, version: number) {
    this.#fd = fd;
    this.version = version;
  }

  /** Bytes of the file. */
  get size_bytes(): number {
    return this.#size;
  }

  /** More than half of the file is texts that are not current any more: it is worth making anew. */
  get isWorn(): boolean {
    return this.#size > 2 * this.#live + 1_000_000;
  }

  close(): void {
    this.#isOpen = false;
    closeSync(this.#fd);
  }

  /** Adds sessions that come behind all others: their wire texts, joined by commas. */
  append(items: Buffer): void {
    if (items.length === 0) return;
    const texts = Buffer.concat([items, COMMA]);
    let block: Block | null = null;
    for (let start = 0; start < texts.length; ) {
      const next = texts.indexOf(NEXT_ITEM, start + 1);
      const length = (next < 0 ? texts.length : next + 1) - start;
      const place = positionAt(texts, start, length);
      if (block === null || block.count === BLOCK) {
        block = { ...place, offset: this.#size + start, bytes: 0, count: 0, first: this.#places.end };
        this.#blocks.push(block);
      }
      block.bytes += length;
      block.count++;
      this.#places.add(place.recordedAt_us, block.bytes);
      start += length;
    }
    this.#writeAll(texts);
  }

  /** After the last `append`. */
  ready(): this {
    this.#noteTimes();
    return this;
  }

  /** The page after a place; from the beginning: null. */
  page(after: Position | null, limit: number): PageOfCopy {
    const from = this.#spotOf(after);
    // Sessions of the very time of the place are read along: their ids say on which side they stand.
    let same = 0;
    for (let at = from; after !== null && this.#timeAt(at) === after.recordedAt_us; same++)
      at = this.#behind(at);
    const there = this.#countFrom(from, same + limit + 1);
    const buffer = takeBuffer(BEFORE_BYTES + this.#bytesFrom(from, same + limit) + BEHIND_BYTES);
    this.#read(from, same + limit, buffer);
    const placeOf = (item: number) => BEFORE_BYTES + this.#bytesFrom(from, item);
    const at = (item: number) => positionAt(buffer, placeOf(item), placeOf(item + 1) - placeOf(item));
    let first = 0;
    while (first < same && inOrder(at(first), after!) <= 0) first++;
    const count = Math.min(limit, there - first);
    const start = placeOf(first);
    return {
      buffer,
      start,
      end: Math.max(start, placeOf(first + count) - 1),
      next: count > 0 && there > first + count ? at(first + count - 1) : null,
    };
  }

  /** Brings the list up to the version of the changes. */
  apply({ version, left, listed }: ListChanges): void {
    const open = new Map<Block, Item[]>();
    const itemsOf = (block: Block) => {
      let items = open.get(block);
      if (items === undefined) {
        items = this.#items(block);
        open.set(block, items);
      }
      return items;
    };
    for (const place of left) {
      const block = this.#blocks[blockOf(this.#blocks, this.#times, place)];
      if (block === undefined) break;
      const items = itemsOf(block);
      const found = items.findIndex((item) => inOrder(item, place) === 0);
      if (found >= 0) items.splice(found, 1);
    }
    if (this.#blocks.length === 0)
      this.#blocks = this.#write([...cut([...listed].sort(inOrder).map(toItem))]);
    else
      for (const session of listed) {
        const items = itemsOf(this.#blocks[blockOf(this.#blocks, this.#times, session)]!);
        const place = items.findIndex((item) => inOrder(item, session) >= 0);
        const isThere = place >= 0 && inOrder(items[place]!, session) === 0;
        items.splice(place < 0 ? items.length : place, isThere ? 1 : 0, toItem(session));
      }
    if (open.size > 0) this.#replace(open);
    else this.#noteTimes();
    this.version = version;
  }

  #replace(open: ReadonlyMap<Block, Item[]>): void {
    const blocks: Block[] = [];
    for (const block of this.#blocks) {
      const items = open.get(block);
      if (items === undefined) blocks.push(block);
      else {
        this.#live -= block.bytes;
        blocks.push(...this.#write([...cut(items)]));
      }
    }
    this.#blocks = blocks;
    this.#noteTimes();
  }

  #noteTimes(): void {
    this.#times = Float64Array.from(this.#blocks, (block) => block.recordedAt_us);
  }

  #write(cuts: readonly (readonly Item[])[]): Block[] {
    let offset = this.#size;
    const blocks = cuts.map((items): Block => {
      const { recordedAt_us, sessionId } = items[0]!;
      const first = this.#places.end;
      let bytes = 0;
      for (const item of items) {
        bytes += item.text.length;
        this.#places.add(item.recordedAt_us, bytes);
      }
      const block = { recordedAt_us, sessionId, offset, bytes, count: items.length, first };
      offset += bytes;
      return block;
    });
    this.#writeAll(Buffer.concat(cuts.flatMap((items) => items.map(({ text }) => text))));
    return blocks;
  }

  /** At the end of the file. */
  #writeAll(texts: Buffer): void {
    this.#mustBeOpen();
    for (let at = 0; at < texts.length; )
      at += writeSync(this.#fd, texts, at, texts.length - at, this.#size + at);
    this.#size += texts.length;
    this.#live += texts.length;
  }

  #items(block: Block): Item[] {
    const buffer = Buffer.allocUnsafeSlow(block.bytes);
    this.#readAll(buffer, 0, block.bytes, block.offset);
    let at = 0;
    return Array.from({ length: block.count }, (_, item) => {
      const text = buffer.subarray(at, this.#places.endOf(block.first + item));
      at += text.length;
      return { ...positionAt(text, 0, text.length), text };
    });
  }

  /** The first session that may stand behind a place. */
  #spotOf(after: Position | null): Spot {
    if (after === null || this.#blocks.length === 0) return { block: 0, item: 0 };
    const block = blockOf(this.#blocks, this.#times, after);
    const { first, count } = this.#blocks[block]!;
    return { block, item: this.#places.newerThan(after.recordedAt_us, first, count) };
  }

  #timeAt({ block, item }: Spot): number | undefined {
    const found = this.#blocks[block];
    return found && item < found.count ? this.#places.time(found.first + item) : undefined;
  }

  #behind({ block, item }: Spot): Spot {
    return item + 1 < this.#blocks[block]!.count ? { block, item: item + 1 } : { block: block + 1, item: 0 };
  }

  /** How many sessions there are from a spot on; no more than `most` are counted. */
  #countFrom({ block, item }: Spot, most: number): number {
    let count = -item;
    for (; block < this.#blocks.length && count < most; block++) count += this.#blocks[block]!.count;
    return Math.max(0, Math.min(count, most));
  }

  /** The length of so many sessions from a spot on, or of all that there are. */
  #bytesFrom(from: Spot, count: number): number {
    let bytes = 0;
    this.#pieces(from, count, (_, length) => {
      bytes += length;
    });
    return bytes;
  }

  /** Where they lie in the file, a piece for each block. */
  #pieces({ block, item }: Spot, count: number, each: (offset: number, bytes: number) => void): void {
    for (let left = count; left > 0 && block < this.#blocks.length; block++, item = 0) {
      const { offset, bytes, first, count: inBlock } = this.#blocks[block]!;
      const begins = item === 0 ? 0 : this.#places.endOf(first + item - 1);
      const ends = item + left >= inBlock ? bytes : this.#places.endOf(first + item + left - 1);
      each(offset + begins, ends - begins);
      left -= inBlock - item;
    }
  }

  /** Reads them into a buffer, behind room for an envelope: what lies next to one another in the file at once. */
  #read(from: Spot, count: number, buffer: Buffer): void {
    let to = BEFORE_BYTES;
    let at = -1;
    let length = 0;
    const flush = () => {
      this.#readAll(buffer, to, length, at);
      to += length;
    };
    this.#pieces(from, count, (offset, bytes) => {
      if (offset === at + length) length += bytes;
      else {
        if (length > 0) flush();
        at = offset;
        length = bytes;
      }
    });
    if (length > 0) flush();
  }

  /** The number of a file that is closed soon names another one. */
  #mustBeOpen(): void {
    if (!this.#isOpen) throw new Error('the copy of a list was given up');
  }

  #readAll(buffer: Buffer, to: number, bytes: number, offset: number): void {
    this.#mustBeOpen();
    for (let done = 0; done < bytes; ) {
      const read = readSync(this.#fd, buffer, to + done, bytes - done, offset + done);
      if (read === 0) throw new Error('the copy of a list is shorter than it was');
      done += read;
    }
  }
}

/** A session by its block and its place within. */
interface Spot {
  block: number;
  item: number;
}

interface Item extends Position {
  /** The wire text and a comma. */
  text: Buffer;
}

const toItem = ({ recordedAt_us, sessionId, wire }: ListedSession): Item => ({
  recordedAt_us,
  sessionId,
  text: Buffer.from(`${wire},`),
});

const COMMA = Buffer.from(',');
const NEXT_ITEM = Buffer.from(`,${FIRST_MEMBER}`);

/** The place stands in the first members of a wire text; an id has 200 characters at most. */
const PLACE_BYTES = 1000;

const positionAt = (buffer: Buffer, start: number, bytes: number): Position =>
  positionOf(buffer.toString('utf8', start, start + Math.min(bytes, PLACE_BYTES)));
