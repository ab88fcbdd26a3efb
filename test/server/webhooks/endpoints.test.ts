import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewWebhook } from '../../../src/contract/webhooks.ts';
import { createClient, type KinebaseClient } from '../../../src/sdk/index.ts';
import { eventually } from '../../nodes/eventually.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { answer, type Received, type Receiver, startReceiver } from './receiver.ts';

let server: TestServer;
let receiver: Receiver;
let client: KinebaseClient;
let other: KinebaseClient;
beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServer({ WEBHOOK_PRIVATE: 'allow' });
  client = createClient({ url: server.url, ...server.firstAdministrator! });
  await client.organizations.create({
    Name: 'Other',
    Admin: 'boss@other.example',
    Password: 'other-movement',
  });
  const { clientId } = server.firstAdministrator!;
  other = createClient({
    url: server.url,
    username: 'boss@other.example',
    password: 'other-movement',
    clientId,
  });
});
afterAll(async () => {
  await server?.end();
  await receiver?.end();
});

/** As a receiver verifies it: from the specification, and with nothing of ours. */
function isGenuine({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (error) => error,
  );
  return { code: error?.code, message: error?.message };
};

const NOWHERE = 'http://127.0.0.1:9/';
let hook: NewWebhook;

test('a webhook is made, posted to within moments, and shows how it stands', async () => {
  hook = await client.webhooks.create({ URL: receiver.url, Kinds: ['report', 'athlete'] });
  expect(hook).toEqual({
    WebhookID: expect.any(String),
    Name: new URL(receiver.url).host,
    URL: receiver.url,
    Kinds: ['athlete', 'report'],
    Enabled: true,
    DisabledReason: null,
    Token: expect.stringMatching(/^[A-Za-z0-9_-]+$/),
    FailedAttempts: 0,
    NextAttempt: null,
    Created: expect.any(String),
    Secret: expect.stringMatching(/^whsec_/),
  });
  const { Secret, ...shown } = hook;
  expect(await client.webhooks.list().all()).toEqual([shown]);
  expect(await client.webhooks.get(hook.WebhookID)).toEqual(shown);
  const { ValorID } = await client.athletes.create({ FirstName: 'Ada', LastName: 'Brook' });
  const received = await receiver.next();
  expect(isGenuine(received, Secret)).toBe(true);
  expect(isGenuine({ ...received, body: `${received.body} ` }, Secret)).toBe(false);
  const { data } = received.post;
  expect(data).toMatchObject({
    organization: 'main',
    changes: [{ kind: 'athlete', id: ValorID, deleted: false }],
  });
  // The tokens are those of the feed: what the post names is fetched with them.
  expect(data.since).toBe(hook.Token);
  const { changes, token } = await client.changes({ since: data.since });
  expect(changes.map(({ id }) => id)).toEqual([ValorID]);
  expect(token).toBe(data.token);
  await eventually(async () => (await client.webhooks.get(hook.WebhookID)).Token === data.token);
  expect(await client.webhooks.deliveries(hook.WebhookID).all()).toMatchObject([
    { DeliveryID: received.id, Status: 204, Error: null, Attempt: 1, Changes: 1, Test: false },
  ]);
});

test('a test is posted at once, says what came of it, and is in the log', async () => {
  const good = await client.webhooks.test(hook.WebhookID);
  const received = await receiver.next();
  expect(received.post).toMatchObject({ type: 'test', data: { changes: [], since: expect.any(String) } });
  expect(isGenuine(received, hook.Secret)).toBe(true);
  expect(good).toMatchObject({ DeliveryID: received.id, Status: 204, Error: null, Test: true });
  receiver.script.push(answer(404, {}, 'no such hook'));
  const bad = await client.webhooks.test(hook.WebhookID);
  await receiver.next();
  expect(bad).toMatchObject({ Status: 404, Error: 'it answered 404: no such hook', Test: true });
  expect((await client.webhooks.deliveries(hook.WebhookID)).items.slice(0, 2)).toEqual([bad, good]);
  expect(await client.webhooks.get(hook.WebhookID)).toMatchObject({ FailedAttempts: 0, Enabled: true });
});

test('after a change of the secret both sign for a day', async () => {
  const { Secret, OldSecretUntil } = await client.webhooks.rotateSecret(hook.WebhookID);
  expect(Secret).not.toBe(hook.Secret);
  expect(Date.parse(OldSecretUntil)).toBeGreaterThan(Date.now() + 86_000_000);
  await client.webhooks.test(hook.WebhookID);
  const received = await receiver.next();
  expect([isGenuine(received, Secret), isGenuine(received, hook.Secret)]).toEqual([true, true]);
  const third = await client.webhooks.rotateSecret(hook.WebhookID);
  await client.webhooks.test(hook.WebhookID);
  const next = await receiver.next();
  expect([third.Secret, Secret, hook.Secret].map((secret) => isGenuine(next, secret))).toEqual([
    true,
    true,
    false,
  ]);
  expect(JSON.stringify(await client.webhooks.list().all())).not.toContain('whsec_');
});

test('it is renamed, given other kinds, switched off and on again, going on where it stopped', async () => {
  expect(await client.webhooks.patch(hook.WebhookID, { Name: 'Motion' })).toMatchObject({
    Name: 'Motion',
    Enabled: true,
  });
  expect(await client.webhooks.patch(hook.WebhookID, { Enabled: false })).toMatchObject({
    Enabled: false,
    DisabledReason: null,
  });
  const { ValorID } = await client.athletes.create({ FirstName: 'Bea', LastName: 'Cole' });
  const count = receiver.received.length;
  expect(await client.webhooks.patch(hook.WebhookID, { Enabled: true, Kinds: ['athlete'] })).toMatchObject({
    Enabled: true,
    Kinds: ['athlete'],
  });
  expect((await receiver.next()).post.data.changes.map(({ id }) => id)).toEqual([ValorID]);
  expect(receiver.received).toHaveLength(count + 1);
});

