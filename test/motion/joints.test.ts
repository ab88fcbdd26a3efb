import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInDictionary, createDictionary, JOINT_COORDINATES } from '../../src/motion/joints.ts';
import { processRecording } from '../../src/motion/process.ts';
import { recordingOf, wave } from './recordings.ts';
import { hasReferenceData, REFERENCE_NAMES, readReference } from './reference-data.ts';

describe('the dictionary of coordinates', () => {
  it('knows names with and without a path, not the speed of a coordinate', () => {
    const knee = { joint: 'knee', side: 'R', positive: 'flexion', unit: 'deg' };
    expect(builtInDictionary.find('knee_angle_r')).toMatchObject(knee);
    expect(builtInDictionary.find('/jointset/walker_knee_r/knee_angle_r/value')).toMatchObject(knee);
    expect(builtInDictionary.find('/jointset/walker_knee_r/knee_angle_r/speed')).toBeUndefined();
    expect(builtInDictionary.find('knee_angle_r/speed')).toBeUndefined();
    expect(builtInDictionary.find('/forceset/knee_angle_r/activation')).toBeUndefined();
    expect(builtInDictionary.find('knee_angle_r_vel')).toBeUndefined();
    expect(builtInDictionary.find('constructor')).toBeUndefined();
    expect(builtInDictionary.find('')).toBeUndefined();
  });

  it.each([
    ['pelvis_tilt', 'posterior tilt', null],
    ['pelvis_list', 'right side drops', null],
    ['pelvis_rotation', 'turn to the left', null],
    ['hip_flexion_r', 'flexion', 'R'],
    ['hip_adduction_l', 'adduction', 'L'],
    ['hip_rotation_r', 'internal rotation', 'R'],
    ['ankle_angle_l', 'dorsiflexion', 'L'],
    ['subtalar_angle_r', 'inversion', 'R'],
    ['mtp_angle_l', 'toe extension', 'L'],
    ['lumbar_extension', 'extension', null],
    ['lumbar_bending', 'bend to the right', null],
    ['lumbar_rotation', 'turn to the left', null],
    ['arm_flex_r', 'flexion', 'R'],
    ['arm_add_r', 'adduction', 'R'],
    ['arm_rot_l', 'internal rotation', 'L'],
    ['r_elbow_flex', 'flexion', 'R'],
    ['elbow_flexion', 'flexion', 'R'],
    ['pro_sup_l', 'pronation', 'L'],
    ['shoulder_elv', 'elevation', 'R'],
    ['waist_rotation', 'not checked', null],
    ['neck_flex', 'not checked', null],
    ['wrist_dev_r', 'not checked', 'R'],
  ])('gives %s its positive direction', (coordinate, positive, side) => {
    expect(builtInDictionary.find(coordinate)).toMatchObject({ positive, side });
  });

  it.each([
    ['LHipAngles_x', 'hip', 'L', 'flexion'],
    ['A22:LHipAngles_x', 'hip', 'L', 'flexion'],
    ['A22:RHipAngles_y', 'hip', 'R', 'adduction'],
    ['A22:RHipAngles_z', 'hip', 'R', 'internal rotation'],
    ['Subject 7:RKneeAngles_x', 'knee', 'R', 'flexion'],
    ['RKneeAngles_y', 'knee', 'R', 'varus'],
    ['a:b:LAnkleAngles_x', 'ankle', 'L', 'dorsiflexion'],
  ])('knows the Plug-in Gait angle %s, whoever the subject is', (label, joint, side, positive) => {
    expect(builtInDictionary.find(label)).toMatchObject({ joint, side, positive, unit: 'deg' });
  });

  it('counts what follows the knee as patella, not as knee', () => {
    for (const name of [
      'knee_angle_r_beta',
      '/jointset/patellofemoral_l/knee_angle_l_beta/value',
      'knee_angle_pat_r',
    ])
      expect(builtInDictionary.find(name)).toMatchObject({ joint: 'patella', kind: 'rotation' });
  });

  it('reads 0° in the calibration pose, but for the raising of the arms to the side: 5°', () => {
    const other = JOINT_COORDINATES.filter(({ offset }) => offset !== 0);
    expect(other.map(({ coordinate, offset }) => [coordinate, offset])).toEqual([
      ['arm_add_r', 5],
      ['arm_add_l', 5],
    ]);
  });

  it('names each coordinate once, in words throughout, and says where it knows it from', () => {
    expect(new Set(JOINT_COORDINATES.map(({ coordinate }) => coordinate)).size).toBe(
      JOINT_COORDINATES.length,
    );
    for (const { joint, axis, positive, negative, zeroPose, source } of JOINT_COORDINATES)
      for (const words of [joint, axis, positive, negative, zeroPose, source]) expect(words).not.toBe('');
  });

  it('has degrees with a range around their zero, and metres without', () => {
    for (const { kind, unit, range, offset } of JOINT_COORDINATES) {
      expect(unit).toBe(kind === 'translation' ? 'm' : 'deg');
      if (kind === 'translation') expect(range).toBeNull();
      else {
        expect(range![0]).toBeLessThan(offset);
        expect(range![1]).toBeGreaterThan(offset);
      }
    }
  });

  it('has every paired coordinate on both sides, alike but for the side', () => {
    for (const entry of JOINT_COORDINATES.filter(({ coordinate }) => /_r$/.test(coordinate))) {
      const coordinate = entry.coordinate.replace(/_r$/, '_l');
      expect(builtInDictionary.find(coordinate)).toEqual({ ...entry, coordinate, side: 'L' });
    }
  });

  it('finds every entry under its own name, in any path and behind any subject', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...JOINT_COORDINATES),
        fc.stringMatching(/^[\w -]{1,10}$/),
        (entry, other) => {
          expect(builtInDictionary.find(entry.coordinate)).toBe(entry);
          expect(builtInDictionary.find(`/jointset/${other}/${entry.coordinate}/value`)).toBe(entry);
          expect(builtInDictionary.find(`${other}:${entry.coordinate}`)).toBe(entry);
        },
      ),
    );
  });

  it('lets own entries go before built-in ones, and an exact name before all others', () => {
    const knee = builtInDictionary.find('knee_angle_r')!;
    const path = '/jointset/walker_knee_r/knee_angle_r/value';
    const own = createDictionary([
      { ...knee, positive: 'extension' },
      { ...knee, coordinate: path, positive: 'exact' },
    ]);
    expect(own.find('knee_angle_r')!.positive).toBe('extension');
    expect(own.find('A22:knee_angle_r')!.positive).toBe('extension');
    expect(own.find(path)!.positive).toBe('exact');
    expect(own.entries.length).toBe(builtInDictionary.entries.length + 1);
  });

  it.skipIf(!hasReferenceData)('knows every joint angle that the reference looks at', () => {
    const labels = REFERENCE_NAMES.filter((name) => !name.startsWith('uiprmd')).flatMap((name) =>
      Object.keys(readReference(name).columnsReference),
    );
    expect(labels.filter((label) => builtInDictionary.find(label) === undefined)).toEqual([]);
  });
});

describe('a channel whose unit is not the one that its name stands for', () => {
  it('stays as it is recorded, with a note', () => {
    const { channels, ...rest } = recordingOf({ knee_angle_r: wave(80, 2), hip_flexion_r: wave(40, 2) }, 2);
    const series = (unit: string) =>
      processRecording({
        ...rest,
        channels: channels.map((each) => (each.name === 'knee_angle_r' ? { ...each, unit } : each)),
      });
    const said = series('N');
    expect(said.provenance.flags).toEqual([
      'unit: knee_angle_r is recorded in N, the dictionary says deg; not converted',
    ]);
    expect(said.units).toEqual(['N', 'deg']);
    expect(said.angle).toEqual(series('deg').angle);
    expect(series('').provenance.flags).toEqual([
      'unit: knee_angle_r is recorded without a unit, the dictionary says deg; not converted',
    ]);
    expect(series('deg').provenance.flags).toEqual([]);
  });
});
