import type { FrameSpan } from './series/span.ts';
/** Recording → series at 60 Hz: clean, resample, filter, differentiate. The whole pipeline in the order it happens. */

import { counted } from './counted.ts';
import { RecordingError } from './errors.ts';
import { builtInDictionary, type Dictionary } from './joints.ts';
import type { Recording, Unit, UnitSource } from './recording.ts';
import { createChannelNotes, implausibleNote, listedChannels, turnNotes } from './series/channel-notes.ts';
import { keepRows, keepValues } from './series/clean.ts';
import { constantFlags, firstFlags, rangeFlag, sourceFlags } from './series/flags.ts';
import { noteOwnGaps, noteSharedGaps } from './series/gap-notes.ts';
import type { GapRule } from './series/gaps.ts';
import { onDemand } from './series/on-demand.ts';
import { planThrough } from './series/plan.ts';
import { pointNames } from './series/point-names.ts';
import { accelerationOf, type Parts, velocityOf } from './series/rates.ts';
import { smooth } from './series/smooth.ts';
import { unitFlag } from './series/unit-flags.ts';
import { butterworth } from './signal/butterworth.ts';
import { paddingOf } from './signal/lowpass.ts';
import { gridOf, type InterpolationName, MIN_FRAMES } from './signal/resample.ts';
import { samplingOf } from './signal/sampling.ts';
import { countTurns, type Turns, unwrapped } from './signal/unwrap.ts';

/** Grows whenever the same recording would give other numbers; stored with every result. */
export const PIPELINE_VERSION = 3;

const SERIES_RATE_HZ = 60;
const CUT_OFF_HZ = 6;
const MAX_GAP_S = 3;

export interface ProcessOptions {
  /** Hz; default 60. */
  readonly rate_hz?: number;
  /** Cut-off of the low-pass in Hz; default 6; null leaves the filter out. */
  readonly cutOff_hz?: number | null;
  /** Order of the low-pass for one of its two passes; default 2. */
  readonly order?: number;
  /** Default: cubic where the sampling is regular, else linear. */
  readonly interpolation?: InterpolationName;
  /** Longest gap that is bridged, s; default 3. Longer ones are excluded. */
  readonly maxGap_s?: number;
  /** Take out turns of 360° between samples; default false. */
  readonly unwrap?: boolean;
  /** What names mean; default the built-in dictionary. */
  readonly dictionary?: Dictionary;
}

/** What was done to the recording, so that every number of the series can be traced. */
export interface SeriesProvenance {
  readonly pipelineVersion: number;
  readonly sourceFormat: Recording['format'];
  /** Rows of the file, and 1 / median time step of the rows kept, Hz. */
  readonly sourceRows: number;
  readonly sourceRate_hz: number;
  /** Time of the first kept row as the file writes it, s; the series calls it 0. */
  readonly sourceStart_s: number;
  readonly inDegrees: boolean;
  readonly unitSource: UnitSource;
  readonly interpolation: InterpolationName;
  /** Null where the filter was left out. */
  readonly filter: {
    readonly name: 'butterworth';
    readonly order: number;
    readonly cutOff_hz: number;
    readonly zeroLag: true;
  } | null;
  readonly rate_hz: number;
  readonly frames: number;
  /** Rows whose time was not a number or did not grow, left out for every channel. */
  readonly droppedRows: number;
  /** Channel → values that were not numbers in the kept rows, bridged by the interpolation. Channels without any are not listedChannels. */
  readonly missingValues: Readonly<Record<string, number>>;
  /** Channels without a single number; they are not in the series. */
  readonly emptyChannels: readonly string[];
  /** Channels with two samples in a row more than 180° apart: wraps at ±180° or faults. */
  readonly wrappedChannels: readonly string[];
  /** Channels that hold one value throughout. */
  readonly constantChannels: readonly string[];
  /** Angles that go where no joint can, or faster. */
  readonly implausibleChannels: readonly string[];
  /** Whether turns of 360° between samples were taken out. */
  readonly unwrapped: boolean;
  /** Longest gap that was bridged, s. */
  readonly maxGap_s: number;
  /** Stretches too long to bridge, s from the start of the series. */
  readonly excludedSegments: readonly { channel: string; start_s: number; end_s: number }[];
  /** Plain notes: assumed rate, assumed unit, gaps bridged, wraps found. */
  readonly flags: readonly string[];
}

