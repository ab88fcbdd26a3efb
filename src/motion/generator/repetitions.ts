/** Poses repeated in time: tempo and depth differ from one repetition to the next, and tire towards the end. */

import type { Body } from './athlete.ts';
import { type Approach, drawCurve } from './curve.ts';
import type { PosePattern } from './patterns/pattern.ts';
import type { Angles } from './pose.ts';
import type { Random } from './random.ts';

export interface Clean {
  readonly samples: number;
  /** Noise-free values by channel; `lift` in metres. */
  readonly curves: Map<string, Float64Array>;
}

interface Visit {
  readonly pose: number;
  readonly repetition: number;
  readonly from_s: number;
  readonly to_s: number;
  readonly skew: number;
}

export function repeatPoses(
  pattern: PosePattern,
  poses: readonly Angles[],
  repetitions: number,
  rate_hz: number,
  body: Body,
  random: Random,
): Clean {
  const { visits, end_s } = schedule(pattern, repetitions, body, random);
  const samples = Math.round(end_s * rate_hz);
  const depth = Array.from(
    { length: repetitions },
    (_, k) => 1 + 0.025 * random.normal() - (body.fatigue * k) / Math.max(1, repetitions - 1),
  );
  const rest = poses[0]!;
  const curves = new Map<string, Float64Array>();
  for (const channel of Object.keys(rest)) {
    const start = rest[channel]!;
    const loose = channel === 'lift' ? 0 : 0.4;
    const approaches: Approach[] = visits.map((visit) => ({
      ...visit,
      value:
        start +
        (poses[visit.pose]![channel]! - start) * depth[visit.repetition]! * (1 + 0.012 * random.normal()) +
        loose * random.normal(),
    }));
    // Joints neither start nor stop together: some run a few hundredths of a second late.
    const delay_s = channel === 'lift' ? 0 : 0.015 * random.normal();
    curves.set(channel, drawCurve(start, approaches, delay_s, rate_hz, samples));
  }
  return { samples, curves };
}

const longest_s = 19;

/** How many repetitions the athlete does in a recording of ordinary length. */
export function fittingRepetitions(pattern: PosePattern, { tempo }: Body): number {
  const moving_s = pattern.moves.reduce(
    (sum, { move_s, hold_s = 0 }) => sum + move_s + hold_s,
    pattern.back_s,
  );
  // Quiet ends of up to 2.6 s; the last repetitions are slower and the pauses longer than planned.
  const fitting = Math.floor((longest_s - 2.6) / (1.1 * tempo * (moving_s + pattern.pause_s)));
  return Math.max(2, Math.min(pattern.repetitions, fitting));
}

function schedule(pattern: PosePattern, repetitions: number, body: Body, random: Random) {
  const visits: Visit[] = [];
  let now_s = random.between(0.9, 1.4);
  const skew = () => random.between(0.88, 1.12);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const tired = 1 + (0.08 * repetition) / repetitions;
    const tempo = body.tempo * tired * (1 + 0.05 * random.normal());
    pattern.moves.forEach(({ move_s, hold_s = 0 }, index) => {
      visits.push({ pose: index + 1, repetition, from_s: now_s, to_s: now_s + move_s * tempo, skew: skew() });
      now_s += move_s * tempo;
      const end_s = now_s + hold_s * tempo;
      // Nobody holds still: about once a second the same pose is found anew, a little deeper or higher.
      while (end_s - now_s > 0.25) {
        const to_s = Math.min(end_s, now_s + 0.9);
        visits.push({ pose: index + 1, repetition, from_s: now_s, to_s, skew: 1 });
        now_s = to_s;
      }
      now_s = end_s;
    });
    visits.push({ pose: 0, repetition, from_s: now_s, to_s: now_s + pattern.back_s * tempo, skew: skew() });
    now_s += (pattern.back_s + pattern.pause_s * random.between(0.8, 1.3)) * tempo;
  }
  return { visits, end_s: now_s + random.between(0.8, 1.2) };
}
