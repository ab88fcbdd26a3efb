import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkKey, type ListedObject, type Objects, ObjectTakenError } from '../../src/objects/objects.ts';
import { openObjects } from '../../src/objects/open.ts';
import { type ObjectsPlace, STORES } from './stores.ts';

const bytesOf = (text: string) => Buffer.from(text);

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

for (const store of STORES) {
  describe.skipIf(!store.available)(`objects (${store.name})`, () => {
    let place: ObjectsPlace;
    let objects: Objects;
    beforeAll(async () => {
      place = await store.place();
      objects = await openObjects(place.url, place.credentials);
    }, 180_000);
    afterAll(() => place?.remove());
    afterEach(async () => {
      await Promise.all(
        ['a', 'org', 'many', 'same', 'A=_.-9'].map((prefix) => objects.deleteAll(`${prefix}/`)),
      );
      await Promise.all(['a', 'A=_.-9'].map((key) => objects.delete(key).catch(() => {})));
    });

    const listed = async (prefix: string): Promise<ListedObject[]> => all(objects.list(prefix));

    test('what was put comes back byte for byte, whatever the bytes', async () => {
      const every = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256));
      for (const [key, bytes] of [
        ['a', Buffer.from('plain')],
        ['org/one/R1.0123456789ab/series-1.br', every],
        ['org/one/empty', Buffer.alloc(0)],
        ['org/one/view', every.subarray(1000, 2000)],
        ['A=_.-9', Buffer.from('odd name')],
      ] as const) {
        await objects.put(key, bytes);
        expect((await objects.get(key))?.equals(bytes)).toBe(true);
      }
    });

    test('several at once, of bytes and of streams, in one folder and in others', async () => {
      const bytes = randomBytes(200_000);
      await objects.putAll([
        { key: 'many/one/original', content: inChunks(bytes, 7777) },
        { key: 'many/one/report', content: Buffer.from('report') },
        { key: 'many/two/report', content: new Uint8Array(0) },
      ]);
      expect((await objects.get('many/one/original'))?.equals(bytes)).toBe(true);
      expect((await objects.get('many/one/report'))?.toString()).toBe('report');
      expect((await objects.get('many/two/report'))?.length).toBe(0);
      await objects.putAll([]);
    });

    test('of several at once one that fails is told when none is written any more', async () => {
      await objects.put('many/taken', Buffer.from('before'));
      let ended = false;
      async function* slow() {
        yield Buffer.from('a');
        await new Promise((resolve) => setImmediate(resolve));
        ended = true;
        yield Buffer.from('b');
      }
      const taken = objects.putAll([
        { key: 'many/taken', content: Buffer.from('other') },
        { key: 'many/slow', content: slow() },
      ]);
      await expect(taken).rejects.toThrow(ObjectTakenError);
      expect(ended).toBe(true);
      expect((await objects.get('many/taken'))?.toString()).toBe('before');
      async function* broken(): AsyncGenerator<Buffer> {
        yield Buffer.from('a');
        throw new Error('the client went away');
      }
      const cut = objects.putAll([
        { key: 'many/broken', content: broken() },
        { key: 'many/whole', content: Buffer.from('whole') },
      ]);
      await expect(cut).rejects.toThrow('the client went away');
      expect(await objects.get('many/broken')).toBe(null);
      await expect(objects.putAll([{ key: '../many', content: bytesOf('x') }])).rejects.toThrow(
        'not an object key',
      );
    });

    test('a key that holds nothing gives null, also above and below one that holds something', async () => {
      expect(await objects.get('nothing')).toBe(null);
      expect(await objects.get('a/b/c/d')).toBe(null);
      await objects.put('a/b', Buffer.from('x'));
      expect(await objects.get('a')).toBe(null);
      expect(await objects.get('a/b/c')).toBe(null);
      expect(await objects.get('A/B')).toBe(null);
    });

    test('the same bytes may be written again; other bytes under the key are a fault, and what was there stays', async () => {
      const bytes = Buffer.alloc(10_000, 1);
      await objects.put('a/b', bytes);
      await objects.put('a/b', bytes);
      await objects.putStream('a/b', inChunks(bytes, 999));
      for (const other of [Buffer.from('short'), Buffer.alloc(10_000, 2), Buffer.alloc(0)]) {
        await expect(objects.put('a/b', other)).rejects.toThrow(ObjectTakenError);
        await expect(objects.putStream('a/b', inChunks(other, 999))).rejects.toThrow(ObjectTakenError);
      }
      expect((await objects.get('a/b'))?.equals(bytes)).toBe(true);
    });

    test('a stream of any length arrives whole, also a large one; the same again is fine, another is not', async () => {
      for (const length of [0, 1, 7_999_999, 8_000_000, 8_000_001, 20_000_000]) {
        const bytes = randomBytes(length);
        const key = `a/${length}`;
        await objects.putStream(key, inChunks(bytes, 65_537));
        expect(await objects.size(key)).toBe(length);
        expect((await objects.get(key))?.equals(bytes), String(length)).toBe(true);
        expect(Buffer.concat(await all((await objects.getStream(key))!)).equals(bytes)).toBe(true);
        await objects.putStream(key, inChunks(bytes, 1_000_000));
        const other = Buffer.concat([bytes, Buffer.from('x')]);
        await expect(objects.putStream(key, inChunks(other, 1_000_000))).rejects.toThrow(ObjectTakenError);
      }
      expect(await objects.unfinished(Date.now() + 60_000, false)).toBe(0);
    });

    test.each([0, 5_000_000, 18_000_000])(
      'a stream that breaks off after %d bytes leaves nothing',
      async (length) => {
        const broken = async function* () {
          yield* inChunks(Buffer.alloc(length, 1), 500_000);
          throw new Error('the client went away');
        };
        await expect(objects.putStream('a/broken', broken())).rejects.toThrow('the client went away');
        expect(await objects.get('a/broken')).toBe(null);
        expect(await listed('a/')).toEqual([]);
        expect(await objects.unfinished(Date.now() + 60_000, false)).toBe(0);
      },
    );

    test('a part of an object is read alone', async () => {
      const bytes = randomBytes(100_000);
      await objects.put('a/b', bytes);
      for (const [first, last] of [
        [0, 0],
        [99_999, 99_999],
        [0, 99_999],
        [1000, 70_000],
      ] as const) {
        const part = Buffer.concat(await all((await objects.getStream('a/b', { first, last }))!));
        expect(part.equals(bytes.subarray(first, last + 1))).toBe(true);
      }
      expect(await objects.getStream('a/none')).toBe(null);
      expect(await objects.getStream('a/none', { first: 0, last: 1 })).toBe(null);
      expect(await objects.getStream('a')).toBe(null);
      expect([await objects.size('a'), await objects.size('a/none')]).toEqual([null, null]);
    });

    test('a list has every object below its prefix, in the order of the bytes of the keys', async () => {
      const keys = ['a/b', 'a/b-c/x', 'a/b.c', 'a/bb/c', 'a/B/x', 'a/b=/x', 'a/b_/x', 'a/0', 'a.b/x', 'ab/x'];
      const before = Date.now();
      await Promise.all(keys.map((key, at) => objects.put(key, Buffer.alloc(at + 1))));
      const found = await listed('a/');
      const expected = keys.filter((key) => key.startsWith('a/'));
      expect(found.map(({ key }) => key)).toEqual(expected.sort());
      for (const { key, size_bytes, writtenAt_ms } of found) {
        expect(size_bytes).toBe(keys.indexOf(key) + 1);
        expect(Math.abs(writtenAt_ms - before)).toBeLessThan(120_000);
      }
      expect(await listed('none/')).toEqual([]);
      await objects.deleteAll('a.b/');
      await objects.deleteAll('ab/');
    });

    test('more objects than one page holds are listed once each, and removed together', async () => {
      const keys = Array.from({ length: 1203 }, (_, i) => `many/${i % 3}/${i}`).sort();
      for (let i = 0; i < keys.length; i += 50)
        await Promise.all(keys.slice(i, i + 50).map((key) => objects.put(key, Buffer.from(key))));
      expect((await listed('many/')).map(({ key }) => key)).toEqual(keys);
      await objects.deleteAll('many/');
      expect(await listed('many/')).toEqual([]);
    });

    test('one object is removed alone, and a second time', async () => {
      await objects.put('a/b', Buffer.from('x'));
      await objects.put('a/bc', Buffer.from('x'));
      await objects.delete('a/b');
      await objects.delete('a/b');
      expect((await listed('a/')).map(({ key }) => key)).toEqual(['a/bc']);
    });

    test('removing a prefix removes all below it and nothing beside it', async () => {
      for (const key of ['a/one/x', 'a/one/y/z', 'a/one.more/x', 'a/ones', 'b/one/x'])
        await objects.put(key, Buffer.from(key));
      await objects.deleteAll('a/one/');
      await objects.deleteAll('a/one/');
      await objects.deleteAll('never/there/');
      expect(await objects.get('a/one/x')).toBe(null);
      expect(await objects.get('a/one/y/z')).toBe(null);
      for (const key of ['a/one.more/x', 'a/ones', 'b/one/x'])
        expect(String(await objects.get(key))).toBe(key);
      await objects.put('a/one/x', Buffer.from('again'));
      expect(String(await objects.get('a/one/x'))).toBe('again');
      await expect(objects.deleteAll('a/one')).rejects.toThrow('slash');
    });

    test.each([
      ['empty', ''],
      ['the folder above', '..'],
      ['out of the folder', '../x'],
      ['out of the folder in the middle', 'a/../../x'],
      ['a dot', '.'],
      ['hidden', 'a/.b'],
      ['the folder for drafts', '.tmp/x'],
      ['absolute', '/etc/passwd'],
      ['with a backslash', 'a\\..\\b'],
      ['of another drive', 'C:/x'],
      ['with a null', 'a\0b'],
      ['with a line feed', 'a\n'],
      ['with a space', 'a b'],
      ['with an empty part', 'a//b'],
      ['with a slash at its end', 'a/'],
      ['of letters that look alike', 'a/\u0430'],
      ['of letters in two spellings', 'e\u0301'],
      ['percent-encoded', 'a/%2e%2e/b'],
      ['longer than any key', `${'a/'.repeat(500)}a`],
      ['with a part longer than a file name', 'a'.repeat(300)],
    ])('a key that is %s is refused everywhere', async (_what, key) => {
      expect(() => checkKey(key)).toThrow('not an object key');
      await expect(objects.put(key, Buffer.from('x'))).rejects.toThrow('not an object key');
      await expect(objects.putStream(key, inChunks(Buffer.from('x'), 1))).rejects.toThrow(
        'not an object key',
      );
      await expect(objects.getStream(key)).rejects.toThrow('not an object key');
      await expect(objects.size(key)).rejects.toThrow('not an object key');
      await expect(objects.delete(key)).rejects.toThrow('not an object key');
      await expect(listed(`${key}/`)).rejects.toThrow('not an object key');
      await expect(objects.get(key)).rejects.toThrow('not an object key');
      await expect(objects.deleteAll(`${key}/`)).rejects.toThrow('not an object key');
    });

    test('the longest parts and keys that are allowed can be used', async () => {
      const part = 'a'.repeat(200);
      for (const key of [part, `${part}/${part}/${part}/${part}`]) {
        await objects.put(key, Buffer.from('x'));
        expect(String(await objects.get(key))).toBe('x');
        await objects.delete(key);
        // A folder has become of the first part.
        if (place.credentials === null)
          await rm(new URL(`${place.url}/${part}`), { recursive: true, force: true });
      }
    });

    test('fifty writers at once: different keys all arrive, of one key the first whole value stays', async () => {
      const value = (i: number) => Buffer.alloc(50_000, i);
      const writes = await Promise.all(
        Array.from({ length: 50 }, async (_, i) => {
          const [, same] = await Promise.allSettled([
            objects.put(`many/${i % 7}/${i}`, value(i)),
            objects.put('same/key', value(i)),
          ]);
          return same;
        }),
      );
      for (let i = 0; i < 50; i++)
        expect((await objects.get(`many/${i % 7}/${i}`))?.equals(value(i))).toBe(true);
      const winners = writes.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
      expect(winners.length).toBe(1);
      expect((await objects.get('same/key'))?.equals(value(winners[0]!))).toBe(true);
      for (const write of writes)
        if (write.status === 'rejected') expect(write.reason).toBeInstanceOf(ObjectTakenError);
    });

    test('fifty writers of the same bytes under one key all succeed', async () => {
      await Promise.all(Array.from({ length: 50 }, () => objects.put('same/key', Buffer.alloc(50_000, 7))));
      expect((await objects.get('same/key'))?.equals(Buffer.alloc(50_000, 7))).toBe(true);
    });

    test('a reader beside a writer sees nothing or the whole, never a part', async () => {
      let writing = true;
      const writer = (async () => {
        for (let i = 0; i < 30; i++) await objects.put(`a/${i}`, Buffer.alloc(100_000, i));
        writing = false;
      })();
      while (writing) {
        for (let i = 0; i < 30; i++) {
          const seen = await objects.get(`a/${i}`);
          if (seen !== null) expect(seen.equals(Buffer.alloc(100_000, i))).toBe(true);
        }
      }
      await writer;
    });

    test('it says when it is in order', async () => {
      await objects.check();
    });
  });
}

