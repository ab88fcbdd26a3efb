import type { ChangeKind } from '../contract/changes.ts';
import type { WebhookDelivery } from '../contract/webhooks.ts';
import type { Db } from './db.ts';
import { toIso } from './time.ts';

/** Where an organization's changes are posted; what is on its way is in webhookQueue. */
export interface StoredWebhook {
  webhookId: string;
  name: string;
  url: string;
  kinds: ChangeKind[];
  secret: string;
  /** The one before, good until a time; null: there is none. */
  oldSecret: { secret: string; until_us: number } | null;
  enabled: boolean;
  /** Why the server gave it up; null: it did not. */
  disabled: string | null;
  /** Everything up to this version of the organization was delivered. */
  version: number;
  /** Failed attempts in a row. */
  attempts: number;
  due_us: number;
  created_us: number;
}

export interface WebhookRow {
  webhook_id: string;
  name: string;
  url: string;
  kinds: string;
  secret: string;
  old_secret: string | null;
  old_until: number | null;
  enabled: 0 | 1;
  disabled: string | null;
  version: number;
  attempts: number;
  due_at: number;
  created_at: number;
}

export const COLUMNS =
  'webhook_id, name, url, kinds, secret, old_secret, old_until, enabled, disabled, version, attempts, due_at, created_at';

export const toStored = (row: WebhookRow): StoredWebhook => ({
  webhookId: row.webhook_id,
  name: row.name,
  url: row.url,
  kinds: row.kinds.split(' ') as ChangeKind[],
  secret: row.secret,
  oldSecret: row.old_secret === null ? null : { secret: row.old_secret, until_us: row.old_until! },
  enabled: row.enabled === 1,
  disabled: row.disabled,
  version: row.version,
  attempts: row.attempts,
  due_us: row.due_at,
  created_us: row.created_at,
});

/** Oldest first. */
export async function listWebhooks(db: Db, organization: string): Promise<StoredWebhook[]> {
  const rows = await db
    .within(organization)
    .query<WebhookRow>(
      `select ${COLUMNS} from webhooks where org_id = $1 order by created_at, webhook_id limit 10000`,
      [organization],
    );
  return rows.map(toStored);
}

export async function getWebhook(db: Db, organization: string, id: string): Promise<StoredWebhook | null> {
  const rows = await db
    .within(organization)
    .query<WebhookRow>(`select ${COLUMNS} from webhooks where org_id = $1 and webhook_id = $2`, [
      organization,
      id,
    ]);
  return rows[0] ? toStored(rows[0]) : null;
}

export type NewWebhook = Pick<StoredWebhook, 'webhookId' | 'name' | 'url' | 'kinds' | 'secret'>;

/** Adds a webhook for what is changed from now on; null when the organization has `most` already. */
export async function createWebhook(
  db: Db,
  organization: string,
  { webhookId, name, url, kinds, secret }: NewWebhook,
  most: number,
  now_us: number,
): Promise<StoredWebhook | null> {
  return db.within(organization).transaction(async (db) => {
    // First: it holds up whoever counts at the same time, and changes, so that the version is the last one.
    const counted = await db.query<{ version: number }>(
      'update organizations set webhooks = webhooks + 1 where org_id = $1 and webhooks < $2 returning version',
      [organization, most],
    );
    if (!counted[0]) return null;
    const rows = await db.query<WebhookRow>(
      `insert into webhooks (org_id, webhook_id, name, url, kinds, secret, enabled, version, attempts, due_at, noted, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, 1, $7, 0, $8, 0, $8, $8) returning ${COLUMNS}`,
      [organization, webhookId, name, url, kinds.join(' '), secret, counted[0].version, now_us],
    );
    return toStored(rows[0]!);
  });
}

export interface WebhookChanges {
  name?: string | undefined;
  url?: string | undefined;
  kinds?: readonly ChangeKind[] | undefined;
  enabled?: boolean | undefined;
}

/**
 * Changes a webhook; null when there is none. Whoever is delivering meanwhile brings nothing any more, unless the name alone
 * is new. An enabled one is due at once; with other kinds, what was on its way is put together anew, under another id.
 */
