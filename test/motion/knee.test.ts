import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition } from '../../src/motion/exercise.ts';
import { findExercise } from '../../src/motion/exercises/index.ts';
import { builtInDictionary } from '../../src/motion/joints.ts';
import { processRecording } from '../../src/motion/process.ts';
import { kneeConventionOf, turnForKnee } from '../../src/motion/report/knee.ts';
import { computeReport } from '../../src/motion/report.ts';
import { recordingOf, wave } from './recordings.ts';
import {
  hasReferenceData,
  REFERENCE_NAMES,
  readReference,
  readReferenceRecording,
} from './reference-data.ts';

type Channels = Record<string, (t: number) => number>;

const conventionOf = (channels: Channels, seconds = 6) =>
  kneeConventionOf(processRecording(recordingOf(channels, seconds)));
const down =
  (height: number, period_s = 2) =>
  (t: number) =>
    -wave(height, period_s)(t);

/** From the list of models in which each file was made: Gait2392 and its relatives count flexion down. */
const EXPECTED: Readonly<Record<string, 'positive' | 'negative' | null>> = {
  box_lifting_commas: null,
  crouch_gait_tabs: 'negative',
  drop_jump_rad: 'positive',
  elbow_flexion_arm26: null,
  gait10dof_crlf: 'negative',
  gait2392_walking: 'negative',
  imu_fullbody_irregular: 'negative',
  leg_stance_markers: 'negative',
  opencap_squats: 'positive',
  opencap_treadmill_walking: 'positive',
  opencap_walking: 'positive',
  overground_running: 'positive',
  rom_fullbody_rad: 'positive',
  shoulder_abduction: null,
  shoulder_flexion: null,
  shoulder_shrug: null,
  sit_to_stand_deg: 'positive',
  sit_to_stand_rad: 'positive',
  squats_deg: 'positive',
  treadmill_running_simm: 'negative',
  uiprmd_m01_angles: null,
  uiprmd_m05_angles: null,
  uiprmd_m07_angles: null,
  uiprmd_m09_angles: null,
  walking_states_rad: 'positive',
};

describe('how a recording counts knee flexion', () => {
  it.skipIf(!hasReferenceData).each(REFERENCE_NAMES)('is found in %s', (name) => {
    const series = processRecording(readReferenceRecording(readReference(name).file));
    expect(kneeConventionOf(series).flexion).toBe(EXPECTED[name]);
  });

  it('is told by how far the knees go up and down, and says so', () => {
    expect(conventionOf({ knee_angle_r: wave(80, 2) })).toEqual({
      flexion: 'positive',
      evidence: 'knee_angle_r from 0° to 80° (2nd to 98th percentile)',
    });
    expect(conventionOf({ knee_angle_r: down(80), knee_angle_l: down(10) })).toEqual({
      flexion: 'negative',
      evidence: 'knee_angle_r and knee_angle_l from -80° to 0° (2nd to 98th percentile)',
    });
    expect(conventionOf({ 'A22:RKneeAngles_x': wave(60, 2) }).flexion).toBe('positive');
  });

  it('stays open where there is no knee, or it hardly bends', () => {
    expect(conventionOf({ hip_flexion_r: wave(80, 2) })).toEqual({
      flexion: null,
      evidence: 'the recording has no knee angle',
    });
    expect(conventionOf({ knee_angle_r: down(10) })).toMatchObject({
      flexion: null,
      evidence: expect.stringContaining('too little to tell'),
    });
  });

  it('is told by one short bend in a long recording, where it is clear', () => {
    const once = (t: number) => (t > 20 && t < 21 ? -wave(70, 1)(t - 20) : -2);
    expect(conventionOf({ knee_angle_r: once }, 100)).toMatchObject({
      flexion: 'negative',
      evidence: expect.stringMatching(/^knee_angle_r from -(6|7)\d° to -?\d° \(lowest to highest value\)$/),
    });
    const both = (t: number) => once(t) - 0.8 * once(t - 40);
    expect(conventionOf({ knee_angle_r: both }, 100).flexion).toBeNull();
  });

  it('is not told by the patella, by the side-to-side motion of the knee, or by a knee in other units', () => {
    expect(
      conventionOf({
        knee_angle_r: wave(40, 2),
        knee_angle_r_beta: down(90),
        knee_angle_pat_r: down(90),
        RKneeAngles_y: down(50),
      }).flexion,
    ).toBe('positive');
    const { channels, ...rest } = recordingOf({ knee_angle_r: down(80) }, 4);
    const forces = { ...rest, channels: channels.map((each) => ({ ...each, unit: 'N' })) };
    expect(kneeConventionOf(processRecording(forces)).flexion).toBeNull();
  });

  it('is not told by a knee that jumps while there is another, nor by single faults', () => {
    const jumping = (t: number) => (t > 2 && t < 5 ? 300 : -20);
    expect(conventionOf({ knee_angle_r: down(60), knee_angle_l: jumping }).flexion).toBe('negative');
    const fault = (t: number) => (Math.abs(t - 1) < 0.02 ? 400 : down(60)(t));
    const { flexion, evidence } = conventionOf({ knee_angle_r: fault }, 20);
    expect(flexion).toBe('negative');
    expect(evidence).toMatch(/it jumps, but there is no other knee$/);
  });

  it('is the other way round for the mirrored recording', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 140 }), fc.integer({ min: 1, max: 3 }), (height, period_s) => {
        const up = conventionOf({ knee_angle_l: wave(height, period_s) });
        const mirrored = conventionOf({ knee_angle_l: down(height, period_s) });
        expect([up.flexion, mirrored.flexion]).toEqual(['positive', 'negative']);
      }),
      { numRuns: 20 },
    );
  });
});

