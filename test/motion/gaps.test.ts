import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ProcessOptions, processRecording, type Series } from '../../src/motion/process.ts';
import type { Recording } from '../../src/motion/recording.ts';
import { coverageOf } from '../../src/motion/series/gaps.ts';
import type { FrameSpan } from '../../src/motion/series/span.ts';
import { recordingOf, wave } from './recordings.ts';

/** The knee of 12 s of squats at 100 Hz, and a hip beside it that misses nothing. */
const whole = recordingOf({ knee_angle_r: wave(90, 2), hip_flexion_r: wave(60, 2) }, 12);

/** The knee without its rows `from` up to, not including, `to`. */
function withoutRows(recording: Recording, from: number, to: number): Recording {
  const [knee, ...others] = recording.channels;
  const values = knee!.values.slice().fill(Number.NaN, from, to);
  return { ...recording, channels: [{ ...knee!, values }, ...others] };
}

function part(recording: Recording, from: number, to: number): Recording {
  return {
    ...recording,
    time: recording.time.slice(from, to),
    channels: recording.channels.map((channel) => ({ ...channel, values: channel.values.slice(from, to) })),
  };
}

const excludedOf = ({ excluded }: Series): readonly FrameSpan[] => excluded[0]!;

describe('a gap', () => {
  it('is bridged up to the limit and excluded beyond it', () => {
    // Rows 301 to 599 missing: 3.00 s from sample to sample; one row more: 3.01 s.
    const bridged = processRecording(withoutRows(whole, 301, 600));
    expect(excludedOf(bridged)).toEqual([]);
    expect(bridged.provenance.flags).toEqual(['gap of 3.00 s at 3.00 s bridged: knee_angle_r']);
    const excluded = processRecording(withoutRows(whole, 301, 601));
    expect(excludedOf(excluded)).toEqual([{ first: 181, last: 360 }]);
    expect(excluded.provenance.flags).toEqual(['gap of 3.01 s at 3.00 s excluded: knee_angle_r']);
    expect(excluded.provenance.excludedSegments).toEqual([
      { channel: 'knee_angle_r', start_s: 181 / 60, end_s: 6 },
    ]);
  });

  it('has the limit that is asked for', () => {
    const recording = withoutRows(whole, 301, 331);
    const at = (maxGap_s: number) => excludedOf(processRecording(recording, { maxGap_s })).length;
    expect([0.3, 0.31, 0.5].map(at)).toEqual([1, 0, 0]);
  });

  it('does not include the steps of a regular recording, however small the limit', () => {
    expect(excludedOf(processRecording(whole, { maxGap_s: 0 }))).toEqual([]);
  });

  it('of all channels is one note, and leaves every channel out', () => {
    const time = whole.time.map((t, i) => (i > 600 ? t + 10 : t));
    const { excluded, provenance } = processRecording({ ...whole, time });
    expect(excluded).toEqual([[{ first: 361, last: 960 }], [{ first: 361, last: 960 }]]);
    expect(provenance.flags).toEqual(['gap of 10.01 s at 6.00 s excluded: all channels']);
    expect(provenance.interpolation).toBe('cubic');
  });

  it('leaves the other channels as they are', () => {
    const { angle, excluded } = processRecording(withoutRows(whole, 301, 700));
    expect(angle[1]).toEqual(processRecording(whole).angle[1]);
    expect(excluded[1]).toEqual([]);
  });
});

describe('the parts beside an excluded gap', () => {
  it('are computed as recordings of their own', () => {
    const series = processRecording(withoutRows(whole, 301, 800));
    const before = processRecording(part(whole, 0, 301));
    const after = processRecording(part(whole, 800, 1201));
    for (const what of ['angle', 'velocity', 'acceleration'] as const) {
      expect(series[what][0]!.slice(0, 181)).toEqual(before[what][0]);
      series[what][0]!.slice(480).forEach((value, k) => {
        expect(value).toBeCloseTo(after[what][0]![k]!, 6);
      });
    }
  });

  it('are joined by a straight line whose rate is its slope', () => {
    const { angle, velocity, acceleration } = processRecording(withoutRows(whole, 301, 800));
    const [knee, speed, change] = [angle[0]!, velocity[0]!, acceleration[0]!];
    const slope = (knee[480]! - knee[180]!) / 300;
    for (let k = 181; k < 480; k += 1) {
      expect(knee[k]).toBeCloseTo(knee[180]! + slope * (k - 180), 9);
      expect(speed[k]).toBeCloseTo(slope * 60, 9);
      expect(change[k]).toBe(0);
    }
  });

  it('are left out too where they are too short to filter', () => {
    const recording = withoutRows(withoutRows(whole, 301, 650), 660, 1000);
    const series = processRecording(recording);
    expect(excludedOf(series)).toEqual([{ first: 181, last: 599 }]);
    expect(series.provenance.flags).toEqual([
      'gap of 3.50 s at 3.00 s excluded: knee_angle_r',
      'gap of 3.41 s at 6.59 s excluded: knee_angle_r',
      'stretch of 0.09 s at 6.50 s between gaps too short to filter, excluded: knee_angle_r',
    ]);
  });
});

