import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PIPELINE_VERSION, processRecording } from '../../src/motion/process.ts';
import type { Recording } from '../../src/motion/recording.ts';
import { windowStatistics } from '../../src/motion/report/statistics.ts';
import { recordingOf, wave } from './recordings.ts';
import { hasReferenceData, readReferenceRecording } from './reference-data.ts';

/** The recording with values replaced at rows; NaN makes a gap. */
function withValues(
  recording: Recording,
  channel: number,
  rows: readonly number[],
  value: number,
): Recording {
  const channels = recording.channels.map((original, i) => {
    const values = original.values.slice();
    if (i === channel) for (const row of rows) values[row] = value;
    return { ...original, values };
  });
  return { ...recording, channels };
}

function rowsFrom(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

const SQUAT = { knee_angle_r: wave(90, 2), pelvis_ty: (t: number) => 1 - t / 100 };

describe('a series', () => {
  it('has 60 frames per second from 0, and all channels under their own names', () => {
    const series = processRecording(recordingOf(SQUAT, 4));
    expect(series).toMatchObject({
      rate_hz: 60,
      frames: 241,
      names: ['knee_angle_r', 'pelvis_ty'],
      units: ['deg', 'm'],
    });
    for (const arrays of [series.angle, series.velocity, series.acceleration]) {
      expect(arrays.map((values) => values.length)).toEqual([241, 241]);
    }
  });

  it('says what was done', () => {
    expect(processRecording(recordingOf(SQUAT, 4)).provenance).toMatchObject({
      pipelineVersion: PIPELINE_VERSION,
      sourceFormat: 'mot',
      sourceRows: 401,
      sourceStart_s: 0,
      interpolation: 'cubic',
      filter: { name: 'butterworth', order: 2, cutOff_hz: 6, zeroLag: true },
      rate_hz: 60,
      frames: 241,
      droppedRows: 0,
      missingValues: {},
      emptyChannels: [],
      wrappedChannels: [],
      flags: [],
    });
  });

  it('follows other rates and cut-offs, and no filter', () => {
    const recording = recordingOf(SQUAT, 4);
    expect(processRecording(recording, { rate_hz: 100, cutOff_hz: null }).angle[0]).toEqual(
      recording.channels[0]!.values,
    );
    expect(processRecording(recording, { cutOff_hz: null }).provenance.filter).toBeNull();
    expect(processRecording(recording, { cutOff_hz: 10 }).provenance.filter).toMatchObject({ cutOff_hz: 10 });
    expect(() => processRecording(recording, { cutOff_hz: 30 })).toThrow(RangeError);
    expect(() => processRecording(recording, { rate_hz: 0 })).toThrow(RangeError);
  });

  it('does not depend on when the clock of the recording starts', () => {
    const recording = recordingOf(SQUAT, 4);
    const later = processRecording({ ...recording, time: recording.time.map((t) => t + 64) });
    expect(later.provenance.sourceStart_s).toBe(64);
    processRecording(recording).angle[0]!.forEach((value, k) => {
      expect(later.angle[0]![k]).toBeCloseTo(value, 9);
    });
  });

  it('leaves the recording as it was', () => {
    const recording = recordingOf(SQUAT, 4);
    const before = structuredClone(recording);
    processRecording(recording);
    expect(recording).toEqual(before);
  });
});

describe('missing values', () => {
  it('are bridged in their own channel and counted there', () => {
    const recording = recordingOf({ ...SQUAT, hip_flexion_r: wave(60, 2) }, 4);
    const whole = processRecording(recording);
    const series = processRecording(withValues(recording, 0, [100, 101, 250], Number.NaN));
    expect(series.provenance).toMatchObject({
      missingValues: { knee_angle_r: 3 },
      droppedRows: 0,
      interpolation: 'cubic',
    });
    expect(series.angle[2]).toEqual(whole.angle[2]);
    series.angle[0]!.forEach((value, k) => {
      expect(Math.abs(value - whole.angle[0]![k]!)).toBeLessThan(0.2);
    });
  });

  it('are bridged by a straight line where the gap is long, with a note', () => {
    const recording = withValues(
      recordingOf({ knee_angle_r: () => 20 }, 4),
      0,
      rowsFrom(100, 200),
      Number.NaN,
    );
    const { angle, provenance } = processRecording(recording);
    expect(provenance.flags).toEqual([
      'gap of 1.01 s at 0.99 s bridged: knee_angle_r',
      'constant throughout: knee_angle_r',
    ]);
    expect(Math.max(...angle[0]!)).toBeCloseTo(20, 9);
  });

  it('at the ends are held at the first and last value for a quarter of a second', () => {
    const recording = withValues(
      recordingOf({ knee_angle_r: (t) => 10 * t, hip_flexion_r: () => 5 }, 4),
      0,
      [...rowsFrom(0, 20), ...rowsFrom(376, 401)],
      Number.NaN,
    );
    const { angle, excluded, provenance } = processRecording(recording);
    expect(provenance.flags[0]).toBe(
      'missing at the start or end, value held for up to 0.25 s: knee_angle_r',
    );
    expect(excluded[0]).toEqual([]);
    expect(angle[0]![0]).toBeCloseTo(2, 1);
    expect(angle[0]![240]).toBeCloseTo(37.5, 1);
  });

  it('that leave a single value leave too little', () => {
    const recording = withValues(recordingOf(SQUAT, 1), 0, rowsFrom(1, 101), Number.NaN);
    const { names, provenance } = processRecording(recording);
    expect(names).toEqual(['pelvis_ty']);
    expect(provenance.emptyChannels).toEqual(['knee_angle_r']);
  });

  it('throughout leave the channel out, named', () => {
    const recording = withValues(recordingOf(SQUAT, 1), 0, rowsFrom(0, 101), Number.POSITIVE_INFINITY);
    const { names, provenance } = processRecording(recording);
    expect(names).toEqual(['pelvis_ty']);
    expect(provenance.emptyChannels).toEqual(['knee_angle_r']);
    expect(provenance.flags).toEqual(['nothing usable in, left out: knee_angle_r']);
  });

  it('in every channel are no data', () => {
    const recording = withValues(recordingOf({ a: () => 1 }, 1), 0, rowsFrom(0, 101), Number.NaN);
    expect(() => processRecording(recording)).toThrow(expect.objectContaining({ code: 'recording_no_data' }));
  });

  it('never become NaN in a series, however odd the recording', () => {
    const time = fc.oneof(
      fc.double({ min: 0, max: 2 }),
      fc.constantFrom(0, 1e-300, 1, 1 + 2 ** -52, Number.NaN, 3),
    );
    const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, 1e308, -1e308, 180, -180));
    fc.assert(
      fc.property(fc.array(fc.tuple(time, value), { maxLength: 40 }), fc.boolean(), (rows, sorted) => {
        const seconds = rows.map(([t]) => t);
        if (sorted) seconds.sort((a, b) => a - b);
        const values = Float64Array.from(rows.map(([, v]) => v));
        const base = recordingOf({ knee_angle_r: () => 0 }, 0);
        const recording = {
          ...base,
          time: Float64Array.from(seconds),
          channels: [{ ...base.channels[0]!, values }],
        };
        try {
          const { angle, velocity, acceleration, provenance } = processRecording(recording);
          for (const array of [angle[0]!, velocity[0]!, acceleration[0]!])
            expect(array.every(Number.isFinite)).toBe(true);
          expect(Number.isFinite(provenance.sourceRate_hz)).toBe(true);
        } catch (error) {
          expect(error).toHaveProperty('name', 'RecordingError');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('notes', () => {
  it('name an assumed rate, an assumed unit and values that look like radians', () => {
    const recording = recordingOf({ knee_angle_r: (t) => t }, 4);
    const { flags } = processRecording({
      ...recording,
      assumedRate_hz: 30,
      unitSource: 'assumed',
    }).provenance;
    expect(flags).toEqual([
      'no time column: 30 Hz assumed',
      'unit of rotations not stated: degrees assumed',
      'no rotation exceeds 6.3: the file may be in radians',
    ]);
  });

  it('name dropped rows and gaps', () => {
    const recording = recordingOf(SQUAT, 4);
    const time = recording.time.map((t, i) => (i > 200 ? t + 1.5 : t));
    time[50] = Number.NaN;
    const { flags, droppedRows, interpolation } = processRecording({ ...recording, time }).provenance;
    expect(flags).toEqual([
      '1 row left out: time not a number or not growing',
      'gap of 1.51 s at 2.00 s bridged: all channels',
    ]);
    expect({ droppedRows, interpolation }).toEqual({ droppedRows: 1, interpolation: 'linear' });
  });

  it('name wraps and values no joint reaches', () => {
    const wrapping = (t: number) => ((90 * t + 180) % 360) - 180;
    const { flags, wrappedChannels } = processRecording(
      recordingOf({ arm_flex_r: wrapping, knee_angle_r: () => 300 }, 5),
    ).provenance;
    expect(flags).toEqual([
      'wraps at ±180° kept as recorded (1): arm_flex_r',
      expect.stringMatching(/^out of range: arm_flex_r reaches -18\d°/),
      'out of range: knee_angle_r reaches 300°, plausible are -170° to 170°',
      'constant throughout: knee_angle_r',
    ]);
    expect(wrappedChannels).toEqual(['arm_flex_r']);
  });

  it('name a marker once, and a translation of the pelvis by its coordinate', () => {
    const still = { LTH3_tx: () => 1, LTH3_ty: () => 1, LTH3_tz: () => 1, RTH3_tx: () => 2 };
    const pelvis = { pelvis_tx: () => 0, pelvis_ty: () => 1, pelvis_tz: () => 0 };
    expect(processRecording(recordingOf({ ...still, ...pelvis }, 2)).provenance.flags).toEqual([
      'constant throughout: LTH3, RTH3_tx, pelvis_tx, pelvis_ty, pelvis_tz',
    ]);
  });

  it('name a moment once, and the angles of a joint each', () => {
    const names = [
      'RHipMoment_x',
      'RHipMoment_y',
      'RHipMoment_z',
      'RHipAngles_x',
      'RHipAngles_y',
      'RHipAngles_z',
    ];
    const still = Object.fromEntries(names.map((name) => [name, () => 1]));
    expect(processRecording(recordingOf(still, 2)).provenance.flags).toEqual([
      'constant throughout: RHipMoment, RHipAngles_x, RHipAngles_y, RHipAngles_z',
    ]);
  });

  it('say once for how long values were held', () => {
    const recording = recordingOf({ M_tx: (t) => t, M_ty: (t) => t, M_tz: (t) => t, N_tx: (t) => t }, 2);
    const late = [0, 1, 2].reduce((r, i) => withValues(r, i, rowsFrom(0, 10), Number.NaN), recording);
    expect(processRecording(withValues(late, 3, rowsFrom(181, 201), Number.NaN)).provenance.flags).toEqual([
      'missing at the start or end, value held for up to 0.20 s: M, N_tx',
    ]);
  });

  it('name an angle that no joint reaches as that, not as out of range too', () => {
    const { flags, implausibleChannels } = processRecording(
      recordingOf({ knee_angle_r: (t) => 200 * t }, 5),
    ).provenance;
    expect(flags).toEqual([
      expect.stringMatching(/^implausible: reaches 1000°, more than two turns: knee_angle_r$/),
    ]);
    expect(implausibleChannels).toEqual(['knee_angle_r']);
  });

  it.skipIf(!hasReferenceData)('name the gap and the faulty leg of the IMU recording', () => {
    const { flags, wrappedChannels, interpolation } = processRecording(
      readReferenceRecording('ik/imu_fullbody_irregular.mot'),
    ).provenance;
    expect(flags).toContain('gap of 2.05 s at 0.00 s bridged: all channels');
    expect(wrappedChannels).toEqual(['hip_flexion_l', 'knee_angle_l']);
    expect(interpolation).toBe('linear');
  });
});

describe('the statistics of a window', () => {
  const angle = Float64Array.of(0, 4, 4, -2);
  const velocity = Float64Array.of(0, 3, -1, -5);
  const acceleration = Float64Array.of(7, -2, 6, -1);

  it('read the first of equal extremes, and acceleration along the motion', () => {
    expect(windowStatistics(angle, velocity, acceleration, 0, 3)).toEqual({
      min: -2,
      max: 4,
      range: 6,
      mean: 1.5,
      argMin: 3,
      argMax: 1,
      maxAbsVelocity: 5,
      maxVelocity: 3,
      minVelocity: -5,
      maxSignedAcceleration: 7,
      minSignedAcceleration: -2,
      maxAcceleration: 1,
      maxDeceleration: 6,
    });
  });

  it('of one sample are that sample', () => {
    expect(windowStatistics(angle, velocity, acceleration, 1, 1)).toMatchObject({
      min: 4,
      max: 4,
      range: 0,
      mean: 4,
      argMin: 1,
    });
  });
});
