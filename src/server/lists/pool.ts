/**
 * Buffers for pages on their way out, used again and again: memory that the processor still has at hand is filled and sent
 * several times as fast as memory fresh from the system, and nothing is left for the garbage collector.
 */
interface Size {
  bytes: number;
  mostFree: number;
  free: Buffer[];
}

/** For pages of a hundred sessions or some, and for the largest. */
const SIZES: readonly Size[] = [
  { bytes: 131_072, mostFree: 64, free: [] },
  { bytes: 4_194_304, mostFree: 4, free: [] },
];

/** Of at least so many bytes, holding anything. Whoever does not give it back only leaves it to the garbage collector. */
export function takeBuffer(bytes: number): Buffer {
  const size = SIZES.find((size) => bytes <= size.bytes);
  return size?.free.pop() ?? Buffer.allocUnsafeSlow(size?.bytes ?? bytes);
}

/** Once nobody reads it any more, the system included. */
export function giveBuffer(buffer: Buffer): void {
  const size = SIZES.find((size) => size.bytes === buffer.length);
  if (size !== undefined && size.free.length < size.mostFree) size.free.push(buffer);
}
