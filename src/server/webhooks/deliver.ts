import type { WebhookPost } from '../../contract/webhooks.ts';
import { type ChangeEntry, changesAfter, wholeVersion } from '../../store/changes.ts';
import type { Db } from '../../store/db.ts';
import { newId } from '../../store/ids.ts';
import { nowMicroseconds, toIso } from '../../store/time.ts';
import {
  type ClaimedWebhook,
  type Delivery,
  type Outcome,
  releaseWebhook,
  settleDelivery,
} from '../../store/webhookQueue.ts';
import type { Attempt, StoredWebhook } from '../../store/webhooks.ts';
import type { Deps } from '../call.ts';
import { writeChangeToken } from '../changeToken.ts';
import { pauseAfter } from './pauses.ts';
import { type Posted, type PostOptions, post } from './post.ts';
import { signedHeaders } from './signature.ts';

/** Changes in one post at most; a version is never torn apart. */
const BATCH = 500;
export const ANSWER_WITHIN_MS = 15_000;
/** Longer than an attempt takes: from when it is settled what to post. */
export const CLAIM_US = 60e6;

export type Delivering = Pick<Deps, 'db' | 'now' | 'cursorSecret' | 'log' | 'version' | 'webhooks'>;

export interface DeliveryOptions {
  /** From 0 up to 1, for spreading attempts. */
  random: () => number;
  /** Longest time for one answer. */
  limit_ms: number;
}

export type Delivered = Outcome['kind'] | 'taken over';

/** Posts what comes next to a claimed webhook, or again what failed, and notes what became of it. */
export async function deliver(
  deps: Delivering,
  organization: string,
  webhook: ClaimedWebhook,
  head: number,
  signal: AbortSignal,
  { random, limit_ms }: DeliveryOptions,
): Promise<Delivered> {
  const { db, now } = deps;
  const now_us = () => nowMicroseconds(now());
  const { delivery, changes } = await nextDelivery(db, organization, webhook, head, now());
  const release = async (outcome: Outcome, attempt: Attempt | null): Promise<Delivered> => {
    const ours = await releaseWebhook(db, organization, webhook, outcome, attempt, now_us());
    return ours ? outcome.kind : 'taken over';
  };
  if (changes.length === 0) return release({ kind: 'delivered', until: delivery.until }, null);
  if (!(await settleDelivery(db, organization, webhook, delivery, now_us() + CLAIM_US))) return 'taken over';
  const token = (version: number) => writeChangeToken(deps.cursorSecret, organization, wholeVersion(version));
  const body: WebhookPost = {
    type: 'changes',
    timestamp: toIso(delivery.at_us),
    data: {
      organization,
      changes: changes.map(({ kind, id, version, deleted }) => ({ kind, id, version, deleted })),
      since: token(webhook.version),
      token: token(delivery.until),
    },
  };
  const started_us = now_us();
  let posted: Posted;
  try {
    posted = await postSigned(deps, webhook, delivery.deliveryId, body, { signal, limit_ms });
  } catch {
    return release({ kind: 'released' }, null);
  }
  const outcome = judge(webhook, delivery, posted, random(), now());
  if (outcome.kind === 'given up')
    deps.log.warn({ organization, webhook: webhook.webhookId }, `a webhook is disabled: ${outcome.reason}`);
  const attempt = { attempt: webhook.attempts + 1, changes: changes.length, test: false };
  return release(outcome, attemptOf(delivery.deliveryId, started_us, posted, attempt));
}

/** What is on its way already, or the next changes; of those that have moved on since, the feed tells later. */
async function nextDelivery(
  db: Db,
  organization: string,
  webhook: ClaimedWebhook,
  head: number,
  now_ms: number,
): Promise<{ delivery: Delivery; changes: ChangeEntry[] }> {
  const { delivery, version, kinds } = webhook;
  for (let limit = BATCH; ; limit *= 2) {
    const last = delivery?.until ?? head;
    const { entries, more } = await changesAfter(db, organization, wholeVersion(version), last, kinds, limit);
    const until = more ? entries.at(-1)!.version - 1 : last;
    const changes = entries.filter((entry) => entry.version <= until);
    // What was settled is delivered as it was; a version that is longer than a batch is one all the same.
    if (more && (delivery !== null || changes.length === 0)) continue;
    if (delivery !== null) return { delivery, changes };
    return { delivery: { deliveryId: newId(now_ms), until, at_us: nowMicroseconds(now_ms) }, changes };
  }
}

/** Posts a body with its signatures. */
export function postSigned(
  { now, version, webhooks }: Pick<Delivering, 'now' | 'version' | 'webhooks'>,
  webhook: Pick<StoredWebhook, 'url' | 'secret' | 'oldSecret'>,
  deliveryId: string,
  body: WebhookPost,
  options: Omit<PostOptions, 'allowPrivate'>,
): Promise<Posted> {
  const text = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Kinebase/${version}`,
    ...signedHeaders(webhook, deliveryId, text, nowMicroseconds(now())),
  };
  const { allowPrivate } = webhooks;
  return post(new URL(webhook.url), headers, text, { allowPrivate, ...options });
}

/** An attempt as it is noted. */
export const attemptOf = (
  deliveryId: string,
  started_us: number,
  { duration_ms, status, error }: Posted,
  more: Pick<Attempt, 'attempt' | 'changes' | 'test'>,
): Attempt => ({ deliveryId, started_us, duration_ms, status, error, ...more });

const GONE = 410;

function judge(
  { attempts, failingSince_us }: ClaimedWebhook,
  { until }: Delivery,
  { status, error, retryAfter }: Posted,
  random: number,
  now_ms: number,
): Outcome {
  if (error === null) return { kind: 'delivered', until };
  if (status === GONE)
    return { kind: 'given up', reason: 'the receiver answered 410: it wants no more posts' };
  const pause_s = pauseAfter(attempts + 1, retryAfter, random, now_ms);
  const now_us = nowMicroseconds(now_ms);
  if (pause_s !== null) return { kind: 'failed', due_us: now_us + Math.round(pause_s * 1e6) };
  const since = toIso(failingSince_us ?? now_us);
  return {
    kind: 'given up',
    reason: `${attempts + 1} attempts since ${since} failed, the last one because ${error}`,
  };
}
