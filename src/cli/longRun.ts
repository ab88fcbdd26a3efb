import { InvalidArgumentError } from 'commander';

/** What commands have that work on many sessions at a time. */

/** The first Ctrl-C lets a run end in order; the second ends the process, which costs no more than what was under way. */
export function untilInterrupted(): { signal: AbortSignal; release(): void } {
  const ended = new AbortController();
  const end = () => ended.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return {
    signal: ended.signal,
    release() {
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
    },
  };
}

/** 130 as a shell has it for Ctrl-C, 1 where something is missing. */
export function exitAs({ interrupted, complete }: { interrupted: boolean; complete: boolean }): void {
  if (interrupted) process.exitCode = 130;
  else if (!complete) process.exitCode = 1;
}

export function readParallel(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 64)
    throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
  return count;
}
