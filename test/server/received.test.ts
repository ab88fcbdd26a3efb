import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { contentOf, receive } from '../../src/server/received.ts';

const openFiles = () => readdirSync('/proc/self/fd').length;
const ours = () => readdirSync(tmpdir()).filter((name) => /^kinebase-[0-9a-f]{24}$/.test(name));
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const usual = process.env.TMPDIR;
afterEach(() => {
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
});

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

test.each([0, 1, 99_999, 100_000, 100_001, 1_000_000])(
  'what came in is given out again, any number of times: %d bytes',
  async (length) => {
    const bytes = randomBytes(length);
    const before = openFiles();
    const received = await receive(pieces(bytes, 7919), () => {}, 100_000);
    expect(received.size_bytes).toBe(length);
    expect(received.content instanceof Uint8Array).toBe(length <= 100_000);
    // The file of a large one has no name that anybody could find.
    expect(ours()).toEqual([]);
    for (let time = 0; time < 2; time++) {
      const again = createHash('sha256');
      for await (const chunk of received.chunks()) again.update(chunk);
      expect(again.digest('hex')).toBe(hash(bytes));
      expect(hash(contentOf(received.content))).toBe(hash(bytes));
    }
    await received.release();
    expect(openFiles()).toBeLessThanOrEqual(before);
  },
);

test('what breaks off, or is more than may be held, leaves no file open', async () => {
  const before = openFiles();
  const broken = async function* () {
    yield Buffer.alloc(200_000);
    throw new Error('cut');
  };
  await expect(receive(broken(), () => {}, 100_000)).rejects.toThrow('cut');
  let held = 0;
  const hold = (size: number) => {
    held += size;
    if (held > 500_000) throw new Error('too much');
  };
  await expect(receive(pieces(Buffer.alloc(600_000), 50_000), hold, 100_000)).rejects.toThrow('too much');
  expect(openFiles()).toBeLessThanOrEqual(before);
  expect(ours()).toEqual([]);
});

test('where no temporary file can be made, a large one is refused and a small one is not', async () => {
  process.env.TMPDIR = '/no/such/folder';
  await expect(receive(Readable.from([Buffer.alloc(200_000)]), () => {}, 100_000)).rejects.toMatchObject({
    code: 'ENOENT',
  });
  expect((await receive(Readable.from([Buffer.alloc(100)]), () => {}, 100_000)).size_bytes).toBe(100);
});
