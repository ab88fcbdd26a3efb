import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition } from '../../../src/motion/exercise.ts';
import { exerciseLibrary, findExercise } from '../../../src/motion/exercises/index.ts';
import { generateMovement } from '../../../src/motion/generator/index.ts';
import type { Recording } from '../../../src/motion/recording.ts';
import { findRepetitions } from '../../../src/motion/report/reps.ts';
import { butterworth } from '../../../src/motion/signal/butterworth.ts';
import { lowpass } from '../../../src/motion/signal/lowpass.ts';

const values = (recording: Recording, name: string) =>
  recording.channels.find((channel) => channel.name === name)!.values;
const spread = (x: Float64Array) => Math.max(...x) - Math.min(...x);

/** Where the definition leaves the choice, the joint angle that travels furthest. */
function primary(exercise: ExerciseDefinition, recording: Recording): string {
  if (exercise.primaryChannel) return exercise.primaryChannel;
  const joints = recording.channels.filter(({ name }) => /^(hip|knee|arm|elbow)/.test(name));
  return joints.reduce((most, each) => (spread(each.values) > spread(most.values) ? each : most)).name;
}

/** Peaks of a 60 Hz channel, found as reports find them. */
function peaks(recording: Recording, name: string, polarity: 1 | -1 = 1): readonly number[] {
  const filtered = lowpass(values(recording, name), butterworth(6, 60));
  return findRepetitions(
    filtered.map((value) => polarity * value),
    60,
  ).peaks;
}

const count = (exercise: ExerciseDefinition, recording: Recording) =>
  peaks(recording, primary(exercise, recording), exercise.polarity).length;

describe.each(exerciseLibrary.map((exercise) => [exercise.name, exercise] as const))('%s', (_, exercise) => {
  it('has as many repetitions as asked for, whoever moves', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const repetitions = 3 + (seed % 4);
      const recording = generateMovement(exercise, {
        seed,
        repetitions,
        athlete: { body: seed * 31, form: (seed % 3) - 1 },
      });
      expect([seed, count(exercise, recording)]).toEqual([seed, repetitions]);
    }
  });

  it('lasts 6 to 20 seconds unless told otherwise', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { time } = generateMovement(exercise, { seed });
      expect(time.at(-1)!).toBeGreaterThan(6);
      expect(time.at(-1)!).toBeLessThan(20.5);
    }
  });

  it('has every channel of its metrics, and no gap in any', () => {
    const recording = generateMovement(exercise, { seed: 3 });
    const names = recording.channels.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const metric of exercise.metrics ?? []) expect(names).toContain(metric.channel);
    for (const channel of recording.channels) {
      expect(channel.values).toHaveLength(recording.time.length);
      expect(channel.values.every(Number.isFinite)).toBe(true);
    }
  });

  it('moves no joint faster than a person can', () => {
    // A running knee passes 1000 degrees a second; nothing else comes near.
    const fastestTurn = exercise.category === 'Running' ? 1300 : 900;
    for (const rate_hz of [60, 100] as const) {
      const { channels } = generateMovement(exercise, { seed: 8, rate_hz });
      for (const { name, unit, values: x } of channels) {
        let fastest = 0;
        for (let i = 1; i < x.length; i++) fastest = Math.max(fastest, Math.abs(x[i]! - x[i - 1]!) * rate_hz);
        expect([name, fastest < (unit === 'deg' ? fastestTurn : 9)]).toEqual([name, true]);
      }
    }
  });
});

describe('one recording', () => {
  const squat = findExercise('Squat')!;

  it('is the same for the same seed and differs for another', () => {
    expect(generateMovement(squat, { seed: 42 })).toEqual(generateMovement(squat, { seed: 42 }));
    expect(generateMovement(squat, { seed: 42 })).not.toEqual(generateMovement(squat, { seed: 43 }));
  });

  it('uses all digits of a large seed', () => {
    expect(generateMovement(squat, { seed: 2 ** 40 + 7 })).not.toEqual(generateMovement(squat, { seed: 7 }));
  });

  it('starts and ends in quiet', () => {
    const knee = values(generateMovement(squat, { seed: 5 }), 'knee_angle_r');
    expect(spread(knee.slice(0, 45))).toBeLessThan(6);
    expect(spread(knee.slice(-40))).toBeLessThan(6);
  });

  it('lowers the pelvis in a squat and raises it in a jump', () => {
    const down = values(generateMovement(squat, { seed: 5 }), 'pelvis_ty');
    expect(down[0]! - Math.min(...down)).toBeGreaterThan(0.25);
    const up = values(generateMovement(findExercise('Countermovement Jump')!, { seed: 5 }), 'pelvis_ty');
    expect(Math.max(...up) - up[0]!).toBeGreaterThan(0.2);
  });

  it('walks with strides of about 1.1 seconds, one leg half a stride behind the other', () => {
    const walk = generateMovement(findExercise('Gait')!, { seed: 5, athlete: { body: 9 } });
    const right = peaks(walk, 'knee_angle_r');
    const left = peaks(walk, 'knee_angle_l');
    const stride_s = (right.at(-1)! - right[0]!) / (right.length - 1) / 60;
    expect(stride_s).toBeGreaterThan(0.98);
    expect(stride_s).toBeLessThan(1.22);
    const between = left.find((peak) => peak > right[0]!)!;
    expect((between - right[0]!) / 60 / stride_s).toBeCloseTo(0.5, 1);
  });

  it('carries a channel that only a custom exercise names', () => {
    const custom: ExerciseDefinition = {
      name: 'Wrist',
      category: 'Own',
      primaryChannel: 'wrist_flex_r',
      polarity: 1,
      metrics: [
        {
          label: 'Wrist Flex. (°)',
          side: 'R',
          channel: 'wrist_flex_r',
          sign: 1,
          reads: 'angle',
          min: 60,
          max: 85,
        },
      ],
      kneeFlexion: 'as recorded',
    };
    const recording = generateMovement(custom, { seed: 2, repetitions: 4 });
    expect(count(custom, recording)).toBe(4);
  });
});
