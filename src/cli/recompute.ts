import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { counted } from '../motion/counted.ts';
import type { KinebaseClient, Recomputation, RecomputationInput } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { UsageError } from './explain.ts';
import { note, out } from './print.ts';
import { openCount } from './progress.ts';
import { resolveExercise } from './resolve.ts';

/** `kinebase recompute`: reports computed again on the server, after an exercise or the pipeline has changed. */
export function define(command: Command): void {
  withConnection(command)
    .option('--exercise <name>', 'sessions of this exercise')
    .option('--session <id>', 'this session')
    .option('--outdated', 'sessions that an older pipeline computed, or whose recomputation failed')
    .option('--all', 'every session of the organization')
    .option('--no-wait', 'only queue them')
    .option('--status', 'only say how far it is')
    .action(run);
}

/** Waiting for many reports outlives a restart of the server. */
const PATIENCE = 6;

interface RecomputeOptions extends Connection {
  exercise?: string;
  session?: string;
  outdated?: true;
  all?: true;
  wait: boolean;
  status?: true;
}

async function run(options: RecomputeOptions): Promise<void> {
  const { exercise, session, outdated, all, status } = options;
  const nothing = exercise === undefined && session === undefined && !outdated && !all;
  if (nothing && !status)
    throw new UsageError('say what to compute again: --exercise, --session, --outdated or --all');
  const client = await connect(options, PATIENCE);
  if (status) return printStatus(await client.recomputation.get());
  const input: RecomputationInput = {
    ...(exercise === undefined
      ? {}
      : { 'Exercise ID': (await resolveExercise(client, exercise))['Exercise ID'] }),
    ...(session === undefined ? {} : { 'Session ID': session }),
    ...(outdated ? { Outdated: true } : {}),
    ...(all ? { All: true } : {}),
  };
  const before = await client.recomputation.get();
  const queued = await client.recomputation.start(input);
  if (!options.wait) return out(`${queued.Waiting + queued.Running} reports are queued`);
  const end = await untilDone(client, queued);
  // What had failed before and was not queued again is not of this call.
  const older = new Set(sessionsOf(before).filter((id) => sessionsOf(queued).includes(id)));
  const failures = end.Failures.filter((failure) => !older.has(failure['Session ID']));
  out(
    failures.length === 0 ? 'All reports are computed' : `${failures.length} reports could not be computed`,
  );
  printFailures(failures);
  if (failures.length > 0) process.exitCode = 1;
}

const sessionsOf = ({ Failures }: Recomputation): string[] =>
  Failures.map((failure) => failure['Session ID']);

const FIRST_LOOK_MS = 100;
const LONGEST_MS = 2_000;

async function untilDone(client: KinebaseClient, queued: Recomputation): Promise<Recomputation> {
  const progress = await openCount('reports computed');
  let total = queued.Waiting + queued.Running;
  let pause_ms = FIRST_LOOK_MS;
  try {
    for (let now = queued; ; now = await client.recomputation.get()) {
      const left = now.Waiting + now.Running;
      total = Math.max(total, left);
      progress.at(total - left, total);
      if (left === 0) return now;
      await wait(pause_ms);
      pause_ms = Math.min(LONGEST_MS, pause_ms * 1.5);
    }
  } finally {
    progress.end();
  }
}

function printStatus(now: Recomputation): void {
  const { PipelineVersion, Outdated, Waiting, Running, Done, Failed, Failures } = now;
  out(`Pipeline ${PipelineVersion}: ${Outdated} sessions were computed by an older one`);
  out(`${Waiting} waiting, ${Running} running, ${Done} done within a day, ${Failed} failed`);
  printFailures(Failures);
}

function printFailures(failures: Recomputation['Failures']): void {
  for (const { 'Session ID': id, Error: reason, Attempts } of failures)
    note(`${id}: ${reason} (${counted(Attempts, 'attempt')})`);
}
