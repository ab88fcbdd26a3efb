import type { IkData } from '../contract/series.ts';
import { type NumberColumns, readArrowNumbers } from '../tables/readArrow.ts';
import type { Gaps } from './gaps.ts';
import { RecordError } from './records.ts';

/** The series of a session as columns of as many frames; NaN where a value is missing. */
export interface SeriesColumns {
  /** Seconds from the session's start. */
  time: Float64Array;
  names: string[];
  values: Float64Array[];
}

export function columnsOfWire(series: IkData, gaps: Gaps): SeriesColumns {
  const names = Object.keys(series).filter((name) => name !== 'time');
  const values = names.map((name) => {
    const column = columnOf(series[name]!);
    for (const [first, end] of gaps.get(name) ?? []) column.fill(Number.NaN, first, end);
    return column;
  });
  return { time: columnOf(series.time), names, values };
}

/** What Kinebase answers with `format=arrow`: the same numbers, missing where the wire has a straight line. Throws RecordError. */
export function columnsOfArrow(bytes: Uint8Array): SeriesColumns {
  const { names, columns } = numbersOf(bytes);
  const [time, ...values] = columns;
  if (names[0] !== 'time' || time === undefined) throw new RecordError('the series have no time');
  if (time.length === 0) throw new RecordError('the series have no frames');
  return { time, names: names.slice(1), values };
}

function numbersOf(bytes: Uint8Array): NumberColumns {
  try {
    return readArrowNumbers(bytes);
  } catch (error) {
    throw new RecordError(`the series are no table: ${(error as Error).message}`, { cause: error });
  }
}

function columnOf(values: ArrayLike<number | null>): Float64Array {
  const column = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) column[at] = values[at] ?? Number.NaN;
  return column;
}
