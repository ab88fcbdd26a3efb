/** Where the recordings and their independently computed values lie; the tests that need them are skipped without. */
import { existsSync, readFileSync } from 'node:fs';
import { readRecording } from '../../src/motion/read.ts';
import type { Recording } from '../../src/motion/recording.ts';

const DATA = new URL('../../../shared/data/', import.meta.url);

export const hasReferenceData = existsSync(new URL('reference/README.md', DATA));

export interface WindowReference {
  min: number;
  max: number;
  range: number;
  mean: number;
  argMin: number;
  argMax: number;
  maxAbsVelocity: number;
  maxVelocity: number;
  minVelocity: number;
  maxSignedAcceleration: number;
  minSignedAcceleration: number;
  maxAcceleration: number;
  maxDeceleration: number;
}

export interface InterpolationReference {
  probeIndex: number[];
  probe: { resampled: number[]; filtered: number[]; velocity: number[]; acceleration: number[] };
  sum: Record<
    'resampled' | 'filtered' | 'velocity' | 'acceleration' | 'absVelocity' | 'absAcceleration',
    number
  >;
  session: WindowReference;
  perRep: WindowReference[];
  report: Record<
    | 'fullMax'
    | 'fullMin'
    | 'AvgMax'
    | 'AvgMin'
    | 'AvgRange'
    | 'Average'
    | 'AverageInReps'
    | 'AvgMaxAbsVelocity'
    | 'AvgMaxAcceleration'
    | 'AvgMaxDeceleration',
    number | null
  >;
}

export interface RepetitionsReference {
  prominenceThreshold: number;
  count: number;
  peaks: number[];
  prominences: number[];
  boundaries: number[];
}

export interface Reference {
  file: string;
  rows: number;
  columns: number;
  inDegrees: boolean;
  sampleRateHz: number;
  primary: string;
  polarity: 1 | -1;
  humanReps: number | null;
  columnsReference: Record<
    string,
    {
      raw: { min: number; max: number; first: number; last: number; droppedRows: number };
      n60: number;
      linear: InterpolationReference;
      cubic: InterpolationReference;
    }
  >;
  repetitions_linear: RepetitionsReference;
  repetitions_cubic: RepetitionsReference;
}

export const REFERENCE_NAMES = [
  'box_lifting_commas',
  'crouch_gait_tabs',
  'drop_jump_rad',
  'elbow_flexion_arm26',
  'gait10dof_crlf',
  'gait2392_walking',
  'imu_fullbody_irregular',
  'leg_stance_markers',
  'opencap_squats',
  'opencap_treadmill_walking',
  'opencap_walking',
  'overground_running',
  'rom_fullbody_rad',
  'shoulder_abduction',
  'shoulder_flexion',
  'shoulder_shrug',
  'sit_to_stand_deg',
  'sit_to_stand_rad',
  'squats_deg',
  'treadmill_running_simm',
  'uiprmd_m01_angles',
  'uiprmd_m05_angles',
  'uiprmd_m07_angles',
  'uiprmd_m09_angles',
  'walking_states_rad',
];

export function readReference(name: string): Reference {
  return JSON.parse(readFileSync(new URL(`reference/${name}.json`, DATA), 'utf8'));
}

/** `file`: as in the reference, e.g. `ik/squats_deg.mot`. */
export function readReferenceBytes(file: string): Uint8Array {
  return readFileSync(new URL(`motion/${file}`, DATA));
}

export function readReferenceRecording(file: string): Recording {
  return readRecording(readReferenceBytes(file), { fileName: file });
}
