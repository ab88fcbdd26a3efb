import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { openDb } from '../../src/store/open.ts';
import { createShell, until } from '../cli/kinebase.ts';
import { type Receiver, silence, startReceiver } from '../server/webhooks/receiver.ts';
import { freePort } from '../setup/postgres.ts';
import { postgresUrl } from '../store/engines.ts';
import { eventually } from './eventually.ts';
import { type Node, type Nodes, startNodes } from './nodes.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.end());

/** Athletes that a post names, in its order. */
const idsIn = ({ post }: Receiver['received'][number]) => post.data.changes.map(({ id }) => id);

describe.skipIf(postgresUrl === null)('two servers on one PostgreSQL', () => {
  let cluster: Nodes;
  let clients: KinebaseClient[];
  beforeAll(async () => {
    cluster = await startNodes(2, { KINEBASE_WEBHOOK_PRIVATE: 'allow' });
    clients = cluster.nodes.map(({ url }) => createClient({ url, ...cluster.administrator }));
  }, 120_000);
  afterAll(() => cluster?.end());

  test('post every change once, in order, whichever of them it was made on', async () => {
    const { WebhookID } = await clients[0]!.webhooks.create({ URL: receiver.url, Kinds: ['athlete'] });
    const made: string[] = [];
    for (let i = 0; i < 60; i++) {
      const { ValorID } = await clients[i % 2]!.athletes.create({ FirstName: 'Ann', LastName: String(i) });
      made.push(ValorID);
    }
    await eventually(async () => receiver.received.flatMap(idsIn).length >= made.length);
    expect(receiver.received.flatMap(idsIn)).toEqual(made);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(receiver.received.length);
    for (const [place, { post }] of receiver.received.slice(1).entries())
      expect(post.data.since).toBe(receiver.received[place]!.post.data.token);
    await clients[1]!.webhooks.delete(WebhookID);
  });

  test('when one is killed in mid-delivery the other posts the same under the same id', async () => {
    const [one, two] = cluster.nodes as [Node, Node];
    const { WebhookID } = await clients[0]!.webhooks.create({ URL: receiver.url, Kinds: ['athlete'] });
    const before = receiver.received.length;
    await two.terminate();
    receiver.script.push(silence);
    const { ValorID } = await clients[0]!.athletes.create({ FirstName: 'Bea', LastName: 'Cole' });
    await eventually(async () => receiver.received.length > before);
    await two.start();
    await one.kill();
    expect((await clients[1]!.webhooks.get(WebhookID)).Token).toBe(
      receiver.received[before]!.post.data.since,
    );
    // A minute later, as far as the claim is concerned.
    const db = await openDb(cluster.place.url);
    await db
      .within('main')
      .query('update webhooks set due_at = 0 where org_id = $1 and webhook_id = $2', ['main', WebhookID]);
    await db.close();
    await clients[1]!.athletes.create({ FirstName: 'Cy', LastName: 'Dale' });
    await eventually(async () => receiver.received.length >= before + 3);
    const [first, second, third] = receiver.received.slice(before);
    expect(second!.id).toBe(first!.id);
    expect(second!.body).toBe(first!.body);
    expect(idsIn(second!)).toEqual([ValorID]);
    expect(third!.post.data.since).toBe(second!.post.data.token);
  }, 120_000);
});

test('a server with a data folder that is killed in mid-delivery posts the same again when it is started', async () => {
  const shell = createShell();
  const data = mkdtempSync(join(tmpdir(), 'kinebase-killed-'));
  try {
    const port = await freePort();
    const serve = async () => {
      const child = shell.start(['serve', '--port', String(port), '--data', data], {
        env: { KINEBASE_WEBHOOK_PRIVATE: 'allow', KINEBASE_LOG_LEVEL: 'error' },
      });
      return { child, said: await until(child, /is ready at \S+\n/) };
    };
    const { child, said } = await serve();
    const [, username, clientId, password] = /username\s+(\S+)\s+client id\s+(\S+)\s+password\s+(\S+)/.exec(
      said,
    )!;
    const account = { username: username!, clientId: clientId!, password: password! };
    const client = createClient({ url: `http://127.0.0.1:${port}`, ...account });
    const { WebhookID } = await client.webhooks.create({ URL: receiver.url });
    const before = receiver.received.length;
    receiver.script.push(silence);
    const { ValorID } = await client.athletes.create({ FirstName: 'Di', LastName: 'Eden' });
    await eventually(async () => receiver.received.length > before);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    await serve();
    await eventually(async () => receiver.received.length >= before + 2);
    const [first, second] = receiver.received.slice(before);
    expect(second!.id).toBe(first!.id);
    expect(second!.body).toBe(first!.body);
    expect(idsIn(second!)).toEqual([ValorID]);
    await eventually(async () => (await client.webhooks.get(WebhookID)).Token === second!.post.data.token);
  } finally {
    shell.end();
    rmSync(data, { recursive: true, force: true });
  }
}, 120_000);
