import type { Session } from '../contract/sessions.ts';
import { MOST_REPEATED, type PlainColumn, plainParquet } from '../tables/plainParquet.ts';
import type { TableColumn } from '../tables/table.ts';
import { tableWriter } from '../tables/writer.ts';
import type { SeriesColumns } from './seriesColumns.ts';

/** The series of a session as tables. */

const SESSION_ID = 'session_id';
const TIME = 'time_s';

/** A column for each series under its own name, and the session's id, so that many files read together can be told apart. */
export function wideParquet(session: Session, { time, names, values }: SeriesColumns): Uint8Array[] {
  const own = ownNames(names);
  const id = session['Session ID'];
  return plainParquet(
    time.length,
    [
      { name: own(SESSION_ID), kind: 'runs', runs: [{ text: id, rows: time.length }] },
      { name: own(TIME), kind: 'numbers', values: time },
      ...names.map((name, place): PlainColumn => ({ name, kind: 'numbers', values: values[place]! })),
    ],
    { sessionID: id },
  );
}

export function wideCsv({ time, names, values }: SeriesColumns): Uint8Array[] {
  const writer = tableWriter('csv', [
    { name: ownNames(names)(TIME), type: 'double', nullable: false },
    ...names.map((name): TableColumn => ({ name, type: 'double', nullable: true })),
  ]);
  return [...writer.write({ rows: time.length, columns: [time, ...values] }), ...writer.end()];
}

/** A series that is called like a column of ours keeps its name. */
function ownNames(names: readonly string[]): (name: string) => string {
  const taken = new Set(names);
  return (name) => (taken.has(name) ? `kinebase_${name}` : name);
}

/** A row for each frame and channel, as in `seriesLongTable`: every frame of the first channel, then of the next. */
export function longParquet(session: Session, { time, names, values }: SeriesColumns): Uint8Array[] {
  const channels = channelNames(names);
  const frames = time.length;
  const rows = frames * channels.length;
  const id = session['Session ID'];
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const stacked = (ending: string): Float64Array => {
    const column = new Float64Array(rows);
    channels.forEach((channel, at) => {
      const place = placeOf.get(channel + ending);
      if (place === undefined) column.fill(Number.NaN, at * frames, (at + 1) * frames);
      else column.set(values[place]!, at * frames);
    });
    return column;
  };
  return plainParquet(
    rows,
    [
      { name: SESSION_ID, kind: 'runs', runs: [{ text: id, rows }] },
      timesOf(time, channels.length),
      { name: 'channel', kind: 'runs', runs: channels.map((text) => ({ text, rows: frames })) },
      { name: 'value', kind: 'numbers', values: stacked('') },
      { name: 'velocity', kind: 'numbers', values: stacked('_vel') },
      { name: 'acceleration', kind: 'numbers', values: stacked('_acc') },
    ],
    { sessionID: id },
  );
}

function timesOf(time: Float64Array, times: number): PlainColumn {
  if (time.length <= MOST_REPEATED) return { name: TIME, kind: 'repeated', values: time };
  const values = new Float64Array(time.length * times);
  for (let at = 0; at < times; at++) values.set(time, at * time.length);
  return { name: TIME, kind: 'numbers', values };
}

/** Names that are not the velocity or the acceleration of another. */
export function channelNames(names: readonly string[]): string[] {
  const all = new Set(names);
  return names.filter((name) => {
    const base = /_(?:vel|acc)$/.test(name) ? name.slice(0, -4) : undefined;
    return base === undefined || !all.has(base);
  });
}
