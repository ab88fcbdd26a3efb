import type { IkData } from '../contract/series.ts';
import type { TableBatch, TableColumn } from './table.ts';

/** Series of many sessions below each other: one row a frame and channel. */
export const seriesLongTable: { name: string; columns: readonly TableColumn[] } = {
  name: 'series',
  columns: [
    { name: 'session_id', type: 'string', nullable: false, description: 'Equals session_id of sessions' },
    {
      name: 'time_s',
      type: 'double',
      nullable: false,
      unit: 's',
      description: "From the session's start",
    },
    { name: 'channel', type: 'string', nullable: false, description: 'Name of the recorded channel' },
    {
      name: 'value',
      type: 'double',
      nullable: true,
      unit: 'deg, or m for a translation',
    },
    {
      name: 'velocity',
      type: 'double',
      nullable: true,
      unit: 'deg/s, or m/s for a translation',
    },
    {
      name: 'acceleration',
      type: 'double',
      nullable: true,
      unit: 'deg/s², or m/s² for a translation',
    },
  ],
};

/** Every frame of the first channel, then of the next. A velocity that a server does not send is missing. */
export function seriesLongRows(sessionId: string, series: IkData): TableBatch {
  const channels = channelsOf(series);
  const frames = series.time.length;
  const repeated = (read: (channel: string) => string) =>
    channels.flatMap((channel) => new Array<string>(frames).fill(read(channel)));
  const behind = (ending: string) =>
    channels.flatMap((channel) => valuesOf(series[channel + ending], frames));
  return {
    rows: frames * channels.length,
    columns: [
      repeated(() => sessionId),
      channels.flatMap(() => series.time),
      repeated((channel) => channel),
      behind(''),
      behind('_vel'),
      behind('_acc'),
    ],
  };
}

/** Names of the channels of a series: what is not time, and not the velocity or acceleration of another. */
export const channelsOf = (series: IkData): string[] =>
  Object.keys(series).filter((name) => {
    const [, base] = /^(.*)_(?:vel|acc)$/s.exec(name) ?? [];
    return name !== 'time' && !(base !== undefined && Object.hasOwn(series, base));
  });

const valuesOf = (values: readonly number[] | undefined, frames: number): (number | null)[] =>
  values === undefined ? new Array<null>(frames).fill(null) : [...values];

/** One session's series: `time_s`, and a column for each array, under its own name. */
export const seriesWideTable = (series: IkData): { name: string; columns: readonly TableColumn[] } => ({
  name: 'series',
  columns: [
    { name: 'time_s', type: 'double', nullable: false, unit: 's', description: "From the session's start" },
    ...Object.keys(series)
      .filter((name) => name !== 'time')
      .map((name): TableColumn => ({ name, type: 'double', nullable: true })),
  ],
});

export const seriesWideRows = ({ time, ...series }: IkData): TableBatch => ({
  rows: time.length,
  columns: [time, ...Object.values(series)],
});
