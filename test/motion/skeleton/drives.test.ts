import { describe, expect, test } from 'vitest';
import {
  builtInDictionary,
  JOINT_COORDINATES,
  type JointCoordinate,
  UNCHECKED,
} from '../../../src/motion/joints.ts';
import { drivesOf } from '../../../src/motion/skeleton/drives.ts';

const channels = (...names: string[]) =>
  names.map((name) => ({ ...builtInDictionary.find(name)!, coordinate: name }));
const drivenBy = (list: JointCoordinate[], knee: 'positive' | 'negative' | null = null) =>
  Object.fromEntries(
    drivesOf(list, knee).drives.map(({ coordinate, freedom, sign }) => [coordinate, [freedom, sign]]),
  );

describe('what moves the figure', () => {
  test('is what the dictionary says a channel measures', () => {
    expect(
      drivenBy(
        channels(
          'hip_flexion_r',
          'hip_adduction_l',
          'pelvis_tilt',
          'lumbar_extension',
          'arm_add_l',
          'pelvis_ty',
        ),
      ),
    ).toEqual({
      hip_flexion_r: ['hip_flexion_r', 1],
      hip_adduction_l: ['hip_adduction_l', 1],
      pelvis_tilt: ['pelvis_tilt', 1],
      lumbar_extension: ['lumbar_extension', 1],
      arm_add_l: ['shoulder_adduction_l', 1],
      pelvis_ty: ['pelvis_ty', 1],
    });
  });

  test('names with a path or a subject, and Plug-in Gait, whose signs differ by side', () => {
    expect(
      drivenBy(
        channels(
          '/jointset/walker_knee_r/knee_angle_r/value',
          'A22:LHipAngles_x',
          'RPelvisAngles_x',
          'LPelvisAngles_y',
        ),
      ),
    ).toEqual({
      '/jointset/walker_knee_r/knee_angle_r/value': ['knee_flexion_r', 1],
      'A22:LHipAngles_x': ['hip_flexion_l', 1],
      RPelvisAngles_x: ['pelvis_tilt', -1],
      LPelvisAngles_y: ['pelvis_list', 1],
    });
    expect(drivenBy(channels('RPelvisAngles_y', 'RPelvisAngles_z'))).toEqual({
      RPelvisAngles_y: ['pelvis_list', -1],
      RPelvisAngles_z: ['pelvis_rotation', 1],
    });
  });

  test('a knee in either convention, as the report found it', () => {
    const knees = channels('knee_angle_r', 'RKneeAngles_x', 'knee_angle_l');
    expect(drivenBy(knees)).toEqual({
      knee_angle_r: ['knee_flexion_r', 1],
      knee_angle_l: ['knee_flexion_l', 1],
    });
    expect(drivenBy(knees, 'negative')).toEqual({
      knee_angle_r: ['knee_flexion_r', -1],
      knee_angle_l: ['knee_flexion_l', -1],
    });
  });

  test('entries of an organization, by their meaning', () => {
    const own = (
      coordinate: string,
      joint: string,
      side: 'L' | 'R' | null,
      positive: string,
    ): JointCoordinate => ({
      ...builtInDictionary.find('knee_angle_r')!,
      coordinate,
      joint,
      side,
      kind: 'rotation',
      positive,
    });
    expect(
      drivenBy([own('Elbow L', 'Elbow', 'L', 'extension'), own('Becken', 'pelvis', null, 'anterior tilt')]),
    ).toEqual({ 'Elbow L': ['elbow_flexion_l', -1], Becken: ['pelvis_tilt', -1] });
  });

  test('the models of one arm move the right arm', () => {
    expect(drivenBy(channels('r_shoulder_elev', 'r_elbow_flex', 'pro_sup'))).toEqual({
      r_shoulder_elev: ['shoulder_flexion_r', 1],
      r_elbow_flex: ['elbow_flexion_r', 1],
      pro_sup: ['forearm_pronation_r', 1],
    });
    expect(drivenBy(channels('shoulder_elv', 'plane_elv', 'clav_elev', 'clav_prot'))).toEqual({
      shoulder_elv: ['shoulder_elevation_r', 1],
      plane_elv: ['shoulder_plane_r', 1],
      clav_elev: ['girdle_elevation_r', 1],
      clav_prot: ['girdle_protraction_r', 1],
    });
  });

  test('the shin stands for an ankle that is missing, the waist for a pelvis', () => {
    expect(drivenBy(channels('shin_angle_r', 'waist_rotation'))).toEqual({
      shin_angle_r: ['ankle_dorsiflexion_r', 1],
      waist_rotation: ['pelvis_rotation', 1],
    });
    const both = drivesOf(channels('shin_angle_r', 'ankle_angle_r', 'waist_rotation', 'pelvis_rotation'));
    expect(both.drives.map(({ coordinate }) => coordinate)).toEqual(['ankle_angle_r', 'pelvis_rotation']);
    expect(both.idle).toEqual([
      { coordinate: 'shin_angle_r', because: 'another channel moves the same' },
      { coordinate: 'waist_rotation', because: 'another channel moves the same' },
    ]);
  });

  test('a direction that nobody checked is said to be assumed', () => {
    const { drives } = drivesOf(channels('neck_flex', 'wrist_dev_l', 'hip_flexion_l'));
    expect(drives.map(({ coordinate, assumed }) => [coordinate, assumed])).toEqual([
      ['neck_flex', true],
      ['wrist_dev_l', true],
      ['hip_flexion_l', false],
    ]);
  });

  test('what cannot move it says why', () => {
    const unknown = {
      ...builtInDictionary.find('hip_flexion_r')!,
      coordinate: 'marker 7',
      joint: '',
      positive: 'not described',
    };
    expect(
      drivesOf([
        ...channels(
          'knee_angle_r_beta',
          'scapula_winging',
          'LWristAngles_x',
          'pelvis_ty',
          'thorax_tilt',
          'lumbar_extension',
        ),
        unknown,
      ]).idle,
    ).toEqual(
      expect.arrayContaining([
        { coordinate: 'knee_angle_r_beta', because: 'the figure has no such part' },
        { coordinate: 'scapula_winging', because: 'the figure has no such part' },
        { coordinate: 'LWristAngles_x', because: 'its direction is not known' },
        { coordinate: 'pelvis_ty', because: 'the legs do not move' },
        { coordinate: 'thorax_tilt', because: 'another channel moves the same' },
        { coordinate: 'marker 7', because: 'no entry describes it' },
      ]),
    );
  });
});

