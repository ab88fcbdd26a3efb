import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processRecording } from '../../src/motion/process.ts';
import { windowStatistics } from '../../src/motion/report/statistics.ts';
import { countTurns, turnsIn, unwrapped } from '../../src/motion/signal/unwrap.ts';
import { recordingOf } from './recordings.ts';
import { hasReferenceData, readReference, readReferenceRecording } from './reference-data.ts';

/** An arm that turns steadily by 90° a second, written between −180° and 180°. */
const turning = recordingOf({ arm_flex_r: (t) => ((90 * t + 180) % 360) - 180, knee_angle_r: () => 0 }, 10);

/** Eighths of a degree, so that sums and differences are exact. */
const eighths = (turns: number) => fc.integer({ min: -2880 * turns, max: 2880 * turns }).map((n) => n / 8);
const angles = fc
  .array(eighths(5), { minLength: 1, maxLength: 80 })
  .map((values) => Float64Array.from(values));

describe('an angle that is kept within one turn', () => {
  it('goes on where it was cut when turns are taken out', () => {
    const { angle, provenance } = processRecording(turning, { unwrap: true });
    expect(angle[0]!.at(-1)).toBeCloseTo(900, 1);
    expect(provenance).toMatchObject({ unwrapped: true, wrappedChannels: ['arm_flex_r'] });
    expect(provenance.flags).toContain('wraps at ±180° taken out (3): arm_flex_r');
    expect(provenance.flags).toContain(
      'implausible: reaches 900° once turns of 360° are taken out: arm_flex_r',
    );
  });

  it('stays as recorded otherwise, and is named', () => {
    const { angle, provenance } = processRecording(turning);
    expect(Math.max(...angle[0]!)).toBeLessThan(200);
    expect(provenance).toMatchObject({ unwrapped: false, wrappedChannels: ['arm_flex_r'] });
    expect(provenance.flags).toContain('wraps at ±180° kept as recorded (3): arm_flex_r');
  });

  it('is told from a fault by the size of its step', () => {
    expect(countTurns(Float64Array.of(170, -175, 170, -40, 0, 719))).toEqual({ wraps: 3, jumps: 1 });
    expect(unwrapped(Float64Array.of(170, -175, -170))).toEqual(Float64Array.of(170, 185, 190));
  });
});

describe('an angle without its turns', () => {
  it('makes no step beyond half a turn, and differs from the recorded one by whole turns', () => {
    fc.assert(
      fc.property(angles, (recorded) => {
        const found = unwrapped(recorded);
        expect(found[0]).toBe(recorded[0]);
        found.forEach((value, k) => {
          expect((value - recorded[k]!) % 360).toBeCloseTo(0, 12);
          if (k > 0) expect(Math.abs(value - found[k - 1]!)).toBeLessThanOrEqual(180);
        });
      }),
    );
  });

  it('is found again after a turn within ±180° was all that was kept', () => {
    const steps = fc.array(fc.integer({ min: -1439, max: 1439 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(steps, (lengths) => {
        let angle = 0;
        const whole = Float64Array.of(0, ...lengths);
        whole.forEach((eighths, k) => {
          angle += eighths / 8;
          whole[k] = angle;
        });
        expect(unwrapped(whole.map((value) => value - 360 * Math.round(value / 360)))).toEqual(whole);
      }),
    );
  });

  it('is left alone where it makes no turn, steps of exactly half a turn among them', () => {
    expect([...unwrapped(Float64Array.of(0, 180, 0, -180, 0))]).toEqual([0, 180, 0, -180, 0]);
    fc.assert(
      fc.property(angles, (recorded) => {
        const once = unwrapped(recorded);
        expect(unwrapped(once)).toEqual(once);
      }),
    );
  });

  it('is the same for either direction of a turn', () => {
    fc.assert(
      fc.property(eighths(4), (step) => {
        expect(turnsIn(-step)).toBe(0 - turnsIn(step));
      }),
    );
  });
});

describe.skipIf(!hasReferenceData)('columns of real recordings that wrap', () => {
  it('are unwrapped as an independent program does', () => {
    const reference = readReference('imu_fullbody_irregular') as unknown as {
      file: string;
      unwrap: Record<
        string,
        { unwrappedMax: number; unwrappedLast: number; linearSession: Record<string, number> }
      >;
    };
    const recording = readReferenceRecording(reference.file);
    const series = processRecording(recording, { unwrap: true, interpolation: 'linear' });
    const columns = Object.entries(reference.unwrap);
    expect(columns.length).toBeGreaterThan(0);
    for (const [name, expected] of columns) {
      const raw = unwrapped(recording.channels.find((channel) => channel.name === name)!.values);
      expect(raw.reduce((most, value) => Math.max(most, value), 0)).toBeCloseTo(expected.unwrappedMax, 9);
      expect(raw.at(-1)).toBeCloseTo(expected.unwrappedLast, 9);
      const at = series.names.indexOf(name);
      const { angle, velocity, acceleration } = series;
      const actual: Record<string, number> = {
        ...windowStatistics(angle[at]!, velocity[at]!, acceleration[at]!, 0, series.frames - 1),
      };
      for (const [key, value] of Object.entries(expected.linearSession)) {
        const scale = Math.max(Math.abs(value), 1);
        expect(Math.abs(actual[key]! - value) / scale, `${name} ${key}`).toBeLessThan(1e-3);
      }
    }
    // The solver turned the left leg round and round: a person has to be told.
    expect(series.provenance.flags).toContain(
      'implausible: reaches 818° once turns of 360° are taken out: hip_flexion_l',
    );
    expect(processRecording(recording).provenance.flags).toContain(
      'implausible: reaches 818° once turns of 360° are taken out: hip_flexion_l',
    );
  });
});
