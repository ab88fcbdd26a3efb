import { describe, expect, it } from 'vitest';
import type { ExerciseDefinition } from '../../src/motion/exercise.ts';
import { processRecording } from '../../src/motion/process.ts';
import { computeReport, type RepetitionTimes } from '../../src/motion/report.ts';
import { recordingOf, wave } from './recordings.ts';

const KNEE: ExerciseDefinition = {
  name: 'any',
  category: 'any',
  primaryChannel: 'knee_angle_r',
  polarity: 1,
  metrics: [
    {
      label: 'Knee Flex. (°)',
      side: 'R',
      channel: 'knee_angle_r',
      sign: 1,
      reads: 'angle',
      min: null,
      max: null,
    },
  ],
  kneeFlexion: 'as recorded',
};

type Angle = (t: number) => number;
const reportOf = (
  channels: Record<string, Angle>,
  seconds: number,
  exercise = KNEE,
  repetitions?: RepetitionTimes[],
) =>
  computeReport(
    processRecording(recordingOf(channels, seconds)),
    exercise,
    repetitions === undefined ? {} : { repetitions },
  );
const flagsOf = (knee: Angle, seconds: number) => reportOf({ knee_angle_r: knee }, seconds).provenance.flags;
const countOf = (knee: Angle, seconds: number) =>
  reportOf({ knee_angle_r: knee }, seconds).repetitions.length;

/** Repetitions of 2 s that begin at these seconds, rest between. */
const squatsAt =
  (...starts_s: number[]): Angle =>
  (t) => {
    const start_s = starts_s.findLast((start) => start <= t);
    return start_s === undefined || t > start_s + 2 ? 0 : wave(80, 2)(t - start_s);
  };

describe('bouts with pauses', () => {
  it('keep every repetition, and name a pause that is long', () => {
    const squats = squatsAt(0.5, 2.5, 4.5, 12.5, 14.5);
    const { repetitions, provenance } = reportOf({ knee_angle_r: squats }, 17);
    expect(repetitions.map(({ peak_s }) => peak_s)).toEqual([1.5, 3.5, 5.5, 13.5, 15.5]);
    expect(provenance.flags).toEqual(['pause of 6.6 s between repetitions 3 and 4']);
  });

  it('share a pause at its lowest sample, the first of equals', () => {
    const { repetitions } = reportOf({ knee_angle_r: squatsAt(0.5, 8.5) }, 11);
    expect(repetitions[0]!.end_s).toBe(repetitions[1]!.start_s);
    const sagging = (t: number) => squatsAt(0.5, 8.5)(t) - (t > 2.5 && t < 8.5 ? 2 - Math.abs(t - 6) / 2 : 0);
    expect(reportOf({ knee_angle_r: sagging }, 11).repetitions[0]!.end_s).toBeCloseTo(6, 1);
  });

  it('are quiet about a slow but steady rhythm, and about a short stop', () => {
    expect(flagsOf(wave(80, 8), 32)).toEqual([]);
    expect(flagsOf(squatsAt(0.5, 5, 9.5), 12)).toEqual([]);
  });

  it('sum up many pauses', () => {
    const flags = flagsOf(squatsAt(...Array.from({ length: 9 }, (_, i) => 0.5 + 10 * i)), 84);
    expect(flags.length).toBe(6);
    expect(flags[5]).toBe('3 more pauses');
  });
});

describe('a repetition that the recording cuts', () => {
  it('at its beginning is not counted when its rise was not seen', () => {
    const late: Angle = (t) => wave(80, 2)(t + 1.2);
    expect(countOf(late, 6.8)).toBe(3);
    expect(flagsOf(late, 6.8)).toEqual(['the recording begins inside a repetition: not counted']);
  });

  it('at its beginning is counted when enough of its rise was seen', () => {
    const late: Angle = (t) => wave(80, 2)(t + 0.5);
    expect(countOf(late, 5.5)).toBe(3);
    expect(flagsOf(late, 5.5)).toEqual([
      'the recording begins inside a repetition: counted from the first sample on',
    ]);
  });

  it('at its end is counted when its rise and enough of its fall were seen', () => {
    expect(countOf(wave(80, 2), 4.8)).toBe(2);
    expect(flagsOf(wave(80, 2), 4.8)).toEqual(['the recording ends inside a repetition: not counted']);
    expect(countOf(wave(80, 2), 5.5)).toBe(3);
    expect(flagsOf(wave(80, 2), 5.5)).toEqual([
      'the recording ends inside a repetition: counted to the last sample',
    ]);
    expect(flagsOf(wave(80, 2), 6)).toEqual([]);
  });

  it('is none where it begins or ends at rest, between the two directions of a movement', () => {
    const arc = (t: number) => (t < 1 || t > 7 ? 0 : -70 * Math.sin((2 * Math.PI * (t - 1)) / 3));
    expect(countOf(arc, 8)).toBe(2);
    expect(flagsOf(arc, 8).filter((flag) => flag.includes('inside a repetition'))).toEqual([]);
  });

  it('and that is the only one leaves none', () => {
    expect(countOf((t) => 20 * t, 4)).toBe(0);
    expect(flagsOf((t) => 20 * t, 4)).toEqual(['the recording ends inside a repetition: not counted']);
    expect(flagsOf((t) => 80 - 20 * t, 4)).toEqual(['the recording begins inside a repetition: not counted']);
  });
});

