/** Strides: harmonics of the gait cycle, swelling from standing and ebbing into it. */

import type { ExerciseDefinition } from '../exercise.ts';
import { aimAt } from './aim.ts';
import type { Body } from './athlete.ts';
import { minimumJerk } from './curve.ts';
import type { CyclicPattern, Harmonics } from './patterns/pattern.ts';
import { isCoordinate, standingAngles, type WorkingSide, withNamedChannels } from './pose.ts';
import type { Random } from './random.ts';
import type { Clean } from './repetitions.ts';

/** Part of a stride within which movement swells or ebbs. */
const transition = 0.3;

export function repeatStrides(
  pattern: CyclicPattern,
  exercise: ExerciseDefinition,
  strides: number,
  side: WorkingSide,
  rate_hz: number,
  body: Body,
  random: Random,
): Clean {
  const { phase, swell, depth } = cadence(pattern, strides, rate_hz, body, random);
  const samples = phase.length;
  const standing = withNamedChannels(standingAngles(side), exercise);
  const curves = new Map<string, Float64Array>();
  for (const channel of Object.keys(standing)) {
    const quiet = standing[channel]! + (channel === 'lift' ? 0 : body.posture(channel));
    const values = new Float64Array(samples).fill(quiet);
    const wave = waveOf(pattern, channel);
    if (wave) {
      const shift = lag(channel, side);
      const scale = strideScale(wave, channel, exercise, body);
      for (let i = 0; i < samples; i++) {
        const moving =
          wave[0] +
          (harmonicSum(wave, phase[i]! + shift) - wave[0]) * scale * depth[i]! +
          body.posture(channel);
        values[i] = quiet + (moving - quiet) * swell[i]!;
      }
    }
    curves.set(channel, values);
  }
  curves.set('progress', advance(pattern, swell, rate_hz, body));
  return { samples, curves };
}

/** Part of a stride by which a channel runs behind the table, which is written for a leading right leg. */
function lag(channel: string, side: WorkingSide): number {
  if (/_[lr]$/.test(channel)) return channel.endsWith(`_${side}`) ? 0 : 0.5;
  return side === 'l' ? 0.5 : 0;
}

function waveOf(pattern: CyclicPattern, channel: string): Harmonics | undefined {
  const limbs: Partial<Record<string, Harmonics>> = pattern.limbs;
  const core: Partial<Record<string, Harmonics>> = pattern.core;
  const known = limbs[channel.replace(/_[lr]$/, '')] ?? core[channel];
  return known ?? (isCoordinate(channel) ? undefined : [0, [12, 0]]);
}

/** Value at a phase in strides, 0 at heel strike. */
export function harmonicSum(wave: Harmonics, phase: number): number {
  const [mean, ...harmonics] = wave;
  let sum = mean;
  for (let k = 0; k < harmonics.length; k++) {
    const [cosine, sine] = harmonics[k]!;
    const angle = 2 * Math.PI * (k + 1) * phase;
    sum += cosine * Math.cos(angle) + sine * Math.sin(angle);
  }
  return sum;
}

/** The wave grows about its mean until a scored metric of the channel lands where it should. */
function strideScale(wave: Harmonics, channel: string, exercise: ExerciseDefinition, body: Body): number {
  const own = 1 + 0.05 * body.deviation(channel);
  const metric = exercise.metrics?.find(
    (each) => each.channel === channel && each.min !== null && each.reads === 'angle',
  );
  if (!metric) return own * body.freedom(channel);
  let largest = -Infinity;
  for (let i = 0; i < 100; i++) largest = Math.max(largest, metric.sign * harmonicSum(wave, i / 100));
  const mean = metric.sign * wave[0];
  return ((aimAt(metric, largest, body) - mean) / (largest - mean)) * body.freedom(channel);
}

/** Phase, swelling (0 standing, 1 in full stride) and size of the strides, per sample. */
function cadence(pattern: CyclicPattern, strides: number, rate_hz: number, body: Body, random: Random) {
  const lead_s = random.between(0.8, 1.2);
  const tail_s = random.between(0.8, 1.2);
  const stride_s = pattern.stride_s * (1 + 0.5 * (body.tempo - 1));
  const sizes = Array.from({ length: strides + 2 }, () => 1 + 0.02 * random.normal());
  const beats = Array.from({ length: strides + 1 }, () => stride_s * (1 + 0.015 * random.normal()));
  const phase: number[] = [];
  const swell: number[] = [];
  const depth: number[] = [];
  const push = (strode: number) => {
    phase.push(pattern.startsAt + strode);
    swell.push(minimumJerk(strode / transition) * minimumJerk((strides - strode) / transition));
    const whole = Math.floor(strode);
    const [from, to] = [sizes[whole]!, sizes[whole + 1]!];
    depth.push(from + (to - from) * minimumJerk(strode - whole));
  };
  for (let i = 0; i < lead_s * rate_hz; i++) push(0);
  for (let strode = 0; strode < strides; strode += 1 / (beats[Math.floor(strode)]! * rate_hz)) push(strode);
  for (let i = 0; i < tail_s * rate_hz; i++) push(strides);
  return { phase, swell, depth };
}

/** Metres walked. */
function advance(
  pattern: CyclicPattern,
  swell: readonly number[],
  rate_hz: number,
  body: Body,
): Float64Array {
  let walked_m = 0;
  const speed_m_s = pattern.speed_m_s / body.tempo;
  return Float64Array.from(swell, (share) => {
    walked_m += (share * speed_m_s) / rate_hz;
    return walked_m;
  });
}
