import type { Change } from '../contract/changes.ts';
import type { KinebaseClient } from './client.ts';
import { isKinebaseError, type KinebaseError } from './errors.ts';
import { type FollowOptions, followChanges } from './follow.ts';
import { waitForReal } from './runtime.ts';

/** Who hears of changes. */
export interface ChangeWatcher {
  /** What came, if anything, and the token behind it. */
  changed(changes: readonly Change[], token: string): void;
  /** Changes between the last token and now are not known any more: everything may be another. */
  lost(): void;
  failed(error: KinebaseError): void;
}

/**
 * Follows changes through every passing fault, until its signal says so. Ends by itself only where the server has no feed,
 * or refuses us for good; `failed` has heard of it then.
 */
export async function watchChanges(
  client: Pick<KinebaseClient, 'changes'>,
  options: FollowOptions,
  watcher: ChangeWatcher,
): Promise<void> {
  const { signal, interval_ms = 5000, wait = waitForReal } = options;
  let { since } = options;
  while (!signal?.aborted) {
    try {
      for await (const { changes, token } of followChanges(client, { ...options, since })) {
        since = token;
        watcher.changed(changes, token);
      }
    } catch (error) {
      if (!isKinebaseError(error)) throw error;
      if (signal?.aborted) return;
      watcher.failed(error);
      if (isFinal(error)) return;
      if (error.code === 'changes_lost') {
        since = null;
        watcher.lost();
      }
    }
    await wait(interval_ms, signal);
  }
}

/** Asking again would be refused again. */
const isFinal = ({ code, status }: KinebaseError): boolean =>
  code === 'not_offered' || (status >= 400 && status < 500 && ![408, 410, 429].includes(status));