/** One recording on a regular time grid. Arrays are parallel to `names`; each holds `frames` values, none of them NaN. */
export interface Series {
  readonly rate_hz: number;
  readonly frames: number;
  /** Names exactly as the recording writes them. */
  readonly names: readonly string[];
  readonly units: readonly Unit[];
  /** Filtered value: degrees, or metres where the unit is m. */
  readonly angle: readonly Float64Array[];
  /** Per second. Computed whenever a member is read, so that a long recording fits into memory: read each once. */
  readonly velocity: readonly Float64Array[];
  /** Per second squared. Computed whenever a member is read. */
  readonly acceleration: readonly Float64Array[];
  /**
   * Per channel the frames that lie in gaps too long to bridge, in order. Arrays hold a straight line there, so that they
   * are numbers throughout; no statistic may read them.
   */
  readonly excluded: readonly (readonly FrameSpan[])[];
  readonly dictionary: Dictionary;
  readonly provenance: SeriesProvenance;
}

/**
 * Per channel: values that are not numbers are left out of its interpolation, and outside its own first and last value
 * those are held for up to 0.25 s. Longer ends, and gaps longer than `maxGap_s`, are excluded (see gaps). Interpolation is
 * cubic where the samples of a segment are regular (largest step at most 1.5 × the median step), linear otherwise. A
 * channel of which nothing can be used is left out and named in the provenance.
 *
 * Throws RecordingError: `recording_no_data`, `recording_too_short`, `recording_too_long`; RangeError for options that
 * make no filter.
 */
