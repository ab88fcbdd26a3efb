import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition } from '../../src/motion/exercise.ts';
import { findExercise } from '../../src/motion/exercises/index.ts';
import { createDictionary, JOINT_COORDINATES } from '../../src/motion/joints.ts';
import { type ProcessOptions, processRecording } from '../../src/motion/process.ts';
import { generalMetrics } from '../../src/motion/report/general-metrics.ts';
import { kneeConventionOf } from '../../src/motion/report/knee.ts';
import { choosePrimary, findChannel } from '../../src/motion/report/primary.ts';
import { recordingOf, wave } from './recordings.ts';
import { hasReferenceData, readReferenceRecording } from './reference-data.ts';

type Channels = Record<string, (t: number) => number>;

const seriesOf = (channels: Channels, options: ProcessOptions = {}) =>
  processRecording(recordingOf(channels, 6), options);

const chosen = (channels: Channels, exercise: ExerciseDefinition, options: ProcessOptions = {}) => {
  const series = seriesOf(channels, options);
  const primary = choosePrimary(series, exercise, kneeConventionOf(series));
  return primary === undefined ? undefined : { ...primary, channel: series.names[primary.index] };
};

const anything: ExerciseDefinition = { ...findExercise('Squat')!, primaryChannel: null };

describe('a channel is found', () => {
  it.each([
    ['knee_angle_r', 1],
    ['/jointset/walker_knee_r/knee_angle_r/value', 1],
    ['RHipAngles_x', 2],
    ['B4:RHipAngles_x', 2],
    ['hip_flexion_r', 3],
    ['knee_angle_l', -1],
  ])('by its name, inside a path or behind a subject: %s', (channel, place) => {
    const names = [
      '/jointset/walker_knee_r/knee_angle_r/speed',
      '/jointset/walker_knee_r/knee_angle_r/value',
      'A22:RHipAngles_x',
      'hip_flexion_r',
    ];
    expect(findChannel(names, channel)).toBe(place);
  });

  it('by its exact name first', () => {
    const path = '/jointset/walker_knee_r/knee_angle_r/value';
    expect(findChannel([path, 'knee_angle_r'], 'knee_angle_r')).toBe(1);
    expect(findChannel(['knee_angle_r', path], path)).toBe(1);
  });
});

describe('the channel of the repetitions', () => {
  it('is the same motion under the name of another model, with the polarity of the exercise', () => {
    expect(
      chosen(
        {
          'A22:LKneeAngles_x': wave(110, 2),
          'A22:RKneeAngles_y': wave(90, 2),
          'A22:RKneeAngles_x': wave(100, 2),
        },
        findExercise('Sit-to-Stand')!,
      ),
    ).toMatchObject({ channel: 'A22:RKneeAngles_x', polarity: -1, chosenBy: 'recording' });
    expect(chosen({ r_elbow_flex: wave(90, 2) }, findExercise('Biceps Curl')!)).toMatchObject({
      channel: 'r_elbow_flex',
      polarity: 1,
    });
  });

  it('is not a knee by its side-to-side motion, nor by the patella', () => {
    expect(
      chosen(
        { hip_flexion_r: wave(60, 2), RKneeAngles_y: wave(50, 2), knee_angle_r_beta: wave(80, 2) },
        anything,
      ),
    ).toMatchObject({ channel: 'hip_flexion_r' });
  });

  it('follows what an organization says about its names', () => {
    const knee = JOINT_COORDINATES.find(({ coordinate }) => coordinate === 'knee_angle_r')!;
    const dictionary = createDictionary([{ ...knee, coordinate: 'Knie' }]);
    const channels = { Knie: wave(80, 2), arm_flex_r: wave(150, 2) };
    expect(chosen(channels, anything)).toMatchObject({ channel: 'arm_flex_r' });
    expect(chosen(channels, anything, { dictionary })).toMatchObject({ channel: 'Knie' });
    expect(chosen(channels, findExercise('Squat')!, { dictionary })).toMatchObject({ channel: 'Knie' });
  });
});

describe('a knee that begins or ends on its way', () => {
  /** Bent most of the time, straightened now and then. */
  const mostlyBent = (sign: number) => (t: number) =>
    sign * (70 - 60 * Math.max(0, Math.sin(Math.PI * t)) ** 4 + 20 * Math.sin(t));

  it('is counted where it bends, whichever way the model counts flexion', () => {
    for (const sign of [1, -1] as const)
      expect(chosen({ knee_angle_r: mostlyBent(sign) }, anything)).toMatchObject({ polarity: sign });
  });

  it.skipIf(!hasReferenceData)('is counted where it bends in a recording of free movement', () => {
    const recording = readReferenceRecording('ik/imu_fullbody_irregular.mot');
    const series = processRecording(recording);
    expect(choosePrimary(series, anything, kneeConventionOf(series))!.polarity).toBe(-1);
  });
});

describe('general metrics', () => {
  const open = { flexion: null, evidence: '' } as const;
  const labels = (channels: Channels, options: ProcessOptions = {}) =>
    generalMetrics(seriesOf(channels, options), open).map(({ label, side, sign, channel }) => [
      label,
      side,
      sign,
      channel,
    ]);

  it('read the angles of Plug-in Gait as those of OpenSim models', () => {
    expect(labels({ 'A22:LHipAngles_x': wave(40, 2), 'A22:LAnkleAngles_x': wave(20, 2) })).toEqual([
      ['Hip Flex. (°)', 'L', 1, 'A22:LHipAngles_x'],
      ['Hip Ext. (°)', 'L', -1, 'A22:LHipAngles_x'],
      ['Ankle DF (°)', 'L', 1, 'A22:LAnkleAngles_x'],
      ['Ankle PF (°)', 'L', -1, 'A22:LAnkleAngles_x'],
    ]);
  });

  it('read a name of the organization by what its entry says', () => {
    const own = {
      ...JOINT_COORDINATES.find(({ coordinate }) => coordinate === 'hip_flexion_l')!,
      coordinate: 'Hüfte',
      positive: 'extension',
      negative: 'flexion',
    };
    expect(labels({ Hüfte: wave(40, 2) })).toEqual([]);
    expect(labels({ Hüfte: wave(40, 2) }, { dictionary: createDictionary([own]) })).toEqual([
      ['Hip Ext. (°)', 'L', 1, 'Hüfte'],
      ['Hip Flex. (°)', 'L', -1, 'Hüfte'],
    ]);
  });

  it('leave out names whose directions nobody has checked, the patella, and the trunk relative to the room', () => {
    const silent = [
      'neck_flex',
      'wrist_dev_r',
      'waist_rotation',
      'knee_angle_r_beta',
      'thorax_rotation',
      'pelvis_tilt',
    ];
    expect(labels(Object.fromEntries(silent.map((name) => [name, wave(20, 2)])))).toEqual([]);
  });

  it('each have a range with its source', () => {
    const all = Object.fromEntries(JOINT_COORDINATES.map(({ coordinate }) => [coordinate, wave(10, 2)]));
    const metrics = generalMetrics(seriesOf(all), open);
    expect(metrics.length).toBeGreaterThan(30);
    for (const { min, max, source } of metrics) {
      expect(min).toBe(0);
      expect(max).toBeGreaterThan(0);
      expect(source).toMatch(/^(AAOS normal value|normal value as commonly charted)/);
    }
  });
});
