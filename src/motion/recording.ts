/** The one in-memory shape of a recording: a time axis and named columns. Everything in `motion` reads or returns it. */

/**
 * What a column measures. Rotations are always degrees once read (radians never leave the readers); `m` is a translation
 * or a marker coordinate in metres. Anything else (forces, moments, activations) stays as it is, under the unit that the
 * file states; `''` where it states none.
 */
export type Unit = 'deg' | 'm' | (string & Record<never, never>);

/** One column: its name exactly as the recording writes it, and one value per row (NaN where missing). */
export interface Channel {
  readonly name: string;
  readonly unit: Unit;
  readonly values: Float64Array;
  /** Unit in the file, and what its values were multiplied by to be in `unit`. Absent: the same unit, 1. */
  readonly source?: { readonly unit: string; readonly scale: number };
}

/**
 * Where the unit of the rotations was found: `assumed` when the file does not say, `format` when files of its kind hold no
 * rotations, or none but degrees.
 */
export type UnitSource = 'inDegrees' | 'header text' | 'format' | 'assumed';

export type RecordingFormat = 'mot' | 'sto' | 'csv' | 'trc' | 'c3d' | 'json';

export interface Recording {
  /** Seconds as written in the file, one per row; may start anywhere, repeat or jitter. NaN where unreadable. */
  readonly time: Float64Array;
  readonly channels: readonly Channel[];
  /** Format the bytes turned out to be in. */
  readonly format: RecordingFormat;
  /** True when the file itself was in degrees. */
  readonly inDegrees: boolean;
  readonly unitSource: UnitSource;
  /** Sampling rate in Hz that was assumed because the file has no time column; null when it has one. */
  readonly assumedRate_hz: number | null;
  /** What the header states, as it states it; it may be wrong. */
  readonly header: Readonly<Record<string, string | number | readonly string[]>>;
  /** What the reader noticed, in plain words: a row count that is wrong, a part of the file that is not read. */
  readonly notes: readonly string[];
}

/** The coordinate a label names: the last part but one of a path such as `/jointset/knee/knee_angle_r/value`, else the label. */
export function coordinateOf(label: string): string {
  if (!label.includes('/')) return label;
  const parts = label.split('/');
  return parts.length >= 2 ? parts[parts.length - 2]! : label;
}