export function processRecording(recording: Recording, options: ProcessOptions = {}): Series {
  const {
    rate_hz = SERIES_RATE_HZ,
    cutOff_hz = CUT_OFF_HZ,
    maxGap_s = MAX_GAP_S,
    unwrap = false,
    order = 2,
  } = options;
  const { dictionary = builtInDictionary } = options;
  if (!(rate_hz > 0 && rate_hz <= 1000))
    throw new RangeError(`rate_hz must lie between 0 and 1000, not ${rate_hz}`);
  const sections = cutOff_hz === null ? null : butterworth(cutOff_hz, rate_hz, order);
  const kept = keepRows(recording.time);
  const instants = gridOf(kept.time, rate_hz, recording.channels.length);
  const frames = instants.length;
  const minFrames = Math.max(MIN_FRAMES, sections === null ? 0 : paddingOf(sections) + 1);
  if (frames < minFrames) {
    throw new RecordingError(
      'recording_too_short',
      `${counted(frames, 'frame')} at ${rate_hz} Hz; a filter of order ${order} needs at least ${minFrames}: use a lower order`,
    );
  }
  const sampling = samplingOf(kept.time);
  const start_s = kept.time[0]!;
  const rule: GapRule = {
    start_s,
    end_s: kept.time[kept.time.length - 1]!,
    rate_hz,
    frames,
    medianStep_s: sampling.medianStep_s,
    maxGap_s,
    minFrames,
  };
  const planOf = (time: Float64Array) => planThrough(time, instants, rule, options.interpolation);
  const planOfAll = planOf(kept.time);

  const names: string[] = [];
  const units: Unit[] = [];
  const angle: Float64Array[] = [];
  const parts: Parts[] = [];
  const excluded: (readonly FrameSpan[])[] = [];
  const excludedSegments: { channel: string; start_s: number; end_s: number }[] = [];
  const missing: [string, number][] = [];
  const emptyChannels: string[] = [];
  const wrappedChannels: string[] = [];
  const unitAndRange: string[] = [];
  const constantChannels: string[] = [];
  const implausibleChannels: string[] = [];
  const notes = createChannelNotes(dictionary);
  noteSharedGaps(notes, planOfAll, start_s);

  for (const { name, unit, values } of recording.channels) {
    const own = keepValues(kept, values);
    if (own.missing > 0) missing.push([name, own.missing]);
    if (own.values.length === 0) {
      emptyChannels.push(name);
      continue;
    }
    const plan = own.missing > 0 ? planOf(own.time) : planOfAll;
    if (plan !== planOfAll) noteOwnGaps(notes, name, plan, planOfAll, start_s);
    if (plan.coverage.segments.length === 0) {
      emptyChannels.push(name);
      continue;
    }
    const isAngle = unit === 'deg' && !name.endsWith('/speed');
    const turns = isAngle ? countTurns(own.values) : NO_TURNS;
    for (const note of turnNotes(turns, unwrap)) notes.add(note, name);
    const stepping = turns.wraps + turns.jumps > 0;
    if (stepping) wrappedChannels.push(name);
    const continuous = stepping ? unwrapped(own.values) : own.values;
    const smoothed = smooth(unwrap ? continuous : own.values, { ...plan, sections, frames });
    if (isConstant(own.values)) constantChannels.push(name);
    const implausible =
      isAngle && boundedByJoint(dictionary, name)
        ? implausibleNote(
            own.values,
            continuous,
            stepping && !unwrap ? null : velocityOf(smoothed, plan.coverage, rate_hz),
          )
        : undefined;
    if (implausible !== undefined) {
      notes.add(implausible, name);
      implausibleChannels.push(name);
    }
    const outOfRange =
      unitFlag(dictionary, name, unit) ??
      (implausible === undefined ? rangeFlag(dictionary, name, smoothed) : undefined);
    if (outOfRange !== undefined) unitAndRange.push(outOfRange);
    for (const { first, last } of plan.coverage.excluded.slice(0, MAX_EXCLUDED_LISTED))
      excludedSegments.push({ channel: name, start_s: first / rate_hz, end_s: last / rate_hz });
    names.push(name);
    units.push(unit);
    angle.push(smoothed);
    parts.push(plan.coverage);
    excluded.push(plan.coverage.excluded);
  }
  if (names.length === 0)
    throw nothingLeft(
      recording.channels.some(({ values }) => keepValues(kept, values).values.length > 0),
      rule,
    );
  const flags = [
    ...sourceFlags(recording, kept.droppedRows),
    ...notes.flags(),
    ...unitAndRange,
    ...constantFlags(pointNames(constantChannels, dictionary)),
    ...(excludedSegments.length > MAX_EXCLUDED_LISTED
      ? [`excluded segments: only the first ${MAX_EXCLUDED_LISTED} are listedChannels`]
      : []),
    ...(emptyChannels.length > 0
      ? [`nothing usable in, left out: ${listedChannels(pointNames(emptyChannels, dictionary))}`]
      : []),
  ];

  const provenance: SeriesProvenance = {
    pipelineVersion: PIPELINE_VERSION,
    sourceFormat: recording.format,
    sourceRows: recording.time.length,
    sourceRate_hz: 1 / sampling.medianStep_s,
    sourceStart_s: kept.time[0]!,
    inDegrees: recording.inDegrees,
    unitSource: recording.unitSource,
    interpolation: planOfAll.interpolation,
    filter: cutOff_hz === null ? null : { name: 'butterworth', order, cutOff_hz, zeroLag: true },
    rate_hz,
    frames,
    droppedRows: kept.droppedRows,
    // From entries, because a channel may have any name, `__proto__` too.
    missingValues: Object.fromEntries(missing),
    emptyChannels,
    wrappedChannels,
    constantChannels,
    implausibleChannels,
    unwrapped: unwrap,
    maxGap_s,
    excludedSegments: excludedSegments.slice(0, MAX_EXCLUDED_LISTED),
    flags: firstFlags(flags),
  };
  const velocityAt = (i: number) => velocityOf(angle[i]!, parts[i]!, rate_hz);
  return {
    rate_hz,
    frames,
    names,
    units,
    angle,
    velocity: onDemand(names.length, velocityAt),
    acceleration: onDemand(names.length, (i) => accelerationOf(velocityAt(i), parts[i]!, rate_hz)),
    excluded,
    dictionary,
    provenance,
  };
}

/** A plausible range this wide is that of a heading, not of a joint. */
const WHOLE_TURNS_DEG = 720;

/** Segments listedChannels of one recording; a faulty file may have one for every other row. */
const MAX_EXCLUDED_LISTED = 1000;

const NO_TURNS: Turns = { wraps: 0, jumps: 0 };

/** The heading of the pelvis or trunk turns on and on; its range in the dictionary says so. */
function boundedByJoint(dictionary: Dictionary, name: string): boolean {
  const range = dictionary.find(name)?.range ?? null;
  return range === null || range[1] - range[0] < WHOLE_TURNS_DEG;
}

function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i += 1) if (values[i] !== values[0]) return false;
  return true;
}

function nothingLeft(gaps: boolean, { maxGap_s, minFrames }: GapRule): RecordingError {
  return new RecordingError(
    'recording_no_data',
    gaps
      ? `no channel has ${minFrames} frames in a row between gaps of more than ${maxGap_s} s: fill the gaps before, or have longer ones bridged`
      : 'no channel holds a number (beyond 1e12 they count as missing): export the recording with its values',
  );
}
