import { type Changes, NOW } from '../contract/changes.ts';
import type { ChangesOptions } from './changes.ts';
import type { KinebaseClient } from './client.ts';
import { refuseAborted } from './exchange.ts';
import { type Wait, waitForReal } from './runtime.ts';

export interface FollowOptions extends ChangesOptions {
  /** Between two looks at the feed; 5000 when absent. Looking costs the server next to nothing. */
  interval_ms?: number | undefined;
  /** How to wait between them. */
  wait?: Wait | undefined;
}

/**
 * What is changed, as it is changed, without an end: answers of the feed, the first at once and those in which something is.
 * Without `since` from now on; the first answer then holds the token alone. Throws as every call does: `aborted` when its
 * signal says so; go on with the token that came last.
 *
 * @example
 * for await (const { changes, token } of followChanges(client, { signal })) {
 *   for (const { kind, id, record } of changes) show(kind, id, record); // null: deleted
 * }
 */
export async function* followChanges(
  client: Pick<KinebaseClient, 'changes'>,
  { since, interval_ms = 5000, wait = waitForReal, ...options }: FollowOptions = {},
): AsyncGenerator<Changes, void, undefined> {
  let place: string = since || NOW;
  for (let looks = 0; ; looks++) {
    for await (const found of client.changes({ ...options, since: place }).pages()) {
      place = found.token;
      if (looks === 0 || found.changes.length > 0) yield found;
    }
    await wait(interval_ms, options.signal);
    refuseAborted(options.signal);
  }
}