describe('an exercise written for models that count knee flexion up', () => {
  const squat = findExercise('Squat')!;
  const recordings: Channels = {
    knee_angle_r: wave(100, 2),
    knee_angle_l: wave(90, 2),
    hip_flexion_r: wave(80, 2),
  };
  const mirrored: Channels = { ...recordings, knee_angle_r: down(100), knee_angle_l: down(90) };
  const reportOf = (channels: Channels, exercise: ExerciseDefinition) =>
    computeReport(processRecording(recordingOf(channels, 6)), exercise);

  it('gives the same report for the same movement in both families of models', () => {
    const up = reportOf(recordings, squat);
    const turned = reportOf(mirrored, squat);
    expect(turned.metrics.map(({ angle, score }) => ({ angle, score }))).toEqual(
      up.metrics.map(({ angle, score }) => ({ angle, score })),
    );
    expect(turned.repetitions).toEqual(up.repetitions);
    expect(turned.summary).toEqual(up.summary);
    expect(turned.provenance.flags).toEqual([]);
    expect([up.provenance.knee.turned, turned.provenance.knee.turned]).toEqual([false, true]);
    expect([up.provenance.polarity, turned.provenance.polarity]).toEqual([1, -1]);
  });

  it('shows in each metric the sign that was used', () => {
    const { metrics } = reportOf(mirrored, squat);
    const signs = metrics.map(({ metric }) => [metric.label, metric.side, metric.sign]);
    expect(signs).toEqual([
      ['Hip Flex. (°)', 'R', 1],
      ['Knee Flex. (°)', 'L', -1],
      ['Knee Flex. (°)', 'R', -1],
    ]);
  });

  it('is left alone where flexion is counted up, where that is open, and where it has no knee', () => {
    const dictionary = builtInDictionary;
    const of = (flexion: 'positive' | 'negative' | null) => ({ flexion, evidence: '' });
    expect(turnForKnee(squat, of('positive'), dictionary)).toBe(squat);
    expect(turnForKnee(squat, of(null), dictionary)).toBe(squat);
    const shoulder = findExercise('Shoulder Flexion')!;
    expect(turnForKnee(shoulder, of('negative'), dictionary)).toBe(shoulder);
    expect(turnForKnee(squat, of('negative'), dictionary)).not.toBe(squat);
  });

  it('as recorded is never turned, and flagged', () => {
    const asRecorded: ExerciseDefinition = { ...squat, kneeFlexion: 'as recorded' };
    const { metrics, provenance } = reportOf(mirrored, asRecorded);
    expect(metrics.map(({ metric }) => metric.sign)).toEqual([1, 1, 1]);
    expect(provenance).toMatchObject({ polarity: 1, knee: { flexion: 'negative', turned: false } });
    expect(provenance.flags).toContain(
      'knee_angle_r seems to count flexion down: Knee Flex. (°) R reads it with sign +1',
    );
  });

  it('that leaves its metrics to the recording reads flexion as positive whatever the model', () => {
    const general: ExerciseDefinition = { ...squat, primaryChannel: null, metrics: null };
    for (const kneeFlexion of ['positive', 'as recorded'] as const) {
      const { metrics, provenance } = reportOf(mirrored, { ...general, kneeFlexion });
      const knee = metrics.find(({ channel }) => channel === 'knee_angle_r')!;
      expect(knee.angle.fullMax).toBeCloseTo(100, 0);
      expect(knee.metric.sign).toBe(-1);
      expect(provenance.knee.turned).toBe(true);
    }
    expect(reportOf({ hip_flexion_r: wave(80, 2) }, general).provenance.knee.turned).toBe(false);
  });
});
