/** What was read from a file, in the file's own units, before anything is computed from it. */

import type { Recording, Unit } from '../recording.ts';
import { keepRows } from '../series/clean.ts';
import { samplingOf } from '../signal/sampling.ts';

export interface Sample {
  /** Row, counted from 0. */
  readonly index: number;
  readonly value: number;
}

/** Statistics over the finite samples, in `sourceUnit`; null without any, or beyond the largest number. */
export interface ChannelInspection {
  readonly name: string;
  readonly unit: Unit;
  readonly sourceUnit: string;
  readonly valid: number;
  readonly missing: number;
  readonly first: Sample | null;
  readonly last: Sample | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly sum: number | null;
}

export interface RecordingInspection {
  readonly rows: number;
  /** First and last time as the file has them, s; null where no row has one. */
  readonly timeFirst_s: number | null;
  readonly timeLast_s: number | null;
  /** 1 / median time step, Hz; null with fewer than two rows whose time grows. */
  readonly rate_hz: number | null;
  readonly channels: readonly ChannelInspection[];
}

export function inspectRecording({ time, channels }: Recording): RecordingInspection {
  const kept = keepRows(time).time;
  return {
    rows: time.length,
    timeFirst_s: time.find(Number.isFinite) ?? null,
    timeLast_s: time.findLast(Number.isFinite) ?? null,
    rate_hz: kept.length < 2 ? null : finite(1 / samplingOf(kept).medianStep_s),
    channels: channels.map(inspectChannel),
  };
}

/** The sum is compensated (Neumaier, Z. angew. Math. Mech. 54, 1974), so that it does not depend on the number of rows. */
function inspectChannel({ name, unit, values, source }: Recording['channels'][number]): ChannelInspection {
  const scale = source?.scale ?? 1;
  let valid = 0;
  let first: Sample | null = null;
  let lastIndex = -1;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]! / scale;
    if (!Number.isFinite(value)) continue;
    valid += 1;
    first ??= { index, value };
    lastIndex = index;
    min = Math.min(min, value);
    max = Math.max(max, value);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  const last = lastIndex === -1 ? null : { index: lastIndex, value: values[lastIndex]! / scale };
  return {
    name,
    unit,
    sourceUnit: source?.unit ?? unit,
    valid,
    missing: values.length - valid,
    first,
    last,
    min: finite(min),
    max: finite(max),
    sum: valid === 0 ? null : finite(sum + lost),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
