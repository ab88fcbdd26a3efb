/**
 * Buffers for pages on their way out, used again and again: memory that the processor still has at hand is filled and sent
 * several times as fast as memory fresh from the system, and nothing is left for the garbage collector.
 */
const LENGTH = 131_072;
const MOST_FREE = 64;
const free: Buffer[] = [];

/** Of at least so many bytes, holding anything. Whoever does not give it back only leaves it to the garbage collector. */
export const takeBuffer = (bytes: number): Buffer =>
  bytes > LENGTH ? Buffer.allocUnsafeSlow(bytes) : (free.pop() ?? Buffer.allocUnsafeSlow(LENGTH));

/** Once nobody reads it any more, the system included. */
export function giveBuffer(buffer: Buffer): void {
  if (buffer.length === LENGTH && free.length < MOST_FREE) free.push(buffer);
}
