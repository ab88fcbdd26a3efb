/** Frames of points → x, y and z over time. */
import type { Layout } from './layout.ts';

export type Xyz = readonly [Float64Array, Float64Array, Float64Array];

/**
 * In the file's unit; NaN where the fourth word of a point (residual and cameras) is negative, which marks it as missing.
 * Integers are multiples of the scale.
 */
export function readPoint({ reader, storage, frames, scale, start, frameBytes }: Layout, point: number): Xyz {
  const isFloat = storage === 'float';
  const word = isFloat ? 4 : 2;
  const read = isFloat ? reader.float32 : reader.int16;
  const factor = isFloat ? 1 : scale;
  const xyz: Xyz = [new Float64Array(frames), new Float64Array(frames), new Float64Array(frames)];
  let at = start + 4 * word * point;
  for (let frame = 0; frame < frames; frame += 1) {
    const missing = read(at + 3 * word) < 0;
    for (let axis = 0; axis < 3; axis += 1)
      xyz[axis]![frame] = missing ? Number.NaN : read(at + axis * word) * factor;
    at += frameBytes;
  }
  return xyz;
}
