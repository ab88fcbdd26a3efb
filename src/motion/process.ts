/** Recording → series at 60 Hz: clean, resample, filter, differentiate. The whole pipeline in the order it happens. */
import { butterworth } from './butterworth.ts';
import { keepRows, keepValues } from './clean.ts';
import { derivative } from './derivative.ts';
import { RecordingError } from './errors.ts';
import { countJumps, firstFlags, gapFlags, jumpFlag, rangeFlag, sourceFlags } from './flags.ts';
import { builtInDictionary, type Dictionary } from './joints.ts';
import { lowpass } from './lowpass.ts';
import type { Recording, Unit, UnitSource } from './recording.ts';
import { gridOf, type InterpolationName, interpolationThrough } from './resample.ts';
import { type Gap, samplingOf } from './sampling.ts';
import { unitFlag } from './unit-flags.ts';

/** Grows whenever the same recording would give other numbers; stored with every result. */
export const PIPELINE_VERSION = 1;

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

/** Frames without usable samples, both ends included. */
export interface FrameSpan {
  readonly first: number;
  readonly last: number;
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
  /** Channel → values that were not numbers in the kept rows, bridged by the interpolation. Channels without any are not listed. */
  readonly missingValues: Readonly<Record<string, number>>;
  /** Channels without a single number; they are not in the series. */
  readonly emptyChannels: readonly string[];
  /** Channels with two samples in a row more than 180° apart: wraps at ±180° or faults. */
  readonly wrappedChannels: readonly string[];
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
  /** Per second. */
  readonly velocity: readonly Float64Array[];
  /** Per second squared. */
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
 * those are held. Interpolation is cubic where the channel's samples are regular (largest step at most 1.5 × the median
 * step), linear otherwise. A channel without any number is left out and named in the provenance.
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
  const sampling = samplingOf(kept.time);
  const interpolation = options.interpolation ?? (sampling.regular ? 'cubic' : 'linear');
  const throughAll = interpolationThrough(interpolation, kept.time, instants);

  const names: string[] = [];
  const units: Unit[] = [];
  const angle: Float64Array[] = [];
  const missing: [string, number][] = [];
  const emptyChannels: string[] = [];
  const wrappedChannels: string[] = [];
  const flags = [
    ...sourceFlags(recording, kept.droppedRows),
    ...gapFlags(sampling.gaps, kept.time[0]!, 'all channels'),
  ];

  for (const { name, unit, values } of recording.channels) {
    const own = keepValues(kept, values);
    if (own.values.length === 0) {
      emptyChannels.push(name);
      continue;
    }
    let interpolate = throughAll;
    if (own.missing > 0) {
      missing.push([name, own.missing]);
      const ownSampling = samplingOf(own.time);
      flags.push(...gapFlags(withoutGaps(ownSampling.gaps, sampling.gaps), kept.time[0]!, name));
      const ownName = options.interpolation ?? (ownSampling.regular ? 'cubic' : 'linear');
      interpolate = interpolationThrough(ownName, own.time, instants);
    }
    const resampled = interpolate(own.values);
    const filtered = sections === null ? resampled : lowpass(resampled, sections);
    const jumps = unit === 'deg' ? countJumps(own.values) : 0;
    if (jumps > 0) {
      flags.push(jumpFlag(name, jumps));
      wrappedChannels.push(name);
    }
    const outOfRange = unitFlag(dictionary, name, unit) ?? rangeFlag(dictionary, name, filtered);
    if (outOfRange !== undefined) flags.push(outOfRange);
    names.push(name);
    units.push(unit);
    angle.push(filtered);
  }
  if (names.length === 0) throw new RecordingError('recording_no_data', 'no channel holds a number');
  if (emptyChannels.length > 0) flags.push(`no number in, left out: ${emptyChannels.join(', ')}`);

  const velocity = angle.map((values) => derivative(values, rate_hz));
  const acceleration = velocity.map((values) => derivative(values, rate_hz));
  const provenance: SeriesProvenance = {
    pipelineVersion: PIPELINE_VERSION,
    sourceFormat: recording.format,
    sourceRows: recording.time.length,
    sourceRate_hz: 1 / sampling.medianStep_s,
    sourceStart_s: kept.time[0]!,
    inDegrees: recording.inDegrees,
    unitSource: recording.unitSource,
    interpolation,
    filter: cutOff_hz === null ? null : { name: 'butterworth', order, cutOff_hz, zeroLag: true },
    rate_hz,
    frames: instants.length,
    droppedRows: kept.droppedRows,
    // From entries, because a channel may have any name, `__proto__` too.
    missingValues: Object.fromEntries(missing),
    emptyChannels,
    wrappedChannels,
    unwrapped: unwrap,
    maxGap_s,
    excludedSegments: [],
    flags: firstFlags(flags),
  };
  const excluded = names.map(() => []);
  return {
    rate_hz,
    frames: instants.length,
    names,
    units,
    angle,
    velocity,
    acceleration,
    excluded,
    dictionary,
    provenance,
  };
}

/** The channel's gaps that not all channels share. */
function withoutGaps(gaps: readonly Gap[], shared: readonly Gap[]): Gap[] {
  return gaps.filter(
    (gap) => !shared.some((other) => other.start_s === gap.start_s && other.length_s === gap.length_s),
  );
}
