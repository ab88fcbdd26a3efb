import { setTimeout as wait } from 'node:timers/promises';

/**
 * Looks for something that another server may have written since, at most once in `every_ms`: whoever asks before a look
 * begins shares it, so that made-up names do not become a query each, and everyone gets an answer younger than the question.
 */
export function createLookAgain(
  look: () => Promise<void>,
  every_ms: number,
  now: () => number,
): () => Promise<void> {
  let coming: Promise<void> | undefined;
  let looked_ms = Number.NEGATIVE_INFINITY;
  return () => {
    coming ??= (async () => {
      await wait(Math.max(0, looked_ms + every_ms - now()));
      coming = undefined;
      looked_ms = now();
      await look();
    })();
    return coming;
  };
}
