import { DEFAULT_PROCESSING, type Processing } from '../contract/processing.ts';
import type { RecordSessionQuery } from '../contract/sessions.ts';
import type { ProcessOptions } from '../motion/process.ts';
import { ApiError } from './errors.ts';

/** How a recording is processed: from the request to what is stored of it and to what the pipeline reads. */

/** Largest cut-off that a body may name, Hz. */
const MOST_CUT_OFF_HZ = 500;

/** Processing as the parameters of POST /sessions say it; null when nothing differs from the default. */
export function processingOfQuery(query: RecordSessionQuery): Partial<Processing> | null {
  const { outputRate, cutOff, order, interpolation, maxGap, wraps } = query;
  return checkedProcessing(
    {
      ...(outputRate === undefined ? {} : { Rate: outputRate }),
      ...(cutOff === undefined ? {} : { CutOff: cutOffOf(cutOff) }),
      ...(order === undefined ? {} : { Order: order }),
      ...(interpolation === undefined ? {} : { Interpolation: interpolation }),
      ...(maxGap === undefined ? {} : { MaxGap: maxGap }),
      ...(wraps === undefined ? {} : { Wraps: wraps }),
    },
    { rate: 'outputRate', cutOff: 'cutOff', without: 'cutOff=off' },
  );
}

/** What differs from the default, in the contract's order; null when nothing does. Throws ApiError for what makes no filter. */
export function checkedProcessing(
  wanted: Partial<Processing> | null,
  names = { rate: 'Processing.Rate', cutOff: 'Processing.CutOff', without: 'CutOff null' },
): Partial<Processing> | null {
  const full = { ...DEFAULT_PROCESSING, ...wanted };
  if (full.CutOff !== null && full.CutOff >= full.Rate / 2) {
    throw new ApiError(
      'invalid_parameter',
      `${names.cutOff} ${full.CutOff} Hz must lie below half of ${names.rate}, ${full.Rate / 2} Hz: lower the one, raise the other, or leave the filter out with ${names.without}.`,
    );
  }
  const differing = (Object.keys(DEFAULT_PROCESSING) as (keyof Processing)[]).filter(
    (name) => full[name] !== DEFAULT_PROCESSING[name],
  );
  if (differing.length === 0) return null;
  return Object.fromEntries(differing.map((name) => [name, full[name]])) as Partial<Processing>;
}

/** Whether two sessions' series are made in the same way. */
export const sameProcessing = (one: Partial<Processing> | null, other: Partial<Processing> | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export function toProcessOptions(processing: Partial<Processing> | null): ProcessOptions {
  const { Rate, CutOff, Order, Interpolation, MaxGap, Wraps } = { ...DEFAULT_PROCESSING, ...processing };
  return {
    rate_hz: Rate,
    cutOff_hz: CutOff,
    order: Order,
    ...(Interpolation === 'auto' ? {} : { interpolation: Interpolation }),
    maxGap_s: MaxGap,
    unwrap: Wraps === 'unwrap',
  };
}

function cutOffOf(text: string): number | null {
  if (text === 'off') return null;
  const cutOff_hz = Number(text);
  if (/^\+?(\d+\.?\d*|\.\d+)$/.test(text.trim()) && cutOff_hz > 0 && cutOff_hz <= MOST_CUT_OFF_HZ)
    return cutOff_hz;
  throw new ApiError(
    'invalid_parameter',
    `Query parameter cutOff must be a frequency above 0 and up to ${MOST_CUT_OFF_HZ} Hz, or off, not ${JSON.stringify(text.slice(0, 40))}.`,
  );
}
