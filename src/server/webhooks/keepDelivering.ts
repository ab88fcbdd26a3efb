import { randomBytes } from 'node:crypto';
import { nowMicroseconds } from '../../store/time.ts';
import {
  type ClaimedWebhook,
  claimWebhook,
  nextDue,
  organizationsWithWebhooks,
  releaseWebhooks,
} from '../../store/webhookQueue.ts';
import type { createBell } from '../bell.ts';
import { observeDelivery } from '../metrics.ts';
import { ANSWER_WITHIN_MS, CLAIM_US, type Delivering, type DeliveryOptions, deliver } from './deliver.ts';

/** How often it is looked for what was changed: one question for the whole installation, rarer while nobody has a webhook. */
const LOOK_MS = 1_000;
const LOOK_FOR_FIRST_MS = 5_000;
/** Posts on their way at once; a slow receiver holds up nobody but itself. */
const AT_ONCE = 16;
/** An organization in which nothing is to be done is looked at again at the latest after this: another server may have stopped. */
const QUIET_US = 60e6;
/** When the server stops, a post that is on its way may still be answered. */
const ENDS_WITHIN_MS = 2_000;

export interface Deliveries {
  /** Claims whatever is due, as far as there is room, and begins to post it; answers whether anybody has a webhook at all. */
  round(): Promise<boolean>;
  /** Until what has been begun is over. */
  settled(): Promise<void>;
  /** No more are begun; those on their way get a while, and are then broken off and given back. */
  end(): Promise<void>;
}

/** `finished` is called after each post. */
export function createDeliveries(
  deps: Delivering,
  finished: () => void = () => {},
  options: DeliveryOptions = { random: Math.random, limit_ms: ANSWER_WITHIN_MS },
): Deliveries {
  const { db, now, log } = deps;
  const running = new Set<Promise<void>>();
  /** Organizations in which nothing is to be done: while they are at that version, and until then. */
  const quiet = new Map<string, { version: number; until_us: number }>();
  const ending = new AbortController();
  let ended = false;
  let edits = 0;
  let finishes = 0;
  /** Organization that was looked at last while there was room: the next round begins behind it. */
  let served = '';

  const begin = (organization: string, webhook: ClaimedWebhook, head: number): void => {
    const started = performance.now();
    const work = deliver(deps, organization, webhook, head, ending.signal, options)
      .then((outcome) => observeDelivery(outcome, (performance.now() - started) / 1000))
      .catch((error) => {
        // Its claim ends by itself.
        log.warn(
          { err: error, organization, webhook: webhook.webhookId },
          'a delivery failed; it is tried again',
        );
      })
      .finally(() => {
        running.delete(work);
        quiet.delete(organization);
        finishes++;
        finished();
      });
    running.add(work);
  };

  const lookAt = async (organization: string, head: number): Promise<void> => {
    while (!ended && running.size < AT_ONCE) {
      const now_us = nowMicroseconds(now());
      const before = finishes;
      const claim = randomBytes(12).toString('hex');
      const webhook = await claimWebhook(db, organization, claim, head, now_us, now_us + CLAIM_US);
      if (webhook === null) {
        const until_us = Math.min(await nextDue(db, organization, head), now_us + QUIET_US);
        // What was finished meanwhile may have more behind it than was seen here.
        if (finishes === before) quiet.set(organization, { version: head, until_us });
        return;
      }
      served = organization;
      begin(organization, webhook, head);
    }
  };

  return {
    async round() {
      if (edits !== deps.webhooks.edits) quiet.clear();
      edits = deps.webhooks.edits;
      const organizations = await organizationsWithWebhooks(db);
      const behind = organizations.findIndex(({ organization }) => organization > served);
      const inTurn = [
        ...organizations.slice(Math.max(behind, 0)),
        ...organizations.slice(0, Math.max(behind, 0)),
      ];
      for (const { organization, version } of inTurn) {
        const known = quiet.get(organization);
        const isQuiet = known?.version === version && known.until_us > nowMicroseconds(now());
        if (!isQuiet) await lookAt(organization, version);
      }
      return organizations.length > 0;
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    async end() {
      ended = true;
      const timer = setTimeout(() => ending.abort(new Error('the server stops')), ENDS_WITHIN_MS);
      await Promise.all(running);
      clearTimeout(timer);
    },
  };
}

/** Delivers as long as the server runs; answers a function that ends it. */
export function keepDelivering(deps: Delivering, bell: ReturnType<typeof createBell>): () => Promise<void> {
  const deliveries = createDeliveries(deps, bell.wake);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<boolean> => {
    try {
      return await deliveries.round();
    } catch (error) {
      if (!stopped) deps.log.warn({ err: error }, 'looking for what to deliver failed; it is tried again');
      return true;
    }
  };
  const work = async () => {
    await takeUpLeft(deps);
    while (!stopped) {
      const any = await look();
      timer = setTimeout(bell.wake, any ? LOOK_MS : LOOK_FOR_FIRST_MS).unref();
      await bell.heard();
      clearTimeout(timer);
    }
  };
  const working = work();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    bell.wake();
    await working;
    await deliveries.end();
  };
}

/** A data folder is this process's alone: whoever claimed something in it before is gone. */
async function takeUpLeft({ db, now, log }: Delivering): Promise<void> {
  if (db.dialect !== 'sqlite') return;
  try {
    for (const { organization } of await organizationsWithWebhooks(db))
      await releaseWebhooks(db, organization, nowMicroseconds(now()));
  } catch (error) {
    log.warn({ err: error }, 'claims of webhooks that were left end by themselves');
  }
}
