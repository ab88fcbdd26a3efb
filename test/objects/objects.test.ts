import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkKey, type Objects } from '../../src/objects/objects.ts';
import { openObjects } from '../../src/objects/open.ts';

/** The object stores. A new one is a new line here. */
const STORES: {
  name: string;
  available: boolean;
  place(): Promise<{ url: string; remove(): Promise<void> }>;
}[] = [{ name: 'folder', available: true, place: folderPlace }];

async function folderPlace() {
  const folder = await mkdtemp(join(tmpdir(), 'kinebase-objects-'));
  return { url: `file:${folder}`, remove: () => rm(folder, { recursive: true, force: true }) };
}

for (const store of STORES) {
  describe.skipIf(!store.available)(`objects (${store.name})`, () => {
    let place: { url: string; remove(): Promise<void> };
    let objects: Objects;
    beforeEach(async () => {
      place = await store.place();
      objects = await openObjects(place.url);
    });
    afterEach(() => place.remove());

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

    test('a key that holds nothing gives null, also above and below one that holds something', async () => {
      expect(await objects.get('nothing')).toBe(null);
      expect(await objects.get('a/b/c/d')).toBe(null);
      await objects.put('a/b', Buffer.from('x'));
      expect(await objects.get('a')).toBe(null);
      expect(await objects.get('a/b/c')).toBe(null);
      expect(await objects.get('A/B')).toBe(null);
    });

    test('writing a key again replaces it whole', async () => {
      await objects.put('a/b', Buffer.alloc(10_000, 1));
      await objects.put('a/b', Buffer.from('short'));
      expect(String(await objects.get('a/b'))).toBe('short');
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
      await expect(objects.get(key)).rejects.toThrow('not an object key');
      await expect(objects.deleteAll(`${key}/`)).rejects.toThrow('not an object key');
    });

    test('the longest parts and keys that are allowed can be used', async () => {
      const part = 'a'.repeat(200);
      for (const key of [part, `${part}/${part}/${part}/${part}`]) {
        await objects.put(key, Buffer.from('x'));
        expect(String(await objects.get(key))).toBe('x');
        await rm(new URL(`${place.url}/${part}`), { recursive: true, force: true });
      }
    });

    test('fifty writers at once: different keys all arrive, of one key one whole value stays', async () => {
      const value = (i: number) => Buffer.alloc(50_000, i);
      await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          Promise.all([objects.put(`many/${i % 7}/${i}`, value(i)), objects.put('same/key', value(i))]),
        ),
      );
      for (let i = 0; i < 50; i++)
        expect((await objects.get(`many/${i % 7}/${i}`))?.equals(value(i))).toBe(true);
      const last = (await objects.get('same/key'))!;
      expect(last.length).toBe(50_000);
      expect(last.every((byte) => byte === last[0])).toBe(true);
    });

    test('a reader beside a writer sees the old value or the new one, never a part', async () => {
      await objects.put('k', Buffer.alloc(100_000, 0));
      let writing = true;
      const writer = (async () => {
        for (let i = 1; i <= 30; i++) await objects.put('k', Buffer.alloc(100_000, i));
        writing = false;
      })();
      while (writing) {
        const seen = (await objects.get('k'))!;
        expect(seen.length).toBe(100_000);
        expect(seen[0]).toBe(seen[99_999]);
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
