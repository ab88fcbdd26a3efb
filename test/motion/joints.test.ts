import { describe, expect, it } from 'vitest';
import { builtInDictionary, JOINT_COORDINATES } from '../../src/motion/joints.ts';
import { hasReferenceData, REFERENCE_NAMES, readReference } from './reference-data.ts';

describe('the dictionary of coordinates', () => {
  it('knows names with and without a path, not the speed of a coordinate', () => {
    const knee = { joint: 'knee', side: 'R', positive: 'flexion', unit: 'deg' };
    expect(builtInDictionary.find('knee_angle_r')).toMatchObject(knee);
    expect(builtInDictionary.find('/jointset/walker_knee_r/knee_angle_r/value')).toMatchObject(knee);
    expect(builtInDictionary.find('/jointset/walker_knee_r/knee_angle_r/speed')).toBeUndefined();
    expect(builtInDictionary.find('knee_angle_r_beta')).toBeUndefined();
    expect(builtInDictionary.find('constructor')).toBeUndefined();
  });

  it.each([
    ['pelvis_tilt', 'posterior tilt', null],
    ['hip_adduction_l', 'adduction', 'L'],
    ['hip_rotation_r', 'internal rotation', 'R'],
    ['ankle_angle_l', 'dorsiflexion', 'L'],
    ['lumbar_extension', 'extension', null],
    ['lumbar_bending', 'bend to the right', null],
    ['arm_rot_l', 'internal rotation', 'L'],
    ['r_elbow_flex', 'flexion', 'R'],
  ])('gives %s its positive direction', (coordinate, positive, side) => {
    expect(builtInDictionary.find(coordinate)).toMatchObject({ positive, side });
  });

  it('names each coordinate once, translations in metres', () => {
    expect(new Set(JOINT_COORDINATES.map(({ coordinate }) => coordinate)).size).toBe(
      JOINT_COORDINATES.length,
    );
    expect(builtInDictionary.find('pelvis_ty')).toMatchObject({ unit: 'm', range: null });
  });

  it.skipIf(!hasReferenceData)('knows every joint angle that the reference looks at', () => {
    const labels = REFERENCE_NAMES.filter((name) => !name.startsWith('uiprmd')).flatMap((name) =>
      Object.keys(readReference(name).columnsReference),
    );
    expect(labels.filter((label) => builtInDictionary.find(label) === undefined)).toEqual([]);
  });
});
