/** Each write is a turn of a thread: a file of a hundred columns in five hundred pieces would be written in as many. */
const WRITE_BYTES = 1 << 18;

/** Pieces of any size → the same bytes in pieces of at least `least` bytes, but for the last. */
export async function* gatherBytes(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  least = WRITE_BYTES,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  const take = (): Uint8Array => {
    const [first] = held;
    const whole = first !== undefined && held.length === 1 ? first : Buffer.concat(held, bytes);
    held = [];
    bytes = 0;
    return whole;
  };
  for await (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes >= least) yield take();
  }
  if (bytes > 0) yield take();
}
