import type { Command } from 'commander';
import type { KinebaseClient, SessionPatch } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { UsageError } from './explain.ts';
import { refuseMixed } from './exportTable.ts';
import { out, outJson } from './print.ts';
import { type ProcessingFlags, processingOf, withProcessing } from './processingOptions.ts';
import { heading } from './report.ts';
import { resolveAthlete, resolveExercise } from './resolve.ts';

/** `kinebase session SESSION`: shows one session, or corrects it; exercise and processing compute its report again. `delete` removes it. */
export function define(command: Command): void {
  const described = withConnection(command.argument('<session>', 'Session ID'))
    .option('--exercise <name>', 'what it shows; its report is computed again')
    .option('--athlete <name>', 'whom it shows: name, id or ExternalID')
    .option('--assessment <id>', 'the assessment it belongs to; singleExercise: none')
    .option('--name <name>', 'its name')
    .option('--date <iso>', 'when it was recorded')
    .option('--default-processing', 'processed as if nothing had been chosen');
  withProcessing(described)
    .option('--json', 'the session as the server answers it')
    .addHelpText(
      'after',
      '\nProcessing options take the place of all that were chosen before, and the report is computed again.',
    )
    .action(run);
  withConnection(
    command
      .command('delete')
      .description('remove a session with its recording, series and reports')
      .configureHelp({ ...command.configureHelp(), showGlobalOptions: false })
      .argument('<session>', 'Session ID'),
  ).action(remove);
}

interface SessionFlags extends Connection, ProcessingFlags {
  exercise?: string;
  athlete?: string;
  assessment?: string;
  name?: string;
  date?: string;
  defaultProcessing?: true;
  json?: true;
}

async function run(id: string, options: SessionFlags): Promise<void> {
  const client = await connect(options);
  const changes = await changesOf(client, options);
  const session =
    Object.keys(changes).length === 0
      ? await client.sessions.get(id)
      : await client.sessions.patch(id, changes);
  if (options.json) return outJson(session);
  const exercise = await client.exercises.get(session['Exercise ID']);
  const { Provenance } = await client.reportData(session.s3Key);
  out(
    [
      ...(await heading(client, session)),
      `Exercise ${exercise['Exercise Name']}, report ${Provenance.ReportVersion}, session ${session['Session ID']}`,
    ].join('\n'),
  );
}

/** Options that `session` has too are taken by it: the connection is meant for both, a correction for no deletion. */
async function remove(id: string, _options: Connection, deletion: Command): Promise<void> {
  const given = deletion.optsWithGlobals<Connection & { debug?: true }>();
  const { debug: _, url, username, client, key, ...corrections } = given;
  refuseMixed(corrections, Object.keys(corrections), 'for a session that stays; delete takes none of it');
  await (await connect(given)).sessions.delete(id);
  out(`Removed ${id}`);
}

async function changesOf(client: KinebaseClient, options: SessionFlags): Promise<SessionPatch> {
  const { exercise, athlete, assessment, name, date, defaultProcessing } = options;
  const processing = processingOf(options);
  const processes = Object.keys(processing).length > 0;
  if (defaultProcessing && processes)
    throw new UsageError('give --default-processing or processing options, not both');
  return {
    ...(exercise === undefined
      ? {}
      : { 'Exercise ID': (await resolveExercise(client, exercise))['Exercise ID'] }),
    ...(athlete === undefined ? {} : { 'Athlete ID': (await resolveAthlete(client, athlete)).ValorID }),
    ...(assessment === undefined ? {} : { 'Assessment ID': assessment }),
    ...(name === undefined ? {} : { 'Session Name': name }),
    ...(date === undefined ? {} : { Date: date }),
    ...(processes ? { Processing: processing } : {}),
    ...(defaultProcessing ? { Processing: null } : {}),
  };
}
