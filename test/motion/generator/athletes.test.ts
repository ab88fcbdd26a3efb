import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '../../../src/motion/exercise.ts';
import { exerciseLibrary, findExercise } from '../../../src/motion/exercises/index.ts';
import { type AthleteTraits, generateMovement } from '../../../src/motion/generator/index.ts';

/** Largest value of the metric over a recording; for a range, its whole travel. */
function reached(name: string, metric: MetricDefinition, athlete: AthleteTraits, seed: number): number {
  const { channels } = generateMovement(findExercise(name)!, { seed, athlete });
  const { values } = channels.find((channel) => channel.name === metric.channel)!;
  const signed = values.map((value) => metric.sign * value);
  return metric.reads === 'range' ? Math.max(...signed) - Math.min(...signed) : Math.max(...signed);
}

/** One inside the range, a half within a tenth of its width or 5° of it, else nothing. */
function score(value: number, { min, max }: MetricDefinition): number {
  const border = Math.max(5, (max! - min!) / 10);
  if (value >= min! && value <= max!) return 1;
  return value >= min! - border && value <= max! + border ? 0.5 : 0;
}

describe('scores of many athletes', () => {
  it('are mostly full, sometimes half, sometimes nothing', () => {
    const counts = { 0: 0, 0.5: 0, 1: 0 } as Record<number, number>;
    for (const { name, metrics } of exerciseLibrary) {
      for (const metric of metrics ?? []) {
        if (metric.min === null) continue;
        for (let body = 1; body <= 8; body++) {
          const points = score(reached(name, metric, { body: body * 101 }, body), metric);
          counts[points] = counts[points]! + 1;
        }
      }
    }
    const all = counts[0]! + counts[0.5]! + counts[1]!;
    expect(counts[1]! / all).toBeGreaterThan(0.65);
    expect(counts[1]! / all).toBeLessThan(0.92);
    expect(counts[0.5]! / all).toBeGreaterThan(0.05);
    expect(counts[0]! / all).toBeGreaterThan(0.02);
  });

  it('of no metric are always nothing', () => {
    for (const { name, metrics } of exerciseLibrary) {
      for (const metric of metrics ?? []) {
        if (metric.min === null) continue;
        const points = [1, 2, 3, 4, 5, 6].map((body) => score(reached(name, metric, { body }, body), metric));
        expect([name, metric.label, Math.max(...points) > 0]).toEqual([name, metric.label, true]);
      }
    }
  });
});

describe('an athlete', () => {
  const [left] = findExercise('Left 90-90 Test Unilateral Shoulder IR/ER')!.metrics!;
  const [right] = findExercise('Right 90-90 Test Unilateral Shoulder IR/ER')!.metrics!;
  const difference = (body: number, seed: number) =>
    reached('Left 90-90 Test Unilateral Shoulder IR/ER', left!, { body }, seed) -
    reached('Right 90-90 Test Unilateral Shoulder IR/ER', right!, { body }, seed + 1);
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

  it('keeps the difference between left and right from session to session', () => {
    const bodies = Array.from({ length: 20 }, (_, i) => i * 13 + 1);
    const early = bodies.map((body) => difference(body, 10));
    const late = bodies.map((body) => difference(body, 500));
    expect(mean(early.map(Math.abs))).toBeGreaterThan(2);
    const persistent = mean(early.map((each, i) => Math.abs(each - late[i]!)));
    expect(persistent).toBeLessThan(mean(early.map(Math.abs)));
  });

  it('moves further when in better form', () => {
    const at = (form: number) =>
      mean(
        [1, 2, 3, 4, 5].map((seed) =>
          reached('Left 90-90 Test Unilateral Shoulder IR/ER', left!, { body: 4, form }, seed),
        ),
      );
    expect(at(1)).toBeGreaterThan(at(-1) + 4);
  });

  it('moves less where it hurts, and only there', () => {
    const knee = (channel: string, injury: AthleteTraits['injury']) => {
      const metric = findExercise('Squat')!.metrics!.find((each) => each.channel === channel)!;
      return reached('Squat', metric, { body: 6, injury: injury ?? null }, 3);
    };
    const injury = { joint: 'knee', side: 'L', severity: 1 } as const;
    expect(knee('knee_angle_l', injury)).toBeLessThan(0.8 * knee('knee_angle_l', null));
    expect(knee('knee_angle_r', injury)).toBeCloseTo(knee('knee_angle_r', null), -1);
  });
});
