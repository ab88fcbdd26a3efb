import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type {
  KinebaseClient,
  LineFilters,
  SeriesChoice,
  SeriesDownload,
  SeriesFormat,
  TableFormat,
  TableName,
} from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { UsageError } from './explain.ts';
import { exportTable, refuseMixed, type TableFlags } from './exportTable.ts';
import { LINE_FLAGS, withLineFilters } from './lineFilters.ts';
import { note, out } from './print.ts';
import { findSession } from './report.ts';
import { saveFile } from './saveFile.ts';
import { FILTER_FLAGS, type FilterFlags, withFilters } from './sessionFilters.ts';

const SERIES_FORMATS = [
  'csv',
  'mot',
  'sto',
  'c3d',
  'parquet',
  'arrow',
  'json',
] as const satisfies SeriesFormat[];
const TABLE_FORMATS = ['csv', 'ndjson', 'parquet', 'arrow'] as const satisfies TableFormat[];
const FORMATS = [...new Set<SeriesFormat | TableFormat>([...SERIES_FORMATS, ...TABLE_FORMATS])];

/** `kinebase export [SESSION]`: the series of one session as a file, or all sessions, or the lines of their reports. */
export function define(command: Command): void {
  withConnection(
    command.argument('[session]', 'Session ID or s3Key; absent: everything that the filters let through'),
  )
    .addOption(
      new Option(
        '--of <what>',
        'without a session: sessions (when absent), or the lines of their reports; of one session: its lines',
      ).choices(['sessions', 'reports']),
    )
    .addOption(new Option('--format <format>', 'of the file').choices(FORMATS).default('csv'))
    .option('--channels <names>', 'of one session: only these series, such as knee_angle_r,knee_angle_r_vel')
    .option('--from <when>', 'of one session: seconds from its start; else: recorded at or after, ISO 8601')
    .option('--to <when>', 'up to here; a date includes that day');
  withLineFilters(withFilters(command, { times: false }))
    .option('--names', 'without a session: names of athlete, exercise and assessment behind their ids')
    .option(
      '-o, --output <file>',
      'name of the file; that of the recording or of the table when absent, - for standard output',
    )
    .option('--force', 'replace a file that is there')
    .action(run);
}

interface ExportOptions extends Connection, FilterFlags, LineFilters {
  of?: TableName;
  format: SeriesFormat | TableFormat;
  channels?: string;
  names?: true;
  output?: string;
  force?: true;
}

const ofMany = FILTER_FLAGS.filter((name) => name !== 'from' && name !== 'to');

async function run(wanted: string | undefined, options: ExportOptions): Promise<void> {
  const { of, format } = options;
  if (wanted === undefined) {
    refuseMixed({ ...options }, ['channels'], 'for the series of one session; name the session');
    if (of !== 'reports') refuseMixed({ ...options }, LINE_FLAGS, 'for lines of reports; add --of reports');
    if (!isTableFormat(format)) throw wrongFormat(format, 'tables', TABLE_FORMATS);
    return exportTable(await connect(options), { ...options, of: of ?? 'sessions', format } as TableFlags);
  }
  refuseMixed(
    { ...options },
    [...ofMany, ...LINE_FLAGS, 'names'],
    'for many sessions; leave the session out',
  );
  if (of === 'sessions') throw new UsageError('--of sessions is for many sessions; leave the session out');
  if (of === 'reports') refuseMixed({ ...options }, ['channels', 'from', 'to'], 'for series; leave --of out');
  const range =
    of === 'reports' ? {} : { from: readSeconds('from', options.from), to: readSeconds('to', options.to) };
  const client = await connect(options);
  const session = await findSession(client, wanted);
  const s3Key = session?.s3Key ?? wanted;
  const { fileName, bytes } =
    of === 'reports' ? await lines(client, s3Key, format) : await series(client, s3Key, options, range);
  if (options.output === '-') {
    process.stdout.write(bytes);
    return;
  }
  // A name from a server is a name, and never a path.
  const file = options.output ?? basename(fileName.replaceAll('\\', '/'));
  await saveFile(file, [bytes], { force: options.force === true });
  if (options.output === undefined) out(file);
  else note(`${bytes.length} bytes to ${file}`);
}

function lines(
  client: KinebaseClient,
  s3Key: string,
  format: ExportOptions['format'],
): Promise<SeriesDownload> {
  if (!isTableFormat(format)) throw wrongFormat(format, 'lines of reports', TABLE_FORMATS);
  return client.reportFile(s3Key, { format });
}

async function series(
  client: KinebaseClient,
  s3Key: string,
  { format, channels }: ExportOptions,
  range: Pick<SeriesChoice, 'from' | 'to'>,
): Promise<SeriesDownload> {
  if (format === 'ndjson') throw wrongFormat(format, 'series', SERIES_FORMATS);
  // The list is passed on as it was typed: names may hold commas, and the server knows the names.
  const choice: SeriesChoice = { channels: channels === undefined ? undefined : [channels], ...range };
  if (format !== 'json') return client.ikDataFile(s3Key, { ...choice, format });
  const data = await client.ikData(s3Key, choice);
  return { fileName: `${s3Key}.json`, bytes: new TextEncoder().encode(`${JSON.stringify(data)}\n`) };
}

const isTableFormat = (format: ExportOptions['format']): format is TableFormat =>
  (TABLE_FORMATS as readonly string[]).includes(format);

const wrongFormat = (format: string, what: string, formats: readonly string[]): UsageError =>
  new UsageError(`${what} are not written as ${format}; choose ${formats.join(', ')}`);

function readSeconds(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0 && Number.isFinite(seconds)))
    throw new UsageError(`--${name} must be a number of seconds, 0 or more, of the series of one session`);
  return seconds;
}