test('every coordinate of the dictionary moves the figure, alone with a leg, or belongs to those that cannot', () => {
  const still = JOINT_COORDINATES.filter((each) => {
    const leg = each.joint === 'hip' ? [] : channels('hip_flexion_r');
    return !drivesOf([...leg, each]).drives.some(({ coordinate }) => coordinate === each.coordinate);
  });
  const kinds = new Set(
    still.map(({ coordinate }) => coordinate.replace(/^[RL](?=[A-Z])/, '').replace(/_[rl](_|$)/, '_*$1')),
  );
  expect([...kinds].sort()).toEqual([
    'Acromioclavicular_r1',
    'Acromioclavicular_r2',
    'Acromioclavicular_r3',
    'AnkleAngles_y',
    'ElbowAngles_y',
    'ElbowAngles_z',
    'FootProgressAngles_x',
    'FootProgressAngles_y',
    'FootProgressAngles_z',
    'HeadAngles_x',
    'HeadAngles_y',
    'HeadAngles_z',
    'NeckAngles_x',
    'NeckAngles_y',
    'NeckAngles_z',
    'ShoulderAngles_y',
    'ShoulderAngles_z',
    'SpineAngles_x',
    'SpineAngles_y',
    'SpineAngles_z',
    'ThoraxAngles_x',
    'ThoraxAngles_y',
    'ThoraxAngles_z',
    'WristAngles_x',
    'WristAngles_y',
    'WristAngles_z',
    'knee_angle_*_beta',
    'knee_angle_pat_*',
    'scapula_abduction',
    'scapula_upward_rot',
    'scapula_winging',
    'sternoclavicular_r1',
    'sternoclavicular_r2',
    'sternoclavicular_r3',
  ]);
  // None of them but parts that are not drawn has a direction that anybody knows.
  expect(still.filter(({ positive }) => positive !== UNCHECKED).length).toBeLessThan(25);
});