export async function changeWebhook(
  db: Db,
  organization: string,
  id: string,
  { name, url, kinds, enabled }: WebhookChanges,
  now_us: number,
): Promise<StoredWebhook | null> {
  const afresh = url !== undefined || kinds !== undefined || enabled !== undefined;
  const rows = await db.within(organization).query<WebhookRow>(
    `update webhooks set name = coalesce($3, name), url = coalesce($4, url), kinds = coalesce($5, kinds),
       enabled = coalesce($6, enabled), disabled = case when $6 is null then disabled end,
       attempts = case when $7 = 1 then 0 else attempts end, failing_since = case when $7 = 0 then failing_since end,
       claim = case when $7 = 0 then claim end, due_at = case when $7 = 1 then $8 else due_at end,
       delivery_id = case when $5 is null then delivery_id end, updated_at = $8
     where org_id = $1 and webhook_id = $2 returning ${COLUMNS}`,
    [
      organization,
      id,
      name ?? null,
      url ?? null,
      kinds?.join(' ') ?? null,
      enabled === undefined ? null : enabled ? 1 : 0,
      afresh ? 1 : 0,
      now_us,
    ],
  );
  return rows[0] ? toStored(rows[0]) : null;
}

/** Signs with another secret from now on, and with the one before until a time; false when there is no such webhook. */
export async function replaceSecret(
  db: Db,
  organization: string,
  id: string,
  secret: string,
  oldUntil_us: number,
  now_us: number,
): Promise<boolean> {
  const rows = await db.within(organization).query(
    `update webhooks set old_secret = secret, old_until = $4, secret = $3, updated_at = $5
     where org_id = $1 and webhook_id = $2 returning webhook_id`,
    [organization, id, secret, oldUntil_us, now_us],
  );
  return rows.length > 0;
}

/** Removes a webhook with its log; false when there is none. */
export async function deleteWebhook(db: Db, organization: string, id: string): Promise<boolean> {
  return db.within(organization).transaction(async (db) => {
    await db.query('update organizations set webhooks = webhooks where org_id = $1', [organization]);
    await db.query('delete from webhook_deliveries where org_id = $1 and webhook_id = $2', [
      organization,
      id,
    ]);
    const rows = await db.query(
      'delete from webhooks where org_id = $1 and webhook_id = $2 returning webhook_id',
      [organization, id],
    );
    if (rows.length > 0)
      await db.query('update organizations set webhooks = webhooks - 1 where org_id = $1', [organization]);
    return rows.length > 0;
  });
}

/** One attempt, to be noted. */
export interface Attempt {
  deliveryId: string;
  started_us: number;
  duration_ms: number;
  status: number | null;
  error: string | null;
  attempt: number;
  changes: number;
  test: boolean;
}

/** Of each webhook. */
export const ATTEMPTS_KEPT = 200;

/** Notes an attempt, and forgets those beyond the latest. Nothing is noted of a webhook that is gone. */
export async function noteAttempt(
  db: Db,
  organization: string,
  webhookId: string,
  attempt: Attempt,
): Promise<void> {
  const { deliveryId, started_us, duration_ms, status, error, changes, test } = attempt;
  await db.within(organization).transaction(async (db) => {
    const rows = await db.query<{ noted: number }>(
      'update webhooks set noted = noted + 1 where org_id = $1 and webhook_id = $2 returning noted',
      [organization, webhookId],
    );
    if (!rows[0]) return;
    const { noted } = rows[0];
    await db.query(
      `insert into webhook_deliveries (org_id, webhook_id, number, delivery_id, started_at, duration_ms, status, error, attempt, changes, test)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        organization,
        webhookId,
        noted,
        deliveryId,
        started_us,
        duration_ms,
        status,
        error,
        attempt.attempt,
        changes,
        test ? 1 : 0,
      ],
    );
    await db.query('delete from webhook_deliveries where org_id = $1 and webhook_id = $2 and number <= $3', [
      organization,
      webhookId,
      noted - ATTEMPTS_KEPT,
    ]);
  });
}

/** Newest first. */
export async function listAttempts(
  db: Db,
  organization: string,
  webhookId: string,
): Promise<WebhookDelivery[]> {
  const rows = await db.within(organization).query<{
    delivery_id: string;
    started_at: number;
    duration_ms: number;
    status: number | null;
    error: string | null;
    attempt: number;
    changes: number;
    test: 0 | 1;
  }>(
    `select delivery_id, started_at, duration_ms, status, error, attempt, changes, test from webhook_deliveries
     where org_id = $1 and webhook_id = $2 order by number desc limit ${ATTEMPTS_KEPT}`,
    [organization, webhookId],
  );
  return rows.map((row) => ({
    DeliveryID: row.delivery_id,
    Started: toIso(row.started_at),
    Duration: row.duration_ms,
    Status: row.status,
    Error: row.error,
    Attempt: row.attempt,
    Changes: row.changes,
    Test: row.test === 1,
  }));
}
