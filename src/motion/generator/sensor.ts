/** What a measuring system adds: an offset from calibration, slow wander and fine jitter. */

import type { Random } from './random.ts';

export interface Sensor {
  /** Standard deviation of the slow wander, in the channel's unit. */
  readonly wander: number;
  /** Standard deviation of the jitter from sample to sample. */
  readonly jitter: number;
}

/** Together 0.2 to 0.8 degrees, as camera and inertial systems show at rest. */
export function degreeSensor(random: Random): Sensor {
  return { wander: random.between(0.18, 0.6), jitter: random.between(0.05, 0.22) };
}

export const metreSensor: Sensor = { wander: 0.002, jitter: 0.0006 };

/** Changes `values` in place. The wander turns smoothly between random levels about a second apart. */
export function measure(values: Float64Array, sensor: Sensor, rate_hz: number, random: Random): void {
  const spacing = Math.round(rate_hz * random.between(0.8, 1.3));
  let from = sensor.wander * random.normal();
  let to = sensor.wander * random.normal();
  let step = 0;
  for (let i = 0; i < values.length; i++, step++) {
    if (step === spacing) {
      step = 0;
      from = to;
      to = sensor.wander * random.normal();
    }
    const u = step / spacing;
    values[i]! += from + (to - from) * u * u * (3 - 2 * u) + sensor.jitter * random.normal();
  }
}

/** As many decimals as recordings are usually written with. */
export function roundTo(values: Float64Array, decimals: number): void {
  const scale = 10 ** decimals;
  for (let i = 0; i < values.length; i++) values[i] = Math.round(values[i]! * scale) / scale;
}
