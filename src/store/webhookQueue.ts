import type { Db } from './db.ts';
import {
  type Attempt,
  COLUMNS,
  noteAttempt,
  type StoredWebhook,
  toStored,
  type WebhookRow,
} from './webhooks.ts';

/**
 * Webhooks that have something to post, shared by every process on the store. One is claimed by a drawn word for a while;
 * what comes of an attempt counts only while that word is still there. What is delivered is settled before it is posted: a
 * drawn id, and up to which version; whoever takes over after a crash posts the same under the same id.
 */
export interface ClaimedWebhook extends StoredWebhook {
  claim: string;
  delivery: Delivery | null;
  /** Since when every attempt has failed; null: the last one did not. */
  failingSince_us: number | null;
}

export interface Delivery {
  deliveryId: string;
  /** Last version whose changes it holds; the first is the one behind the webhook's. */
  until: number;
  /** When it was put together. */
  at_us: number;
}

interface ClaimedRow extends WebhookRow {
  claim: string;
  delivery_id: string | null;
  delivery_until: number | null;
  delivery_at: number | null;
  failing_since: number | null;
}

/** Organizations that have webhooks, with their versions. */
export async function organizationsWithWebhooks(
  db: Db,
): Promise<{ organization: string; version: number }[]> {
  const rows = await db.query<{ org_id: string; version: number }>(
    'select org_id, version from organizations where webhooks > 0 order by org_id limit 100000',
  );
  return rows.map(({ org_id, version }) => ({ organization: org_id, version }));
}

/** Claims, until `until_us`, the webhook that is due longest of those that are behind `head`; null when there is none. */
export async function claimWebhook(
  db: Db,
  organization: string,
  claim: string,
  head: number,
  now_us: number,
  until_us: number,
): Promise<ClaimedWebhook | null> {
  for (;;) {
    // Conditions are asked again outside: whoever waited for another's claim of the same row must not take it from there.
    const rows = await db.within(organization).query<ClaimedRow>(
      `update webhooks set claim = $2, due_at = $5
       where org_id = $1 and enabled = 1 and version < $3 and due_at <= $4
         and webhook_id = (select webhook_id from webhooks
           where org_id = $1 and enabled = 1 and version < $3 and due_at <= $4 order by due_at, webhook_id limit 1)
       returning ${COLUMNS}, claim, delivery_id, delivery_until, delivery_at, failing_since`,
      [organization, claim, head, now_us, until_us],
    );
    const row = rows[0];
    if (row) {
      const delivery =
        row.delivery_id === null
          ? null
          : { deliveryId: row.delivery_id, until: row.delivery_until!, at_us: row.delivery_at! };
      return { ...toStored(row), claim: row.claim, delivery, failingSince_us: row.failing_since };
    }
    if ((await nextDue(db, organization, head)) > now_us) return null;
  }
}

/** When the next webhook of those that are behind `head` is due; Infinity when there is none. */
export async function nextDue(db: Db, organization: string, head: number): Promise<number> {
  const rows = await db
    .within(organization)
    .query<{ due_at: number }>(
      'select due_at from webhooks where org_id = $1 and enabled = 1 and version < $2 order by due_at limit 1',
      [organization, head],
    );
  return rows[0]?.due_at ?? Number.POSITIVE_INFINITY;
}

/** Settles what is posted now, and claims the webhook until `until_us`; false when it is no longer ours. */
export async function settleDelivery(
  db: Db,
  organization: string,
  { webhookId, claim }: ClaimedWebhook,
  { deliveryId, until, at_us }: Delivery,
  until_us: number,
): Promise<boolean> {
  const rows = await db.within(organization).query(
    `update webhooks set delivery_id = $4, delivery_until = $5, delivery_at = $6, due_at = $7
     where org_id = $1 and webhook_id = $2 and claim = $3 returning webhook_id`,
    [organization, webhookId, claim, deliveryId, until, at_us, until_us],
  );
  return rows.length > 0;
}

/** What became of an attempt, for the webhook. */
export type Outcome =
  /** Everything up to this version is, or there was nothing to post. */
  | { kind: 'delivered'; until: number }
  /** It is tried again from `due_us` on. */
  | { kind: 'failed'; due_us: number }
  | { kind: 'given up'; reason: string }
  /** It was broken off here: it is tried again at once, and was no attempt. */
  | { kind: 'released' };

/** Lets a webhook go with what became of it; false when it is no longer ours, and then nothing is changed or noted. */
export async function releaseWebhook(
  db: Db,
  organization: string,
  { webhookId, claim, attempts, failingSince_us }: ClaimedWebhook,
  outcome: Outcome,
  attempt: Attempt | null,
  now_us: number,
): Promise<boolean> {
  const failed = outcome.kind === 'failed' || outcome.kind === 'given up';
  const delivered = outcome.kind === 'delivered';
  return db.within(organization).transaction(async (db) => {
    const rows = await db.query(
      `update webhooks set claim = null, due_at = $4, attempts = $5, failing_since = $6, version = coalesce($7, version),
         delivery_id = case when $7 is null then delivery_id end, enabled = $8, disabled = $9, updated_at = $10
       where org_id = $1 and webhook_id = $2 and claim = $3 returning webhook_id`,
      [
        organization,
        webhookId,
        claim,
        outcome.kind === 'failed' ? outcome.due_us : now_us,
        failed ? attempts + 1 : delivered ? 0 : attempts,
        failed ? (failingSince_us ?? now_us) : delivered ? null : failingSince_us,
        delivered ? outcome.until : null,
        outcome.kind === 'given up' ? 0 : 1,
        outcome.kind === 'given up' ? outcome.reason : null,
        now_us,
      ],
    );
    if (rows.length > 0 && attempt !== null) await noteAttempt(db, organization, webhookId, attempt);
    return rows.length > 0;
  });
}

/** Lets go of every claim: for a process that knows that no other has the store. */
export async function releaseWebhooks(db: Db, organization: string, now_us: number): Promise<void> {
  await db
    .within(organization)
    .query('update webhooks set claim = null, due_at = $2 where org_id = $1 and claim is not null', [
      organization,
      now_us,
    ]);
}

export type WebhookState = 'working' | 'failing' | 'disabled';

/** How many webhooks there are in each state. */
export async function countWebhooks(db: Db, organization: string): Promise<Record<WebhookState, number>> {
  const rows = await db.within(organization).query<{ state: WebhookState; webhooks: number }>(
    `select case when enabled = 0 then 'disabled' when attempts > 0 then 'failing' else 'working' end as state,
       count(*) as webhooks
     from webhooks where org_id = $1 group by state order by state limit 3`,
    [organization],
  );
  const counted = { working: 0, failing: 0, disabled: 0 };
  for (const { state, webhooks } of rows) counted[state] = webhooks;
  return counted;
}
