import type { Progress } from './run.ts';

/** Adds up the steps of a run, each phase from zero, and tells how far it is after each. */
export function createProgress(
  onProgress: ((progress: Progress) => void) | undefined,
): (step: Partial<Progress>) => void {
  const progress: Progress = { phase: 'reading', done: 0, total: 0, open: true, bytes: 0 };
  return ({ phase, done = 0, total = 0, open, bytes = 0 }) => {
    if (phase !== undefined && phase !== progress.phase)
      Object.assign(progress, { phase, done: 0, total: 0 });
    progress.done += done;
    progress.total += total;
    progress.bytes += bytes;
    if (open !== undefined) progress.open = open;
    onProgress?.(progress);
  };
}
