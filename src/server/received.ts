import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { openNameless } from './nameless.ts';

/** A file that is open in this process: its threads share the descriptors. */
export interface OpenFile {
  fd: number;
  size_bytes: number;
}

/** A recording as it came in: in memory while it is small, else in a file that has no name and ends with its handle. */
export interface Received {
  readonly size_bytes: number;
  readonly content: Uint8Array | OpenFile;
  /** Its bytes from the beginning, as often as they are asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Lets go of the file. */
  release(): Promise<void>;
}

/** Larger ones lie in a file: whoever sends slowly must not hold memory meanwhile. */
export const IN_MEMORY_BYTES = 4_000_000;

/** Takes in what comes; `hold` is asked before each piece is kept, and may throw. */
export async function receive(
  source: AsyncIterable<Buffer>,
  hold: (size: number) => void = () => {},
  inMemory_bytes = IN_MEMORY_BYTES,
): Promise<Received> {
  const kept: Buffer[] = [];
  let size = 0;
  let file: FileHandle | null = null;
  try {
    for await (const chunk of source) {
      hold(chunk.length);
      kept.push(chunk);
      size += chunk.length;
      if (size <= inMemory_bytes) continue;
      file ??= await openNameless();
      for (const piece of kept.splice(0)) await file.writeFile(piece);
    }
  } catch (error) {
    await file?.close();
    throw error;
  }
  return file === null ? inMemory(Buffer.concat(kept, size)) : inFile(file, size);
}

export const inMemory = (bytes: Uint8Array): Received => ({
  size_bytes: bytes.length,
  content: bytes,
  async *chunks() {
    yield bytes;
  },
  release: async () => {},
});

const inFile = (file: FileHandle, size_bytes: number): Received => ({
  size_bytes,
  content: { fd: file.fd, size_bytes },
  chunks: () => file.createReadStream({ start: 0, autoClose: false, highWaterMark: 1 << 18 }),
  release: () => file.close(),
});

/** The whole content, in memory that is the caller's own. For a thread that may wait for the disk. */
export function contentOf(content: Uint8Array | OpenFile): Uint8Array {
  if (content instanceof Uint8Array) return content;
  const bytes = Buffer.allocUnsafeSlow(content.size_bytes);
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(content.fd, bytes, at, bytes.length - at, at);
    if (read === 0) throw new Error('a received file is shorter than it was');
    at += read;
  }
  return bytes;
}