test('one that says it is gone is disabled, with the reason', async () => {
  receiver.script.push(answer(410));
  await client.athletes.create({ FirstName: 'Cy', LastName: 'Dale' });
  await receiver.next();
  await eventually(async () => !(await client.webhooks.get(hook.WebhookID)).Enabled);
  expect((await client.webhooks.get(hook.WebhookID)).DisabledReason).toContain('410');
  await client.webhooks.patch(hook.WebhookID, { Enabled: true });
  await receiver.next();
});

test('the metrics count webhooks by state and posts by what came of them', async () => {
  receiver.script.push(answer(500));
  await client.athletes.create({ FirstName: 'Di', LastName: 'Eden' });
  await receiver.next();
  const text = async () => (await fetch(`${server.url}/metrics`)).text();
  await eventually(async () => (await text()).includes('kinebase_webhooks{state="failing"} 1'));
  expect(await text()).toMatch(/kinebase_webhook_delivery_seconds_count\{outcome="delivered"\} [1-9]/);
  expect(await text()).toMatch(/kinebase_webhook_delivery_seconds_count\{outcome="failed"\} [1-9]/);
  const failing = await client.webhooks.get(hook.WebhookID);
  expect(failing).toMatchObject({ FailedAttempts: 1, NextAttempt: expect.stringMatching(/^20/) });
});

describe('what is asked wrongly is named', () => {
  test.each([
    [{ URL: 'motion.example' }, 'must be a URL'],
    [{ URL: 'ftp://motion.example' }, 'must begin with'],
    [{ URL: 'https://a:b@motion.example' }, 'user or a password'],
    [{ URL: NOWHERE, Kinds: ['film'] }, 'must be one of'],
    [{ URL: NOWHERE, Kinds: [] }, 'Kinds'],
    [{ URL: NOWHERE, Secret: 'mine' }, 'Unknown member "Secret"'],
    [{}, 'URL is required'],
  ])('%j', async (input, why) => {
    const { message } = await refusal(client.webhooks.create(input as never));
    expect(message).toContain(why);
  });

  test('an id that is not there, or is of another organization', async () => {
    for (const [of, id] of [
      [client, 'nobody'],
      [other, hook.WebhookID],
    ] as const) {
      const calls = [
        () => of.webhooks.get(id),
        () => of.webhooks.patch(id, { Name: 'x' }),
        () => of.webhooks.test(id),
        () => of.webhooks.rotateSecret(id),
        () => of.webhooks.deliveries(id).all(),
        () => of.webhooks.delete(id),
      ];
      for (const call of calls) expect(await refusal(call())).toMatchObject({ code: 'not_found' });
    }
    expect(await other.webhooks.list().all()).toEqual([]);
  });

  test('by who is no administrator', async () => {
    const { Key } = await client.keys.create({ Name: 'recorder', Scopes: ['read', 'record'] });
    const recorder = createClient({ url: server.url, apiKey: Key });
    expect(await refusal(recorder.webhooks.list().all())).toMatchObject({ code: 'forbidden' });
    expect(await refusal(recorder.webhooks.create({ URL: receiver.url }))).toMatchObject({
      code: 'forbidden',
    });
  });

  test('more than fifty', async () => {
    for (let i = 0; i < 50; i++) await other.webhooks.create({ URL: receiver.url });
    expect(await refusal(other.webhooks.create({ URL: receiver.url }))).toMatchObject({ code: 'conflict' });
    const [first] = await other.webhooks.list().all();
    await other.webhooks.delete(first!.WebhookID);
    await other.webhooks.create({ URL: receiver.url });
    for (const { WebhookID } of await other.webhooks.list().all()) await other.webhooks.delete(WebhookID);
  });
});

test('one that is removed is gone with its log', async () => {
  await client.webhooks.delete(hook.WebhookID);
  expect(await client.webhooks.list().all()).toEqual([]);
  expect(await refusal(client.webhooks.deliveries(hook.WebhookID).all())).toMatchObject({
    code: 'not_found',
  });
});

test('without leave of the operator no webhook leads into the own network, whatever its name', async () => {
  const strict = await startServer();
  try {
    const admin = createClient({ url: strict.url, ...strict.firstAdministrator! });
    for (const URL of [receiver.url, receiver.url.replace('127.0.0.1', 'localhost')])
      expect(await refusal(admin.webhooks.create({ URL }))).toMatchObject({
        code: 'invalid_parameter',
        message: expect.stringContaining('KINEBASE_WEBHOOK_PRIVATE'),
      });
    const count = receiver.received.length;
    const made = await admin.webhooks.create({ URL: 'https://motion.example/' });
    expect(await refusal(admin.webhooks.patch(made.WebhookID, { URL: receiver.url }))).toMatchObject({
      code: 'invalid_parameter',
    });
    // As if it had been made while it was allowed.
    await strict.deps.db
      .within('main')
      .query('update webhooks set url = $2 where org_id = $1', ['main', receiver.url]);
    expect(await admin.webhooks.test(made.WebhookID)).toMatchObject({
      Status: null,
      Error: '127.0.0.1 is not a public address',
    });
    expect(receiver.received).toHaveLength(count);
  } finally {
    await strict.end();
  }
});
