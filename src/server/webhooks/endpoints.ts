import { CHANGE_KINDS, type ChangeKind } from '../../contract/changes.ts';
import type {
  NewWebhook,
  Webhook,
  WebhookDelivery,
  WebhookInput,
  WebhookPatch,
  WebhookPost,
  WebhookSecret,
} from '../../contract/webhooks.ts';
import { wholeVersion } from '../../store/changes.ts';
import { newId } from '../../store/ids.ts';
import { nowMicroseconds, toIso } from '../../store/time.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listAttempts,
  listWebhooks,
  noteAttempt,
  replaceSecret,
  type StoredWebhook,
} from '../../store/webhooks.ts';
import type { Deps, Handler } from '../call.ts';
import { writeChangeToken } from '../changeToken.ts';
import { ApiError } from '../errors.ts';
import { readBody } from '../input.ts';
import { noSuch } from '../records.ts';
import { ANSWER_WITHIN_MS, attemptOf, postSigned } from './deliver.ts';
import { newSecret } from './signature.ts';
import { readTarget } from './target.ts';

/** Of one organization. */
const MOST = 50;
/** After a change of the secret. */
const OVERLAP_US = 86_400e6;

export const list: Handler = async (deps, { organization }) => ({
  kind: 'value',
  value: (await listWebhooks(deps.db, organization)).map((stored) => shown(deps, organization, stored)),
});

export const get: Handler = async (deps, { organization, id }) => ({
  kind: 'value',
  value: shown(deps, organization, await found(deps, organization, id)),
});

export const create: Handler = async (deps, { organization, body }) => {
  const { db, now, webhooks } = deps;
  const input = readBody<WebhookInput>('WebhookInput', body);
  const url = readTarget(input.URL, webhooks.allowPrivate);
  const secret = newSecret();
  const stored = await createWebhook(
    db,
    organization,
    {
      webhookId: newId(now()),
      name: input.Name ?? url.host,
      url: url.href,
      kinds: inOrder(input.Kinds),
      secret,
    },
    MOST,
    nowMicroseconds(now()),
  );
  if (stored === null)
    throw new ApiError(
      'conflict',
      `Your organization has ${MOST} webhooks, and may have no more. Remove one.`,
    );
  webhooks.changed();
  const value: NewWebhook = { ...shown(deps, organization, stored), Secret: secret };
  return { kind: 'value', status: 201, value };
};

export const patch: Handler = async (deps, { organization, id, body }) => {
  const { URL, Name, Kinds, Enabled } = readBody<WebhookPatch>('WebhookPatch', body);
  const changes = {
    name: Name,
    url: URL === undefined ? undefined : readTarget(URL, deps.webhooks.allowPrivate).href,
    kinds: Kinds === undefined ? undefined : inOrder(Kinds),
    enabled: Enabled,
  };
  const stored = await changeWebhook(deps.db, organization, id, changes, nowMicroseconds(deps.now()));
  deps.webhooks.changed();
  return { kind: 'value', value: shown(deps, organization, stored ?? noSuch('webhook', id)) };
};

export const remove: Handler = async ({ db }, { organization, id }) => {
  if (!(await deleteWebhook(db, organization, id))) noSuch('webhook', id);
  return { kind: 'none' };
};

/** Also to one that is disabled; whatever comes of it, the webhook stays as it is. */
export const test: Handler = async (deps, { organization, id }) => {
  const { db, now } = deps;
  const webhook = await found(deps, organization, id);
  const deliveryId = newId(now());
  const started_us = nowMicroseconds(now());
  const token = tokenOf(deps, organization, webhook);
  const post: WebhookPost = {
    type: 'test',
    timestamp: toIso(started_us),
    data: { organization, changes: [], since: token, token },
  };
  const posted = await postSigned(deps, webhook, deliveryId, post, {
    signal: new AbortController().signal,
    limit_ms: ANSWER_WITHIN_MS,
  });
  const more = { attempt: 1, changes: 0, test: true };
  await noteAttempt(db, organization, id, attemptOf(deliveryId, started_us, posted, more));
  const value: WebhookDelivery = {
    DeliveryID: deliveryId,
    Started: post.timestamp,
    Duration: posted.duration_ms,
    Status: posted.status,
    Error: posted.error,
    Attempt: 1,
    Changes: 0,
    Test: true,
  };
  return { kind: 'value', value };
};

export const deliveries: Handler = async (deps, { organization, id }) => {
  await found(deps, organization, id);
  return { kind: 'value', value: await listAttempts(deps.db, organization, id) };
};

export const rotateSecret: Handler = async ({ db, now }, { organization, id }) => {
  const secret = newSecret();
  const now_us = nowMicroseconds(now());
  const until_us = now_us + OVERLAP_US;
  if (!(await replaceSecret(db, organization, id, secret, until_us, now_us))) noSuch('webhook', id);
  const value: WebhookSecret = { Secret: secret, OldSecretUntil: toIso(until_us) };
  return { kind: 'value', status: 201, value };
};

const found = async ({ db }: Deps, organization: string, id: string): Promise<StoredWebhook> =>
  (await getWebhook(db, organization, id)) ?? noSuch('webhook', id);

const inOrder = (kinds: readonly ChangeKind[] = CHANGE_KINDS): ChangeKind[] =>
  CHANGE_KINDS.filter((kind) => kinds.includes(kind));

const tokenOf = ({ cursorSecret }: Deps, organization: string, { version }: StoredWebhook): string =>
  writeChangeToken(cursorSecret, organization, wholeVersion(version));

function shown(deps: Deps, organization: string, stored: StoredWebhook): Webhook {
  const { enabled, attempts, due_us } = stored;
  return {
    WebhookID: stored.webhookId,
    Name: stored.name,
    URL: stored.url,
    Kinds: stored.kinds,
    Enabled: enabled,
    DisabledReason: stored.disabled,
    Token: tokenOf(deps, organization, stored),
    FailedAttempts: attempts,
    NextAttempt: enabled && attempts > 0 ? toIso(due_us) : null,
    Created: toIso(stored.created_us),
  };
}