describe('a channel that begins late or ends early', () => {
  it('is held for a quarter of a second, with a note', () => {
    const { angle, provenance } = processRecording(withoutRows(whole, 0, 25));
    expect(angle[0]![0]).toBeCloseTo(whole.channels[0]!.values[25]!, 0);
    expect(provenance.flags).toEqual([
      'missing at the start or end, value held for up to 0.25 s: knee_angle_r',
    ]);
  });

  it('is never held for longer than gaps are bridged', () => {
    const at = (maxGap_s: number) =>
      excludedOf(processRecording(withoutRows(whole, 0, 20), { maxGap_s })).length;
    expect([0.1, 0.2, 3].map(at)).toEqual([1, 0, 0]);
  });

  it('is excluded where it misses more, however long the gaps that are bridged', () => {
    const { excluded, provenance } = processRecording(withoutRows(whole, 0, 30));
    expect(excluded[0]).toEqual([{ first: 0, last: 17 }]);
    expect(provenance.flags).toEqual([
      'missing at the start or end and excluded for up to 0.30 s: knee_angle_r',
    ]);
    const late = processRecording(withoutRows(whole, 0, 500));
    expect(excludedOf(late)).toEqual([{ first: 0, last: 299 }]);
    expect(late.angle[0]!.slice(0, 300)).toEqual(new Float64Array(300).fill(late.angle[0]![300]!));
    expect(late.velocity[0]!.slice(0, 300)).toEqual(new Float64Array(300));
    const early = processRecording(withoutRows(whole, 700, 1201));
    expect(excludedOf(early)).toEqual([{ first: 420, last: 720 }]);
    expect(early.angle[0]![720]).toBe(early.angle[0]![419]);
  });

  it('is left out when nothing of it can be used, and a recording of nothing else is refused', () => {
    const almostNothing = withoutRows(withoutRows(whole, 0, 600), 605, 1201);
    const { names, provenance } = processRecording(almostNothing);
    expect(names).toEqual(['hip_flexion_r']);
    expect(provenance.emptyChannels).toEqual(['knee_angle_r']);
    const alone = { ...almostNothing, channels: almostNothing.channels.slice(0, 1) };
    expect(() => processRecording(alone)).toThrow(
      'no channel has 10 frames in a row between gaps of more than 3 s',
    );
  });
});

describe('options', () => {
  it('name a filter that the recording is too short for', () => {
    const short = part(whole, 0, 40);
    const process = (options: ProcessOptions) => () => processRecording(short, options);
    expect(process({ order: 2 })).not.toThrow();
    expect(process({ order: 8 })).toThrow(expect.objectContaining({ code: 'recording_too_short' }));
    expect(process({ order: 8 })).toThrow('use a lower order');
  });

  it('choose among four interpolations that agree on a smooth movement', () => {
    const all = (['cubic', 'natural', 'monotone', 'linear'] as const).map((interpolation) =>
      processRecording(whole, { interpolation }),
    );
    expect(all.map(({ provenance }) => provenance.interpolation)).toEqual([
      'cubic',
      'natural',
      'monotone',
      'linear',
    ]);
    for (const { angle } of all)
      angle[0]!.forEach((value, k) => {
        expect(Math.abs(value - all[0]!.angle[0]![k]!)).toBeLessThan(0.05);
      });
  });
});

describe('coverage', () => {
  const rule = { start_s: 0, rate_hz: 60, medianStep_s: 0.01, minFrames: 10 };

  it('covers every frame once, by a segment or by an excluded span', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 4000 }),
        (lengths_ms, before_ms, after_ms, maxGap_ms) => {
          let at_ms = before_ms;
          const time = Float64Array.from(lengths_ms, (length_ms) => {
            at_ms += length_ms;
            return at_ms / 1000;
          });
          const end_s = (at_ms + after_ms) / 1000;
          const maxGap_s = maxGap_ms / 1000;
          const frames = Math.floor(end_s * 60 + 1e-6) + 1;
          const { segments, excluded } = coverageOf(time, { ...rule, end_s, frames, maxGap_s });
          const owners = new Uint8Array(frames);
          for (const { first, last } of [...segments, ...excluded]) {
            expect(first).toBeLessThanOrEqual(last);
            for (let k = first; k <= last; k += 1) owners[k]! += 1;
          }
          expect(owners.every((count) => count === 1)).toBe(true);
          for (const { from, to, first, last } of segments) {
            expect(last - first + 1).toBeGreaterThanOrEqual(10);
            for (let i = from + 1; i < to; i += 1)
              expect(time[i]! - time[i - 1]!).toBeLessThanOrEqual(Math.max(maxGap_s, 0.015) + 2e-9);
          }
        },
      ),
    );
  });
});
