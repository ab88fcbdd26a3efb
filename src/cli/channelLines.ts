import type { RecordingChannel, RecordingSummary } from '../sdk/index.ts';
import { type Column, tableLines } from './print.ts';

/** What a recording holds, for people: a line on the file, its channels in the file's own units, what the reader noticed. */
export function channelLines(summary: RecordingSummary): string[] {
  const { Rows, Rate, TimeFirst, TimeLast, Channels, Notes } = summary;
  const rate = Rate === null ? 'no rate' : `${Rate.toFixed(2)} Hz`;
  const span = TimeFirst === null ? 'no time' : `${figure(TimeFirst)} s to ${figure(TimeLast)} s`;
  return [
    `${summary.Format}, ${Rows} rows at ${rate}, ${span}, ${Channels.length} channels`,
    '',
    ...tableLines(COLUMNS, Channels),
    ...(Notes.length === 0 ? [] : ['', 'Notes', ...Notes.map((note) => `  ${note}`)]),
  ];
}

const COLUMNS: readonly Column<RecordingChannel>[] = [
  { head: 'channel', cell: ({ Name }) => Name },
  { head: 'unit', cell: ({ SourceUnit }) => SourceUnit },
  { head: 'valid', cell: ({ Valid }) => String(Valid), right: true },
  { head: 'missing', cell: ({ Missing }) => String(Missing), right: true },
  { head: 'first', cell: ({ First }) => figure(First?.Value), right: true },
  { head: 'last', cell: ({ Last }) => figure(Last?.Value), right: true },
  { head: 'min', cell: ({ Min }) => figure(Min), right: true },
  { head: 'max', cell: ({ Max }) => figure(Max), right: true },
  { head: 'sum', cell: ({ Sum }) => figure(Sum), right: true },
];

/** Nine significant digits: the precision of the series. */
function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Number(value.toPrecision(9)));
}
