import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../src/sdk/index.ts';
import { PAUSES_S } from '../src/server/webhooks/pauses.ts';
import { type Received, type Receiver, startReceiver } from './server/webhooks/receiver.ts';
import { blocksOf, createDesk, hasPython } from './setup/pages.ts';
import { startServer, type TestServer } from './setup/server.ts';

/** The programs of docs/webhooks.md as they stand there, on a post of a real server. */
const desk = createDesk();
let server: TestServer;
let receiver: Receiver;
let received: Received;
let secret: string;
beforeAll(async () => {
  receiver = await startReceiver();
  server = await startServer({ WEBHOOK_PRIVATE: 'allow' });
  const client = createClient({ url: server.url, ...server.firstAdministrator! });
  const { WebhookID, Secret } = await client.webhooks.create({ URL: receiver.url });
  secret = (await client.webhooks.rotateSecret(WebhookID)).Secret;
  await client.athletes.create({ FirstName: 'Zoë', LastName: 'Ärmel 運動' });
  received = await receiver.next();
  expect(Secret).not.toBe(secret);
});
afterAll(async () => {
  await server?.end();
  await receiver?.end();
  desk.clear();
});

/** A genuine post, and what others could make of it. */
const posts = () => {
  const { headers, body } = received;
  const with_ = (more: object) => ({ headers: { ...headers, ...more }, body, secret });
  const other = `whsec_${Buffer.alloc(32).toString('base64')}`;
  return [
    with_({}),
    { headers, body: body.replace('false', 'true '), secret },
    { headers, body, secret: other },
    with_({ 'webhook-id': 'another' }),
    with_({ 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 3600) }),
    with_({ 'webhook-signature': 'v1,AAAA v2,x' }),
    with_({ 'webhook-signature': '' }),
  ];
};
const VERDICTS = [true, false, false, false, false, false, false];

test('the check in Node takes what is genuine and nothing else', async () => {
  const [code] = blocksOf('docs/webhooks.md', 'js');
  const said = await desk.run(
    'js',
    `${code}
    const posts = ${JSON.stringify(posts())};
    console.log(JSON.stringify(posts.map(({ headers, body, secret }) => isGenuine(headers, body, secret))));`,
  );
  expect(JSON.parse(said)).toEqual(VERDICTS);
});

test.skipIf(!hasPython('hmac'))('the check in Python does too', async () => {
  const [code] = blocksOf('docs/webhooks.md', 'python');
  const said = await desk.run(
    'python',
    `${code}
import json, os
posts = json.loads(os.environ['POSTS'])
print(json.dumps([is_genuine(post['headers'], post['body'].encode(), post['secret']) for post in posts]))`,
    { POSTS: JSON.stringify(posts()) },
  );
  expect(JSON.parse(said)).toEqual(VERDICTS);
});

test('the pauses are those of the code', () => {
  const page = readFileSync('docs/webhooks.md', 'utf8');
  const [, text = ''] = /tried again\*\* after (.*?) hours/.exec(page) ?? [];
  const units: Record<string, number> = { s: 1, min: 60 };
  const pauses = text
    .replace(' and ', ', ')
    .split(', ')
    .map((word) => {
      const [, count, unit] = /^(\d+)(?: (\w+))?$/.exec(word)!;
      return Number(count) * (units[unit ?? ''] ?? 3600);
    });
  expect(pauses).toEqual(PAUSES_S);
});

test('the body is of the shape that is shown', () => {
  const [example] = blocksOf('docs/webhooks.md', 'json');
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shape)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shape(member)]))
        : typeof value;
  expect(shape(received.post)).toEqual(shape(JSON.parse(example!)));
});
