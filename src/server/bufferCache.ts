import { createKept, type Kept } from './kept.ts';

/** Answers as the buffers to send. Keys name something that never changes, so nothing in here can be stale. */
export type BufferCache = Kept<readonly Buffer[]>;

export const createBufferCache = (limit_bytes: number, from: 1 | 2 = 1): BufferCache =>
  createKept(limit_bytes, sizeOf, from);

export const sizeOf = (buffers: readonly Buffer[]): number =>
  buffers.reduce((sum, buffer) => sum + buffer.length, 0);
