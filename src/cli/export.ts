import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { KinebaseClient, SeriesChoice, SeriesDownload, SeriesFormat } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { UsageError } from './explain.ts';
import { note, out } from './print.ts';
import { findSession } from './report.ts';

const FORMATS = ['csv', 'mot', 'sto', 'c3d', 'parquet', 'arrow', 'json'] as const satisfies SeriesFormat[];

/** `kinebase export SESSION`: the series of one session as a file. */
export function define(command: Command): void {
  withConnection(command.argument('<session>', 'Session ID or s3Key'))
    .addOption(new Option('--format <format>', 'of the file').choices(FORMATS).default('csv'))
    .option('--channels <names>', 'only these series, such as knee_angle_r,knee_angle_r_vel')
    .option('--from <seconds>', 'from here on, counted from the start of the session', readSeconds)
    .option('--to <seconds>', 'up to here', readSeconds)
    .option(
      '-o, --output <file>',
      'name of the file; that of the recording when absent, - for standard output',
    )
    .option('--force', 'replace a file that is there')
    .action(run);
}

interface ExportOptions extends Connection {
  format: SeriesFormat;
  channels?: string;
  from?: number;
  to?: number;
  output?: string;
  force?: true;
}

async function run(wanted: string, options: ExportOptions): Promise<void> {
  const client = await connect(options);
  const session = await findSession(client, wanted);
  const { fileName, bytes } = await download(client, session?.s3Key ?? wanted, options);
  if (options.output === '-') {
    process.stdout.write(bytes);
    return;
  }
  // A name from a server is a name, and never a path.
  const file = options.output ?? basename(fileName.replaceAll('\\', '/'));
  await writeFile(file, bytes, { flag: options.force ? 'w' : 'wx' }).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${file} is there already; name another with --output, or replace it with --force`);
  });
  if (options.output === undefined) out(file);
  else note(`${bytes.length} bytes to ${file}`);
}

async function download(
  client: KinebaseClient,
  s3Key: string,
  { format, channels, from, to }: ExportOptions,
): Promise<SeriesDownload> {
  // The list is passed on as it was typed: names may hold commas, and the server knows the names.
  const choice: SeriesChoice = { channels: channels === undefined ? undefined : [channels], from, to };
  if (format !== 'json') return client.ikDataFile(s3Key, { ...choice, format });
  const series = await client.ikData(s3Key, choice);
  return { fileName: `${s3Key}.json`, bytes: new TextEncoder().encode(`${JSON.stringify(series)}\n`) };
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0 && Number.isFinite(seconds)))
    throw new InvalidArgumentError('It must be a number of seconds, 0 or more.');
  return seconds;
}
