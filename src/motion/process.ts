/** Recording → series at 60 Hz: clean, resample, filter, differentiate. The whole pipeline in the order it happens. */
import type { Recording, Unit, UnitSource } from './recording.ts';

/** Grows whenever the same recording would give other numbers; stored with every result. */
export const PIPELINE_VERSION = 1;

export interface ProcessOptions {
  /** Hz; default 60. */
  readonly rate_hz?: number;
  /** Cut-off of the low-pass in Hz; default 6; null leaves the filter out. */
  readonly cutOff_hz?: number | null;
  /** Default: cubic where the sampling is regular, else linear. */
  readonly interpolation?: 'cubic' | 'linear';
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
  readonly interpolation: 'cubic' | 'linear';
  /** Null where the filter was left out. */
  readonly filter: {
    readonly name: 'butterworth';
    readonly order: 2;
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
  readonly provenance: SeriesProvenance;
}

/** Throws RecordingError: `recording_no_data`, `recording_too_short`, `recording_too_long`. */
export function processRecording(_recording: Recording, _options: ProcessOptions = {}): Series {
  throw new Error('not written yet');
}
