import { DEFAULT_PROCESSING, type Processing } from '../../contract/processing.ts';
import type { Provenance, RepetitionInput, Report } from '../../contract/reports.ts';
import type { RecordingMeta } from '../../sdk/index.ts';
import { sameRecord } from '../state.ts';

/** How a Kinebase made a report, read from the report. */
export interface Made {
  /** What differs from the default. */
  processing: Partial<Processing>;
  /** Set by a person; null: found. */
  repetitions: RepetitionInput[] | null;
  sourceSha256: string;
}

export function madeOf({ Provenance: from, Repetitions }: Report): Made {
  const { Interpolation, Filter, Rate, MaxGap, AngleRange } = from;
  const all: Processing = {
    Rate,
    CutOff: Filter === null ? null : Filter.CutOff,
    Order: Filter === null ? DEFAULT_PROCESSING.Order : Filter.Order,
    // What `auto` comes to for regular samples is not told from a choice.
    Interpolation: Interpolation === 'cubic' ? 'auto' : Interpolation,
    MaxGap,
    Wraps: AngleRange === 'unwrapped' ? 'unwrap' : 'keep',
  };
  const differing = Object.entries(all).filter(
    ([name, value]) => value !== DEFAULT_PROCESSING[name as keyof Processing],
  );
  return {
    processing: Object.fromEntries(differing) as Partial<Processing>,
    repetitions: wereSet(from, Repetitions)
      ? Repetitions.map(({ Start, Peak, End }) => ({ Start, Peak, End }))
      : null,
    sourceSha256: from.SourceSha256,
  };
}

/** Where a person said that there are none, none were looked for although there is something to look at. */
const wereSet = (from: Provenance, repetitions: Report['Repetitions']): boolean =>
  repetitions.length === 0
    ? from.ProminenceThreshold === null && from.PrimaryChannel !== null
    : repetitions.some(({ Source }) => Source === 'edited');

/** The same as parameters of an upload. */
export function uploadOf(report: Report): Partial<RecordingMeta> {
  const { processing, repetitions } = madeOf(report);
  const { Rate, CutOff, Order, Interpolation, MaxGap, Wraps } = processing;
  const assumed = report.Provenance.Flags.map((flag) => ASSUMED.exec(flag)?.[1]).find(Boolean);
  return {
    ...(Rate === undefined ? {} : { outputRate: Rate }),
    ...(CutOff === undefined ? {} : { cutOff: CutOff === null ? 'off' : String(CutOff) }),
    ...(Order === undefined ? {} : { order: Order }),
    ...(Interpolation === undefined ? {} : { interpolation: Interpolation }),
    ...(MaxGap === undefined ? {} : { maxGap: MaxGap }),
    ...(Wraps === undefined ? {} : { wraps: Wraps }),
    ...(assumed === undefined ? {} : { rate: Number(assumed) }),
    ...(repetitions === null ? {} : { repetitions: JSON.stringify(repetitions) }),
  };
}

/** The note that a report has of a file without times: motion/series/flags.ts. */
const ASSUMED = /^no time column: ([\d.]+) Hz assumed$/;

/** Processing that makes `ours` what `theirs` is; null: it is. */
export function processingChange(theirs: Report, ours: Report): Partial<Processing> | null {
  const wanted = madeOf(theirs).processing;
  const { Interpolation } = theirs.Provenance;
  const chosen = Interpolation !== ours.Provenance.Interpolation;
  if (!chosen && sameRecord(wanted, madeOf(ours).processing)) return null;
  return chosen ? { ...wanted, Interpolation } : wanted;
}
