import { describe, expect, it } from 'vitest';
import { exerciseLibrary, findExercise } from '../../../src/motion/exercises/index.ts';

/** [label, side, channel, sign, min, max] of every metric. */
const rows = (name: string) =>
  findExercise(name)!.metrics!.map(({ label, side, channel, sign, min, max }) => [
    label,
    side,
    channel,
    sign,
    min,
    max,
  ]);

describe('the library', () => {
  it('holds more than a hundred exercises', () => {
    expect(exerciseLibrary.length).toBeGreaterThan(100);
  });

  it('names no exercise twice, also when capitals are ignored', () => {
    expect(new Set(exerciseLibrary.map(({ name }) => name.toLowerCase())).size).toBe(exerciseLibrary.length);
  });

  it('finds an exercise by its exact name only', () => {
    expect(findExercise('Hip Hinge Test')?.name).toBe('Hip Hinge Test');
    expect(findExercise('hip hinge test')).toBeUndefined();
    expect(findExercise('constructor')).toBeUndefined();
  });

  it('has a left form for every right one', () => {
    for (const { name } of exerciseLibrary) {
      if (name.startsWith('Right ')) expect(findExercise(name.replace('Right ', 'Left '))).toBeDefined();
      if (name.startsWith('Left ')) expect(findExercise(name.replace('Left ', 'Right '))).toBeDefined();
    }
  });

  it('is complete where others rely on it', () => {
    for (const name of [
      'Squat',
      'Sit-to-Stand',
      'Gait',
      'Countermovement Jump',
      'Shoulder Flexion',
      'Shoulder Abduction',
    ]) {
      expect(findExercise(name)).toBeDefined();
    }
    expect(findExercise('Sit-to-Stand')).toMatchObject({ primaryChannel: 'knee_angle_r', polarity: -1 });
  });
});

describe.each(exerciseLibrary.map((exercise) => [exercise.name, exercise] as const))(
  '%s',
  (name, { metrics }) => {
    it('shows each label once per side', () => {
      const shown = (metrics ?? []).map(({ label, side }) => `${label} ${side}`);
      expect(new Set(shown).size).toBe(shown.length);
    });

    it('has a range with a source, or neither', () => {
      for (const { label, min, max, source } of metrics ?? []) {
        if (min === null || max === null)
          expect([label, min, max, source]).toEqual([label, null, null, undefined]);
        else {
          expect(min).toBeLessThan(max);
          expect(source!.length).toBeGreaterThan(5);
        }
      }
    });

    it('reports on the side that its name says', () => {
      const sides = (metrics ?? []).map(({ side }) => side);
      if (name.startsWith('Left ')) expect(sides).toContain('L');
      if (name.startsWith('Right ')) expect(sides).toContain('R');
    });
  },
);

describe('the tests with published names', () => {
  it.each([
    ['Left', 'L', 'l'],
    ['Right', 'R', 'r'],
  ])('%s weighted ankle dorsiflexion', (word, side, ending) => {
    expect(rows(`${word} Regular Ankle Dorsiflexion - Weighted`)).toEqual([
      ['Ankle DF (°)', side, `ankle_angle_${ending}`, 1, 20, 45],
      ['Ankle PF (°)', side, `ankle_angle_${ending}`, -1, 0, 5],
      ['Shin Angle (°)', side, `shin_angle_${ending}`, 1, 0, 40],
    ]);
  });

  it.each([
    ['Left', 'L', 'l'],
    ['Right', 'R', 'r'],
  ])('%s 90-90 shoulder test', (word, side, ending) => {
    const name = `${word} 90-90 Test Unilateral Shoulder IR/ER`;
    expect(rows(name)).toEqual([
      ['Shoulder ER (°)', side, `arm_rot_${ending}`, -1, 75, 105],
      ['Shoulder IR (°)', side, `arm_rot_${ending}`, 1, 70, 100],
      ['Shoulder Rotation Arc', side, `arm_rot_${ending}`, 1, 145, 205],
    ]);
    expect(findExercise(name)!.metrics!.map(({ reads }) => reads)).toEqual(['angle', 'angle', 'range']);
  });

  it('Hip Hinge Test, both sides', () => {
    const ranges = Object.fromEntries(
      rows('Hip Hinge Test').map(([label, , , , min, max]) => [label, [min, max]]),
    );
    expect(ranges).toEqual({
      'Hip ER (°)': [0, 10],
      'Hip Ext. (°)': [0, 5],
      'Hip Flex. (°)': [70, 110],
      'Hip IR (°)': [0, 180],
      'Knee Flex. (°)': [15, 40],
      'Shin Angle (°)': [0, 10],
      'Torso Ext. (°)': [0, 20],
    });
    for (const label of Object.keys(ranges)) {
      const sides = rows('Hip Hinge Test').filter((row) => row[0] === label);
      expect(sides.map((row) => row[1])).toEqual(label === 'Torso Ext. (°)' ? ['F', 'B'] : ['L', 'R']);
    }
  });

  it('writes degrees with the degree sign U+00B0', () => {
    for (const { metrics } of exerciseLibrary) {
      for (const { label } of metrics ?? []) {
        if (label !== 'Shoulder Rotation Arc') expect(label.endsWith(' (\u00b0)')).toBe(true);
      }
    }
  });
});
