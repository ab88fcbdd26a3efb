import { stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { Athlete, KinebaseClient, RecordingMeta } from '../sdk/index.ts';
import { isKinebaseError } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { messageOf, UsageError } from './explain.ts';
import { importFile } from './importFile.ts';
import { importFromServer, refuseFiles, type SourceOptions, withSource } from './importFrom.ts';
import { note, out } from './print.ts';
import { type ProcessingFlags, uploadProcessing, withProcessing } from './processingOptions.ts';
import { openProgress } from './progress.ts';
import { readRate } from './readRate.ts';
import { findAthlete, nameOf, resolveExercise, unknownAthlete } from './resolve.ts';
import { unapplied } from './unapplied.ts';

/** `kinebase import FILE…`: records sessions from files, or with --from from another server. Repeated, it changes nothing. */
export function define(command: Command): void {
  const files = command.argument(
    '[file...]',
    'recordings: .mot, .sto, .csv, .trc, .c3d or .json, plain or .gz',
  );
  withProcessing(withConnection(files))
    .option('--athlete <name>', 'whom they show: "First Last", id or ExternalID')
    .option('--create-athlete', 'add the athlete when there is none of that name')
    .option('--exercise <name>', 'what they show; absent: every known joint is reported')
    .option('--date <iso>', 'when they were recorded; now when absent')
    .option('--assessment <id>', 'the assessment they belong to')
    .option('--session-name <name>', "absent: the exercise's name, or the file's")
    .addOption(new Option('--kind <kind>', 'kind of session').choices(['exercise', 'assessment', 'free']))
    .option('--rate <hz>', 'sampling rate of files without a time column', readRate);
  withSource(command)
    .addHelpText('after', HELP)
    .action(async (files: string[], options: ImportOptions & SourceOptions) => {
      if (options.from !== undefined) {
        refuseFiles(files, command);
        return importFromServer(options);
      }
      if (files.length === 0) throw new UsageError('name a file, or another server with --from');
      if (options.athlete === undefined) throw new UsageError('say whom the files show with --athlete');
      return run(files, { ...options, athlete: options.athlete });
    });
}

const HELP = `
With --from, everything that an account of another server of the sessions API sees is imported under its own ids: athletes,
exercises, assessments, sessions and recordings. --url and the like are the server that is filled. Run it again to follow
what was added and changed; an import that was killed is finished by the next. Ends with 1 when anything failed.`;

/** An import of many files outlives a restart of the server. */
const PATIENCE = 6;

interface ImportOptions extends Connection, ProcessingFlags {
  athlete?: string;
  createAthlete?: true;
  exercise?: string;
  date?: string;
  assessment?: string;
  sessionName?: string;
  kind?: 'exercise' | 'assessment' | 'free';
  rate?: number;
}

type FilesOptions = ImportOptions & { athlete: string };

async function run(files: readonly string[], options: FilesOptions): Promise<void> {
  const client = await connect(options, PATIENCE);
  const exercise =
    options.exercise === undefined ? undefined : await resolveExercise(client, options.exercise);
  if (options.date !== undefined && Number.isNaN(Date.parse(options.date)))
    throw new UsageError(`--date must be ISO 8601, such as 2026-05-04T09:30:00Z, not ${options.date}`);
  const athlete = await athleteFor(client, options, files);
  const { date, assessment, sessionName, kind, rate } = options;
  const meta: RecordingMeta = {
    athleteID: athlete.ValorID,
    ...(exercise === undefined ? {} : { exerciseID: exercise['Exercise ID'] }),
    ...(date === undefined ? {} : { date }),
    ...(assessment === undefined ? {} : { assessmentID: assessment }),
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(kind === undefined ? {} : { kind }),
    ...(rate === undefined ? {} : { rate }),
    ...uploadProcessing(options),
  };
  const progress = await openProgress(files.length);
  const count = { recorded: 0, 'already there': 0, failed: 0 };
  for (const [index, file] of files.entries()) {
    const line = progress.begin(file, index);
    try {
      const { session, outcome } = await importFile(client, file, meta, line.advance);
      count[outcome]++;
      const there = outcome === 'already there';
      const kept = there ? ', left as it was recorded' : '';
      const differing = there ? await unapplied(client, session, meta) : '';
      line.done(
        `${outcome}${kept}: ${session['Session Name']}, ${session.Duration.toFixed(1)} s, session ${session['Session ID']}${differing}`,
      );
    } catch (error) {
      count.failed++;
      line.failed(messageOf(error));
      const left = files.length - index - 1;
      if (left > 0 && concernsAll(error)) {
        note(`That would meet the other ${left} too: not sent`);
        count.failed += left;
        break;
      }
    }
  }
  out(
    `${nameOf(athlete)}: ${Object.entries(count)
      .filter(([what, many]) => many > 0 || what === 'recorded')
      .map(([what, many]) => `${many} ${what}`)
      .join(', ')}`,
  );
  if (count.failed > 0) process.exitCode = 1;
}

async function athleteFor(
  client: KinebaseClient,
  { athlete: called, createAthlete }: FilesOptions,
  files: readonly string[],
): Promise<Athlete> {
  const athletes = await client.athletes.list().all();
  const found = findAthlete(athletes, called);
  if (found !== null) return found;
  if (!createAthlete) throw unknownAthlete(athletes, called, '; --create-athlete adds one');
  const words = called.trim().split(/\s+/);
  if (words[0] === '') throw new UsageError('--athlete is empty');
  // Nobody is added for a name of a file that was mistyped.
  const there = await Promise.all(
    files.map((file) =>
      stat(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (!there.includes(true)) throw new UsageError(`there is no file ${files.join(', nor ')}`);
  // The last word is the family name: whoever knows better corrects it, and finds the athlete by the same full name.
  const created = await client.athletes.create({
    FirstName: words.slice(0, -1).join(' '),
    LastName: words.at(-1)!,
  });
  note(`Added athlete ${nameOf(created)} (${created.ValorID})`);
  return created;
}

/** Faults of the way to the server or of the account, rather than of one file. */
function concernsAll(error: unknown): boolean {
  return (
    isKinebaseError(error) &&
    (error.status === 0 ||
      error.status === 401 ||
      error.status === 403 ||
      error.code === 'NotAuthorizedException')
  );
}
