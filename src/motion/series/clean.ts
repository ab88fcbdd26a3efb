/**
 * Rows and values that can be used. A row is kept if its time is finite and strictly greater than that of the last kept
 * row; of a channel, the finite values of the kept rows. Order never changes, nothing is repaired here.
 *
 * Source: pipeline step 2. Two additions keep every later number finite: time has to grow by more than rounding, and
 * magnitudes no body can have count as missing.
 */

/** Time steps below a nanosecond are rounding of the writer, not samples. */
const SMALLEST_STEP_S = 1e-9;

/** Degrees or metres; larger magnitudes are faults of the writer. */
const LARGEST_MAGNITUDE = 1e12;

export interface KeptRows {
  /** Indices into the recording, growing. */
  readonly rows: Int32Array;
  /** Seconds as in the file, strictly growing. */
  readonly time: Float64Array;
  readonly droppedRows: number;
}

export function keepRows(time: Float64Array): KeptRows {
  const rows = new Int32Array(time.length);
  const kept = new Float64Array(time.length);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < time.length; row += 1) {
    const t = time[row]!;
    if (!Number.isFinite(t) || !(t - last > SMALLEST_STEP_S)) continue;
    rows[count] = row;
    kept[count] = t;
    last = t;
    count += 1;
  }
  return { rows: rows.subarray(0, count), time: kept.subarray(0, count), droppedRows: time.length - count };
}

export interface KeptValues {
  /** The very array of KeptRows when no value is missing. */
  readonly time: Float64Array;
  /** The very array that was given where all of it is kept. */
  readonly values: Float64Array;
  readonly missing: number;
}

export function keepValues(kept: KeptRows, values: Float64Array): KeptValues {
  const { rows, time } = kept;
  if (rows.length === values.length && values.every(isUsable)) return { time, values, missing: 0 };
  const finite = new Float64Array(rows.length);
  let count = 0;
  while (count < rows.length && isUsable(values[rows[count]!]!)) {
    finite[count] = values[rows[count]!]!;
    count += 1;
  }
  if (count === rows.length) return { time, values: finite, missing: 0 };
  const times = time.slice();
  for (let i = count + 1; i < rows.length; i += 1) {
    const value = values[rows[i]!]!;
    if (!isUsable(value)) continue;
    finite[count] = value;
    times[count] = time[i]!;
    count += 1;
  }
  return { time: times.subarray(0, count), values: finite.subarray(0, count), missing: rows.length - count };
}

function isUsable(value: number): boolean {
  return value <= LARGEST_MAGNITUDE && value >= -LARGEST_MAGNITUDE;
}
