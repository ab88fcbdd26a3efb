/** Numbers of a C3D file in the byte order of the processor that wrote it. Source: C3D user guide, c3d.org. */

export type Processor = 'Intel' | 'DEC' | 'MIPS';

/** Byte 4 of the parameter section. */
export const PROCESSORS: Readonly<Record<number, Processor>> = { 84: 'Intel', 85: 'DEC', 86: 'MIPS' };

/** Offsets are bytes from the start of the file; reading beyond its end throws RangeError, so callers check first. */
export interface NumberReader {
  readonly bytes: Uint8Array;
  int16(at: number): number;
  uint16(at: number): number;
  float32(at: number): number;
}

export function numberReader(bytes: Uint8Array, processor: Processor): NumberReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = processor !== 'MIPS';
  return {
    bytes,
    int16: (at) => view.getInt16(at, little),
    uint16: (at) => view.getUint16(at, little),
    float32: processor === 'DEC' ? (at) => vaxFloat(view, at) : (at) => view.getFloat32(at, little),
  };
}

/**
 * F_floating: two little-endian words, the one with sign and exponent first; the fraction counts from ½ and the exponent
 * from 128, so numbers are a quarter of the IEEE ones with the same bits. Sign without exponent is no number.
 */
function vaxFloat(view: DataView, at: number): number {
  const high = view.getUint16(at, true);
  const exponent = (high >> 7) & 0xff;
  const negative = high >= 0x8000;
  if (exponent === 0) return negative ? Number.NaN : 0;
  const fraction = ((high & 0x7f) << 16) | view.getUint16(at + 2, true);
  const magnitude = (1 + fraction / 0x80_0000) * 2 ** (exponent - 129);
  return negative ? -magnitude : magnitude;
}