describe('a primary channel that says little', () => {
  it('is named when it does not move', () => {
    expect(flagsOf(() => 30, 4)).toEqual([
      'constant throughout: knee_angle_r',
      'knee_angle_r does not move: no repetition',
    ]);
    expect(countOf(() => 30, 4)).toBe(0);
  });

  it('is named when it moves too little', () => {
    expect(flagsOf(wave(8, 2), 6)).toEqual([
      expect.stringMatching(/^knee_angle_r moves by [78]\.\d° only: no repetition$/),
    ]);
  });

  it('is not named when one repetition was found', () => {
    expect(countOf(wave(80, 2), 2)).toBe(1);
    expect(flagsOf(wave(80, 2), 2)).toEqual([]);
  });
});

describe('one side and the other', () => {
  it('share the repetitions of the primary side', () => {
    const both = { knee_angle_r: wave(80, 2), knee_angle_l: (t: number) => wave(80, 2)(t + 1) };
    const { repetitions, provenance } = reportOf(both, 6);
    expect(repetitions.map(({ peak_s }) => peak_s)).toEqual([1, 3, 5]);
    expect(provenance.flags).toEqual([]);
  });

  it('are named when the other moves clearly more', () => {
    const flags = (left: number, right: number) =>
      reportOf({ knee_angle_r: wave(right, 2), knee_angle_l: wave(left, 2) }, 6).provenance.flags;
    expect(flags(90, 30)).toEqual([
      expect.stringMatching(/^knee_angle_l moves more \(\d+°\) than knee_angle_r \(\d+°\), /),
    ]);
    expect(flags(42, 30)).toEqual([]);
    expect(flags(30, 90)).toEqual([]);
  });

  it('are found behind path labels too', () => {
    const path = (side: string) => `/jointset/walker_knee_${side}/knee_angle_${side}/value`;
    const { flags } = reportOf({ [path('r')]: wave(30, 2), [path('l')]: wave(90, 2) }, 6).provenance;
    expect(flags).toEqual([expect.stringContaining(`${path('l')} moves more`)]);
  });
});

describe('repetitions that a person set', () => {
  const squats = { knee_angle_r: wave(80, 2) };
  const peaksOf = (
    repetitions: RepetitionTimes[],
    channels: Record<string, Angle> = squats,
    exercise = KNEE,
  ) => reportOf(channels, 6, exercise, repetitions).repetitions.map(({ peak_s }) => peak_s);
  const refused = (...repetitions: RepetitionTimes[]) => {
    try {
      reportOf(squats, 6, KNEE, repetitions);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      return (error as Error).message;
    }
    return expect.fail('was not refused');
  };

  it('lie at the nearest samples', () => {
    expect(reportOf(squats, 6, KNEE, [{ start_s: 0.009, peak_s: 1.0199, end_s: 2.001 }]).repetitions).toEqual(
      [{ start_s: 1 / 60, peak_s: 61 / 60, end_s: 2, source: 'edited' }],
    );
  });

  it('have their peak where the primary channel is highest, in its direction', () => {
    expect(peaksOf([{ start_s: 0.2, end_s: 1.9 }])).toEqual([1]);
    expect(peaksOf([{ start_s: 0.2, end_s: 0.5 }])).toEqual([0.5]);
    expect(peaksOf([{ start_s: 1, end_s: 3 }], squats, { ...KNEE, polarity: -1 })).toEqual([2]);
  });

  it('have their peak in the middle without a primary channel', () => {
    expect(
      peaksOf([{ start_s: 1, end_s: 2 }], { pelvis_ty: (t) => t }, { ...KNEE, primaryChannel: null }),
    ).toEqual([1.5]);
  });

  it('raise no notes on what was or was not found', () => {
    expect(reportOf({ knee_angle_r: () => 30 }, 4, KNEE, []).provenance.flags).toEqual([
      'constant throughout: knee_angle_r',
    ]);
  });

  it('that cannot be are refused, with what to change', () => {
    expect(refused({ start_s: -1, end_s: 2 })).toBe('repetition 1 starts at -1 s, before the recording');
    expect(refused({ start_s: 0, end_s: 2 }, { start_s: 1.5, end_s: 3 })).toBe(
      'repetition 2 starts at 1.5 s, before the previous one ends at 2 s',
    );
    expect(refused({ start_s: 7, end_s: 8 })).toBe(
      'repetition 1 starts at 7 s; the recording ends at 6.000 s',
    );
    expect(refused({ start_s: 2, end_s: 2 })).toBe('repetition 1 ends at 2 s, not after its start at 2 s');
    expect(refused({ start_s: 2, peak_s: 4, end_s: 3 })).toBe(
      'repetition 1 has its peak at 4 s, outside 2 s to 3 s',
    );
    expect(refused({ start_s: Number.NaN, end_s: 3 })).toBe('repetition 1 holds a time that is not a number');
  });
});

describe('a recording without what the exercise reads', () => {
  it('has an empty report that says so', () => {
    const { metrics, summary, provenance } = reportOf({ hip_flexion_r: wave(80, 2) }, 6);
    expect(metrics).toEqual([]);
    expect(summary).toMatchObject({ areas: {}, asymmetry: {} });
    expect(provenance.flags[0]).toBe("none of the exercise's channels is in the recording: no metric");
    expect(provenance.missingChannels).toEqual(['knee_angle_r']);
  });

  it('or without any angle, is flagged', () => {
    const { metrics, repetitions, provenance } = reportOf({ pelvis_tx: (t) => t }, 6, {
      ...KNEE,
      primaryChannel: null,
      metrics: null,
    });
    expect([metrics, repetitions]).toEqual([[], []]);
    expect(provenance.flags).toEqual(['no angle in the recording: no repetition']);
  });
});