describe('a folder of objects', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinebase-objects-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  /** Files only: every process keeps a folder of its own for them. */
  const drafts = async () =>
    (await readdir(join(folder, '.tmp'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);

  test('a write that fails leaves no draft behind, and what was there stays', async () => {
    const objects = await openObjects(`file:${folder}`);
    await objects.put('a/b', Buffer.from('old'));
    // A file where a folder is needed, a folder where the file is to be: what a disk error looks like even to root.
    await expect(objects.put('a/b/c', Buffer.from('x'))).rejects.toThrow();
    await mkdir(join(folder, 'taken/below'), { recursive: true });
    await expect(objects.put('taken', Buffer.from('x'))).rejects.toThrow();
    expect(await drafts()).toEqual([]);
    expect(String(await objects.get('a/b'))).toBe('old');
  });

  test('drafts that a crash left are removed at opening, objects are not', async () => {
    const before = await openObjects(`file:${folder}`);
    await before.put('org/one/x', Buffer.from('kept'));
    await writeFile(join(folder, '.tmp/0123456789abcdef'), 'half');
    await mkdir(join(folder, '.tmp/odd'));
    // Of a process of this machine that is no more, and of one on another machine a moment ago.
    await mkdir(join(folder, `.tmp/${hostname()}.4194305.0123456789ab`));
    await writeFile(join(folder, `.tmp/${hostname()}.4194305.0123456789ab/x`), 'half');
    await mkdir(join(folder, '.tmp/elsewhere.1.0123456789ab'));
    const objects = await openObjects(`file:${folder}`);
    expect(await drafts()).toEqual([]);
    const folders = await readdir(join(folder, '.tmp'));
    expect(folders).toContain('elsewhere.1.0123456789ab');
    expect(folders).not.toContain('odd');
    // Two servers on one folder: the second leaves the first one's drafts alone.
    await before.put('org/one/y', Buffer.from('still'));
    expect(String(await objects.get('org/one/y'))).toBe('still');
    expect(String(await objects.get('org/one/x'))).toBe('kept');
  });

  test('a folder that is gone is noticed', async () => {
    const objects = await openObjects(`file:${folder}`);
    await rm(folder, { recursive: true });
    await expect(objects.check()).rejects.toThrow();
  });

  test('a file cannot be a folder of objects, nor a URL of another kind', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openObjects(`file:${join(folder, 'file')}`)).rejects.toThrow();
    await expect(openObjects('ftp://example.org')).rejects.toThrow('ftp:');
  });
});
