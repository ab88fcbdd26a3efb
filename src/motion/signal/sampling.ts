/** What the steps of a time axis say: its rate, whether it is regular, and its gaps. */

/** Largest step, in median steps, up to which a sampling counts as regular. */
export const REGULAR_STEP = 1.5;

/** Smallest step, in median steps, down to which a cubic between uneven neighbours does not overshoot by multiples. */
const REGULAR_SHORT_STEP = 1e-6;

/** A step is a gap worth a note when it is irregular and longer than this, s. */
const GAP_S = 0.25;

export interface Gap {
  /** Last time before it, on the recording's own clock, and its length; s. */
  readonly start_s: number;
  readonly length_s: number;
}

export interface Sampling {
  /** Seconds; NaN with fewer than two samples. */
  readonly medianStep_s: number;
  readonly regular: boolean;
  readonly gaps: readonly Gap[];
}

/** `time`: seconds, strictly growing. A single sample is regular and has no gap. */
export function samplingOf(time: Float64Array): Sampling {
  const steps = new Float64Array(Math.max(0, time.length - 1));
  for (let i = 0; i < steps.length; i += 1) steps[i] = time[i + 1]! - time[i]!;
  const sorted = steps.slice().sort();
  const medianStep_s = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  if (steps.length === 0) return { medianStep_s: Number.NaN, regular: true, gaps: [] };
  const gaps: Gap[] = [];
  for (let i = 0; i < steps.length; i += 1) {
    const length_s = steps[i]!;
    if (length_s > REGULAR_STEP * medianStep_s && length_s > GAP_S)
      gaps.push({ start_s: time[i]!, length_s });
  }
  const regular =
    sorted[sorted.length - 1]! <= REGULAR_STEP * medianStep_s &&
    sorted[0]! >= REGULAR_SHORT_STEP * medianStep_s;
  return { medianStep_s, regular, gaps };
}
