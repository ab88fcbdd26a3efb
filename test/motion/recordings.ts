/** Small recordings for tests: as text, as bytes, and as the in-memory shape. */

import { unitOf } from '../../src/motion/read/units.ts';
import type { Recording } from '../../src/motion/recording.ts';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** An OpenSim file of these labels and rows. */
export function storageText(labels: string[], rows: number[][], header = ['inDegrees=yes']): string {
  const lines = ['Coordinates', 'version=1', ...header, 'endheader', labels.join('\t')];
  return `${[...lines, ...rows.map((row) => row.join('\t'))].join('\n')}\n`;
}

/** `seconds` of `angle(t)` in degrees per channel, sampled at `rate_hz`. */
export function recordingOf(
  channels: Record<string, (t: number) => number>,
  seconds: number,
  rate_hz = 100,
): Recording {
  const time = Float64Array.from({ length: Math.round(seconds * rate_hz) + 1 }, (_, i) => i / rate_hz);
  return {
    time,
    channels: Object.entries(channels).map(([name, angle]) => ({
      name,
      unit: unitOf(name),
      values: time.map(angle),
    })),
    format: 'mot',
    inDegrees: true,
    unitSource: 'inDegrees',
    assumedRate_hz: null,
    header: {},
    notes: [],
  };
}

/** From 0 up to `height` degrees and back, once per `period_s`. */
export function wave(height: number, period_s: number): (t: number) => number {
  return (t) => (height / 2) * (1 - Math.cos((2 * Math.PI * t) / period_s));
}
