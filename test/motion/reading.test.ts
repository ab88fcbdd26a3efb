import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition } from '../../src/motion/exercise.ts';
import { findExercise } from '../../src/motion/exercises/index.ts';
import { createDictionary, JOINT_COORDINATES } from '../../src/motion/joints.ts';
import { type ProcessOptions, processRecording } from '../../src/motion/process.ts';
import { computeReport } from '../../src/motion/report.ts';
import { recordingOf, wave } from './recordings.ts';
import { hasReferenceData, readReferenceRecording } from './reference-data.ts';

type Channels = Record<string, (t: number) => number>;

const reportOf = (channels: Channels, exercise: ExerciseDefinition, options: ProcessOptions = {}) =>
  computeReport(processRecording(recordingOf(channels, 6), options), exercise);

const squat = findExercise('Squat')!;
const down = (height: number) => (t: number) => -wave(height, 2)(t);
const entryOf = (name: string) => JOINT_COORDINATES.find(({ coordinate }) => coordinate === name)!;

describe('a metric whose channel the recording lacks', () => {
  it('is read from the same motion under the name of another model, and says so once', () => {
    const { metrics, provenance } = reportOf(
      {
        'A22:RKneeAngles_x': wave(100, 2),
        'A22:LKneeAngles_x': wave(90, 2),
        'A22:RHipAngles_x': wave(80, 2),
      },
      squat,
    );
    expect(metrics.map(({ metric, channel }) => [metric.label, metric.side, channel])).toEqual([
      ['Hip Flex. (°)', 'R', 'A22:RHipAngles_x'],
      ['Knee Flex. (°)', 'L', 'A22:LKneeAngles_x'],
      ['Knee Flex. (°)', 'R', 'A22:RKneeAngles_x'],
    ]);
    expect(provenance.flags).toEqual([
      'hip_flexion_r is not in the recording: A22:RHipAngles_x read instead',
      'knee_angle_l is not in the recording: A22:LKneeAngles_x read instead',
      'knee_angle_r is not in the recording: A22:RKneeAngles_x read instead',
      'repetitions found on A22:RKneeAngles_x, counted at its highest values',
    ]);
    expect(provenance.missingChannels).not.toContain('knee_angle_r');
  });

  it('is turned where that channel grows the other way', () => {
    const own = {
      ...entryOf('hip_flexion_r'),
      coordinate: 'Huefte',
      positive: 'extension',
      negative: 'flexion',
    };
    const dictionary = createDictionary([own]);
    const { metrics } = reportOf({ knee_angle_r: wave(90, 2), Huefte: down(70) }, squat, { dictionary });
    const hip = metrics.find(({ channel }) => channel === 'Huefte')!;
    expect(hip.metric.sign).toBe(-1);
    expect(hip.angle.avgMax).toBeCloseTo(70, 0);
  });

  it('is a knee turned once, by what the recording shows', () => {
    const own = {
      ...entryOf('knee_angle_r'),
      coordinate: 'Knie',
      positive: 'extension',
      negative: 'flexion',
    };
    const dictionary = createDictionary([own]);
    const { metrics, provenance, repetitions } = reportOf({ Knie: down(70) }, squat, { dictionary });
    expect(metrics.map(({ angle }) => Math.round(angle.avgMax))).toEqual([70]);
    expect(provenance.polarity).toBe(-1);
    expect(repetitions.length).toBe(3);
    const general = reportOf({ Knie: down(70) }, { ...squat, metrics: null }, { dictionary });
    expect(general.metrics.map(({ angle }) => Math.round(angle.avgMax))).toEqual([70]);
  });

  it('is read from the first of several that the dictionary lists, never from the patella', () => {
    const curl = findExercise('Right Elbow Flexion')!;
    const { metrics } = reportOf({ elbow_flexion: wave(80, 2), r_elbow_flex: wave(90, 2) }, curl);
    expect(metrics.map(({ channel }) => channel)).toEqual(['r_elbow_flex']);
    const patella = reportOf({ hip_flexion_r: wave(60, 2), knee_angle_r_beta: wave(90, 2) }, squat);
    expect(patella.metrics.map(({ channel }) => channel)).toEqual(['hip_flexion_r']);
  });

  it('is missing where the definition is as recorded', () => {
    const strict: ExerciseDefinition = { ...squat, kneeFlexion: 'as recorded' };
    const { metrics, provenance } = reportOf({ 'A22:RKneeAngles_x': wave(100, 2) }, strict);
    expect(metrics).toEqual([]);
    expect(provenance.missingChannels).toContain('knee_angle_r');
    expect(provenance.flags[0]).toBe("none of the exercise's channels is in the recording: no metric");
  });

  it.skipIf(!hasReferenceData).each([
    ['c3d/gait-pig.c3d', 'Gait', 10],
    ['ik/elbow_flexion_arm26.mot', 'Right Elbow Flexion', 1],
    ['ik/shoulder_abduction.mot', 'Shoulder Elevation', 1],
  ])('in %s leaves numbers for %s', (file, name, count) => {
    const series = processRecording(readReferenceRecording(file));
    expect(computeReport(series, findExercise(name)!).metrics.length).toBe(count);
  });
});

describe('a metric of a channel that nobody knows', () => {
  const any: ExerciseDefinition = { ...squat, primaryChannel: null, metrics: null };

  it('is listed under R, and says so', () => {
    const { metrics, provenance } = reportOf({ col46: wave(60, 2) }, any);
    expect(metrics.map(({ metric }) => metric.side)).toEqual(['R']);
    expect(provenance.flags).toContain('side of col46 is not known: listed under R');
  });

  it('has the side that its name ends in', () => {
    const { metrics, provenance } = reportOf({ tail_l: wave(60, 2) }, any);
    expect(metrics.map(({ metric }) => metric.side)).toEqual(['L']);
    expect(provenance.flags).toEqual(['repetitions found on tail_l, counted at its highest values']);
  });
});
