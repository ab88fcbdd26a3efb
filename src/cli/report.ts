import { type Command, InvalidArgumentError } from 'commander';
import { isKinebaseError, type KinebaseClient, type Session } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { out, outJson } from './print.ts';
import { reportLines } from './reportLines.ts';
import { nameOf } from './resolve.ts';

/** `kinebase report SESSION`: the range-of-motion report of one session. */
export function define(command: Command): void {
  withConnection(command.argument('<session>', 'Session ID or s3Key'))
    .option('--version <n>', 'an earlier report of the session; absent: the current one', readVersion)
    .option('--curves', 'add the time-normalised curves')
    .option('--json', 'the report as the server answers it')
    .action(run);
}

interface ReportFlags extends Connection {
  version?: number;
  curves?: true;
  json?: true;
}

async function run(wanted: string, options: ReportFlags): Promise<void> {
  const client = await connect(options);
  const session = await findSession(client, wanted);
  const report = await client.reportData(session?.s3Key ?? wanted, {
    version: options.version,
    curves: options.curves,
  });
  if (options.json) return outJson(report);
  const head = session === null ? [wanted] : await heading(client, session);
  out([...head, ...reportLines(report)].join('\n'));
}

function readVersion(text: string): number {
  const version = Number(text);
  if (!(Number.isSafeInteger(version) && version >= 1))
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return version;
}

/** Null when no session has that id: then it may be a key. Other servers of the contract know no single sessions at all. */
export async function findSession(client: KinebaseClient, wanted: string): Promise<Session | null> {
  try {
    return await client.sessions.get(wanted);
  } catch (error) {
    if (
      isKinebaseError(error) &&
      error.status >= 400 &&
      error.status < 500 &&
      error.status !== 401 &&
      error.status !== 429
    )
      return null;
    throw error;
  }
}

/** Name, athlete, time and length of a session. */
export async function heading(client: KinebaseClient, session: Session): Promise<string[]> {
  const athlete = await client.athletes.get(session['Athlete ID']);
  const at = `${session.Date.slice(0, 16).replace('T', ' ')} UTC`;
  return [session['Session Name'], `${nameOf(athlete)}, ${at}, ${session.Duration.toFixed(1)} s`];
}
