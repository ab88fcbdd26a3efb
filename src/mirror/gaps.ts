import type { Provenance } from '../contract/reports.ts';
import type { IkData } from '../contract/series.ts';

/**
 * The wire has numbers only, and a straight line where a gap was too long to bridge. Files have missing values there: by
 * name of the series, the first frame of each gap and the one behind it.
 */
export type Gaps = ReadonlyMap<string, readonly (readonly [first: number, end: number])[]>;

/** A gap of a channel is one of its velocity and acceleration, too. */
export function namedGaps({ time }: IkData, segments: Provenance['ExcludedSegments']): Gaps {
  const gaps = new Map<string, [number, number][]>();
  for (const { Channel, Start, End } of segments) {
    const gap: [number, number] = [firstAt(time, Start - NEARLY_S), firstAt(time, End + NEARLY_S)];
    for (const ending of ['', '_vel', '_acc']) {
      const name = Channel + ending;
      gaps.set(name, [...(gaps.get(name) ?? []), gap]);
    }
  }
  return gaps;
}

/** Times have ten decimals. */
const NEARLY_S = 1e-6;

/** Place of the first time that is not before this one. */
function firstAt(time: readonly number[], wanted_s: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < wanted_s) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As the server's CSV file of the series shows them: fields with nothing in them. */
export function gapsInCsv(bytes: Uint8Array): Gaps {
  const text = new TextDecoder().decode(bytes);
  const { fields: names, end } = headOf(text);
  const gaps = names.map((): [number, number][] => []);
  const rows = text.slice(end).trimEnd().split('\n');
  rows.forEach((row, frame) => {
    row.split(',').forEach((field, column) => {
      if (field !== '') return;
      const last = gaps[column]!.at(-1);
      if (last?.[1] === frame) last[1] = frame + 1;
      else gaps[column]!.push([frame, frame + 1]);
    });
  });
  return new Map(names.map((name, column) => [name, gaps[column]!]));
}

/** Names may be quoted; numbers are not. */
function headOf(text: string): { fields: string[]; end: number } {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\n]*))([,\n])/y;
  for (;;) {
    const [, quoted, plain = '', after] = field.exec(text) ?? [];
    fields.push(quoted?.replaceAll('""', '"') ?? plain);
    if (after !== ',') return { fields, end: field.lastIndex };
  }
}
