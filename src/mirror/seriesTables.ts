import type { Session } from '../contract/sessions.ts';
import { seriesLongTable } from '../tables/series.ts';
import type { TableBatch, TableColumn } from '../tables/table.ts';
import { tableWriter } from '../tables/writer.ts';
import type { SeriesColumns } from './formats.ts';

/** The series of a session as tables. */

const SESSION_ID: TableColumn = {
  name: 'session_id',
  type: 'string',
  nullable: false,
  description: 'Equals session_id of sessions',
};
const TIME: TableColumn = {
  name: 'time_s',
  type: 'double',
  nullable: false,
  unit: 's',
  description: "From the session's start",
};

/** A column for each series under its own name, and the session's id, so that many files read together can be told apart. */
export function wideParquet(session: Session, { time, names, values }: SeriesColumns): Uint8Array[] {
  const columns = wideColumns([SESSION_ID, TIME], names);
  const writer = tableWriter('parquet', columns, { sessionID: session['Session ID'] });
  const ids = new Array<string>(time.length).fill(session['Session ID']);
  return [...writer.write({ rows: time.length, columns: [ids, time, ...values] }), ...writer.end()];
}

export function wideCsv({ time, names, values }: SeriesColumns): Uint8Array[] {
  const writer = tableWriter('csv', wideColumns([TIME], names));
  return [...writer.write({ rows: time.length, columns: [time, ...values] }), ...writer.end()];
}

/** A series that is called like one of ours keeps its name. */
function wideColumns(ours: readonly TableColumn[], names: readonly string[]): TableColumn[] {
  const taken = new Set(names);
  return [
    ...ours.map((column) =>
      taken.has(column.name) ? { ...column, name: `kinebase_${column.name}` } : column,
    ),
    ...names.map((name): TableColumn => ({ name, type: 'double', nullable: true })),
  ];
}

/** A row for each frame and channel: every frame of the first channel, then of the next. */
export function longParquet(session: Session, series: SeriesColumns): Uint8Array[] {
  const writer = tableWriter('parquet', seriesLongTable.columns, { sessionID: session['Session ID'] });
  return [...writer.write(longRows(session['Session ID'], series)), ...writer.end()];
}

function longRows(sessionId: string, { time, names, values }: SeriesColumns): TableBatch {
  const channels = channelNames(names);
  const frames = time.length;
  const rows = frames * channels.length;
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const texts: string[] = new Array(rows);
  const times = new Float64Array(rows);
  const [value, velocity, acceleration] = ['', '_vel', '_acc'].map((ending) => {
    const column = new Float64Array(rows).fill(Number.NaN);
    channels.forEach((channel, at) => {
      const place = placeOf.get(channel + ending);
      if (place !== undefined) column.set(values[place]!, at * frames);
    });
    return column;
  });
  channels.forEach((channel, at) => {
    texts.fill(channel, at * frames, (at + 1) * frames);
    times.set(time, at * frames);
  });
  return {
    rows,
    columns: [new Array<string>(rows).fill(sessionId), times, texts, value!, velocity!, acceleration!],
  };
}

/** Names that are not the velocity or the acceleration of another. */
export function channelNames(names: readonly string[]): string[] {
  const all = new Set(names);
  return names.filter((name) => {
    const [, base] = /^(.*)_(?:vel|acc)$/s.exec(name) ?? [];
    return base === undefined || !all.has(base);
  });
}
