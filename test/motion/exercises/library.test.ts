import { describe, expect, it } from 'vitest';
import { exerciseLibrary, findExercise } from '../../../src/motion/exercises/index.ts';
import { builtInDictionary } from '../../../src/motion/joints.ts';

/** Movements that begin bent: their repetitions are the straight positions, and they report how far the joint bends. */
const STRAIGHTENING = /Sit-to-Stand|Chair Stand|Knee Extension|Nordic|Dead Bug/;

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
  (name, { metrics, primaryChannel, polarity, kneeFlexion, category }) => {
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
          // Said plainly: read in a source that is named, or charted, or our own.
          expect(source).toMatch(/^(AAOS|Merck|commonly charted|own convention|display range)\b/);
        }
      }
    });

    it('reads only coordinates that the dictionary knows, in degrees and with a side that fits', () => {
      for (const { channel, side } of metrics ?? []) {
        const known = builtInDictionary.find(channel)!;
        expect(known.unit).toBe('deg');
        if (known.side !== null) expect(known.side).toBe(side);
      }
      if (primaryChannel !== null) expect(builtInDictionary.find(primaryChannel)?.unit).toBe('deg');
    });

    it('counts on the side that its name says, and in the direction that it measures', () => {
      const word = /^(Left|Right) /.exec(name)?.[1];
      const known = primaryChannel === null ? undefined : builtInDictionary.find(primaryChannel)!;
      if (word !== undefined && known!.side !== null && !name.endsWith('Single-Leg Stance'))
        expect(known!.side).toBe(word[0]);
      const signs = (metrics ?? [])
        .filter(({ channel }) => channel === primaryChannel)
        .map(({ sign }) => sign);
      if (signs.length > 0 && !STRAIGHTENING.test(name)) expect(signs).toContain(polarity);
    });

    it('is written for models that count knee flexion up, in a category', () => {
      expect(kneeFlexion).toBe('positive');
      expect(category).not.toBe('');
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

  it('count what they are about', () => {
    const counted = [
      'Left Regular Ankle Dorsiflexion - Weighted',
      'Right Regular Ankle Dorsiflexion - Weighted',
      'Left 90-90 Test Unilateral Shoulder IR/ER',
      'Right 90-90 Test Unilateral Shoulder IR/ER',
      'Hip Hinge Test',
    ].map((name) => [findExercise(name)!.primaryChannel, findExercise(name)!.polarity]);
    expect(counted).toEqual([
      ['ankle_angle_l', 1],
      ['ankle_angle_r', 1],
      ['arm_rot_l', 1],
      ['arm_rot_r', 1],
      ['hip_flexion_r', 1],
    ]);
    for (const { source } of findExercise('Hip Hinge Test')!.metrics!)
      expect(source).toBe('display range that public client code shows for this test');
  });

  it('Hip Hinge Test reads each label from its joint', () => {
    const read = Object.fromEntries(
      rows('Hip Hinge Test').map(([label, side, channel, sign]) => [`${label} ${side}`, [channel, sign]]),
    );
    expect(read).toEqual({
      'Hip ER (°) L': ['hip_rotation_l', -1],
      'Hip ER (°) R': ['hip_rotation_r', -1],
      'Hip Ext. (°) L': ['hip_flexion_l', -1],
      'Hip Ext. (°) R': ['hip_flexion_r', -1],
      'Hip Flex. (°) L': ['hip_flexion_l', 1],
      'Hip Flex. (°) R': ['hip_flexion_r', 1],
      'Hip IR (°) L': ['hip_rotation_l', 1],
      'Hip IR (°) R': ['hip_rotation_r', 1],
      'Knee Flex. (°) L': ['knee_angle_l', 1],
      'Knee Flex. (°) R': ['knee_angle_r', 1],
      'Shin Angle (°) L': ['shin_angle_l', 1],
      'Shin Angle (°) R': ['shin_angle_r', 1],
      'Torso Ext. (°) F': ['lumbar_extension', -1],
      'Torso Ext. (°) B': ['lumbar_extension', 1],
    });
  });

  it('writes degrees with the degree sign U+00B0', () => {
    for (const { metrics } of exerciseLibrary) {
      for (const { label } of metrics ?? []) {
        if (label !== 'Shoulder Rotation Arc') expect(label.endsWith(' (\u00b0)')).toBe(true);
      }
    }
  });
});
