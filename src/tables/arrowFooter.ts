/** Where a record batch lies in an Arrow file: `Block` of the format's `File.fbs`. */
export interface ArrowBlock {
  offset: number;
  /** Of its message, the eight bytes in front of it included. */
  metadataLength: number;
  bodyLength: number;
}

const BLOCK_BYTES = 24;
/** Of `recordBatches` among the members of `Footer`. */
const MEMBER = 3;

/**
 * The end of an Arrow file, taken from that of a model file of as many batches and filled with the places of these. A footer
 * is a FlatBuffer: a root, whose table says where its members are; the blocks are a vector of structs, 24 bytes each.
 */
export function withBlocks(model: readonly Uint8Array[], blocks: readonly ArrowBlock[]): Uint8Array[] {
  const [footer, size, magic] = model.slice(-3) as [Uint8Array, Uint8Array, Uint8Array];
  const bytes = footer.slice();
  if (blocks.length === 0) return [bytes, size, magic];
  const view = new DataView(bytes.buffer);
  // Before the footer the library repeats the end of the stream.
  const start = bytes.length - new DataView(size.buffer, size.byteOffset).getInt32(0, true);
  const root = start + view.getUint32(start, true);
  const members = root - view.getInt32(root, true);
  const member = root + view.getUint16(members + 4 + 2 * MEMBER, true);
  const vector = member + view.getUint32(member, true);
  if (view.getUint32(vector, true) !== blocks.length)
    throw new Error('the footer has other batches than the file');
  blocks.forEach(({ offset, metadataLength, bodyLength }, place) => {
    const at = vector + 4 + BLOCK_BYTES * place;
    view.setBigInt64(at, BigInt(offset), true);
    view.setInt32(at + 8, metadataLength, true);
    view.setBigInt64(at + 16, BigInt(bodyLength), true);
  });
  return [bytes, size, magic];
}
