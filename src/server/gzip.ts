import { constants, crc32, deflateRawSync } from 'node:zlib';

/**
 * One gzip stream (RFC 1952) put together from pieces that were deflated on their own, without compressing again. Each
 * piece ends in a full flush, so it is byte-aligned and refers to nothing before it (RFC 1951); the checksum of the whole
 * follows from those of the pieces.
 */
export interface Piece {
  /** Raw deflate blocks, none of them final. */
  readonly deflated: Buffer;
  /** CRC-32 and length of the plain bytes. */
  readonly crc: number;
  readonly length: number;
}

/**
 * Huffman codes alone: digits of measured curves repeat so little that the search for repetitions would cost three times
 * the time for four per cent of size.
 */
export function deflatePiece(plain: Buffer): Piece {
  const deflated = deflateRawSync(plain, {
    level: 4,
    strategy: constants.Z_HUFFMAN_ONLY,
    finishFlush: constants.Z_FULL_FLUSH,
    chunkSize: Math.max(LEAST_ROOM_BYTES, plain.length),
  });
  return { deflated, crc: crc32(plain as Buffer<ArrayBuffer>), length: plain.length };
}

const LEAST_ROOM_BYTES = 256;

/**
 * The same without compression, as stored blocks (RFC 1951, 3.2.4): for the hundred names between the pieces of an answer,
 * of which each would cost more to set up a compressor for than all of them to send.
 */
export function storedPiece(plain: Buffer): Piece {
  const blocks: Buffer[] = [];
  for (let from = 0; from < plain.length; from += MOST_STORED_BYTES) {
    const part = plain.subarray(from, from + MOST_STORED_BYTES);
    // Not the last block; stored; then how long it is, and the same with every bit turned.
    const head = Buffer.alloc(5);
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(part.length ^ 0xffff, 3);
    blocks.push(head, part);
  }
  return {
    deflated: Buffer.concat(blocks),
    crc: crc32(plain as Buffer<ArrayBuffer>),
    length: plain.length,
  };
}

const MOST_STORED_BYTES = 0xffff;

const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** A final, empty block of fixed codes. */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);

/** The stream as the buffers to write one after the other. */
export function assembleGzip(pieces: readonly Piece[]): Buffer[] {
  let crc = 0;
  let length = 0;
  const buffers: Buffer[] = [HEADER];
  for (const piece of pieces) {
    buffers.push(piece.deflated);
    crc = combineCrc(crc, piece.crc, piece.length);
    length += piece.length;
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(length % 2 ** 32, 4);
  buffers.push(LAST_BLOCK, trailer);
  return buffers;
}

/**
 * CRC-32 of A·B from those of A and of B and the length of B: crc(A) times x^(8·length) modulo the CRC's polynomial, plus
 * crc(B). Polynomials over GF(2), bits reflected: bit 31 is x^0.
 */
export function combineCrc(first: number, second: number, secondLength: number): number {
  if (secondLength === 0) return first;
  let shift = 0x80000000; // x^0
  let square = 0x00800000; // x^8
  for (let bytes = secondLength; bytes > 0; bytes = Math.floor(bytes / 2)) {
    if (bytes % 2 === 1) shift = multiply(shift, square);
    square = multiply(square, square);
  }
  return (multiply(shift, first) ^ second) >>> 0;
}

const POLYNOMIAL = 0xedb88320;

/** a·b modulo the polynomial, both reflected. */
function multiply(a: number, b: number): number {
  let product = 0;
  let term = b;
  for (let mask = 0x80000000; mask !== 0; mask >>>= 1) {
    if (a & mask) product ^= term;
    term = term & 1 ? (term >>> 1) ^ POLYNOMIAL : term >>> 1;
  }
  return product >>> 0;
}
