import type { Command } from 'commander';
import type { KinebaseClient, SessionFilters } from '../sdk/index.ts';
import { underHeading } from './help.ts';
import { resolveAthlete, resolveExercise } from './resolve.ts';

/** Which sessions, as people say it: the same options for every command that is about many. */
export interface FilterFlags {
  athlete?: string[];
  exercise?: string;
  assessment?: string;
  name?: string;
  from?: string;
  to?: string;
  timeZone?: string;
}

/** Without `--from` and `--to` where a command means something else by them too, and says so itself. */
export function withFilters(command: Command, { times = true } = {}): Command {
  return underHeading(command, 'Which sessions:', (headed) => {
    headed
      .option(
        '--athlete <name>',
        'only of this athlete: name, id or ExternalID; may be repeated',
        (name: string, all: string[] = []) => [...all, name],
      )
      .option('--exercise <name>', 'only of this exercise')
      .option('--assessment <id>', 'only of this assessment, or singleExercise')
      .option('--name <name>', 'only with exactly this session name');
    if (times)
      headed
        .option('--from <date>', 'recorded at or after: date or time in ISO 8601')
        .option('--to <date>', 'recorded at or before; a date includes that day');
    headed.option('--time-zone <zone>', 'of bare dates, such as Europe/Berlin; UTC when absent');
  });
}

export const FILTER_FLAGS = [
  'athlete',
  'exercise',
  'assessment',
  'name',
  'from',
  'to',
  'timeZone',
] as const satisfies (keyof FilterFlags)[];

/** Names become ids. */
export async function readFilters(
  client: KinebaseClient,
  { athlete = [], exercise, assessment, name, from, to, timeZone }: FilterFlags,
): Promise<Omit<SessionFilters, 'order' | 'limit'>> {
  const athletes = await Promise.all(athlete.map((called) => resolveAthlete(client, called)));
  return {
    ...(athletes.length === 0 ? {} : { athleteID: athletes.map(({ ValorID }) => ValorID) }),
    ...(exercise === undefined
      ? {}
      : { exerciseID: (await resolveExercise(client, exercise))['Exercise ID'] }),
    ...(assessment === undefined ? {} : { assessmentID: assessment }),
    ...(name === undefined ? {} : { name }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}
