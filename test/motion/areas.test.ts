import { expect, test } from 'vitest';
import { exerciseLibrary } from '../../src/motion/exercises/index.ts';
import { builtInDictionary } from '../../src/motion/joints.ts';
import { areaOf } from '../../src/motion/report/summary.ts';

test('every metric of the library that is scored belongs to an area, so that no score is left out of the summary', () => {
  const nowhere = exerciseLibrary.flatMap(({ name, metrics }) =>
    (metrics ?? [])
      .filter(({ min }) => min !== null)
      .filter(({ label, channel }) => areaOf(label, channel, builtInDictionary) === undefined)
      .map(({ label }) => `${name}: ${label}`),
  );
  expect(nowhere).toEqual([]);
});

test('the shin belongs to the ankle, as it leans over the foot', () => {
  expect(areaOf('Shin Angle (°)', 'shin_angle_l', builtInDictionary)).toBe('Ankle');
});
