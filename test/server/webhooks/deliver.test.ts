import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { CHANGE_KINDS, type ChangeKind } from '../../../src/contract/changes.ts';
import { createBell } from '../../../src/server/bell.ts';
import { readChangeToken } from '../../../src/server/changeToken.ts';
import type { Log } from '../../../src/server/log.ts';
import type { Delivering } from '../../../src/server/webhooks/deliver.ts';
import { createWebhookDesk } from '../../../src/server/webhooks/desk.ts';
import { createDeliveries, type Deliveries } from '../../../src/server/webhooks/keepDelivering.ts';
import { ATTEMPTS } from '../../../src/server/webhooks/pauses.ts';
import { createAthlete, deleteAthlete } from '../../../src/store/athletes.ts';
import type { Db } from '../../../src/store/db.ts';
import { openDb } from '../../../src/store/open.ts';
import { nextVersion, organizationVersion } from '../../../src/store/organizations.ts';
import { insertSessions } from '../../../src/store/sessions.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listAttempts,
  type StoredWebhook,
} from '../../../src/store/webhooks.ts';
import { describeEngines, type Opened } from '../../store/engines.ts';
import { athlete, furnish, session } from '../../store/records.ts';
import { answer, cutOff, type Received, type Receiver, silence, startReceiver } from './receiver.ts';

/** Deliveries on a real store to a real receiver, by a clock that stands until it is moved. */
const SECRET = Buffer.alloc(32, 7);
const NOTHING: Log = { debug() {}, info() {}, warn() {}, error() {} };

interface Stage {
  db: Db;
  organization: string;
  receiver: Receiver;
  deliveries: Deliveries;
  clock: { now_ms: number };
  hook: StoredWebhook;
  /** Looks for what is to be done and does it. */
  run(): Promise<void>;
  state(): Promise<StoredWebhook>;
  add(id: string): Promise<unknown>;
}

const delivering = (db: Db, clock: { now_ms: number }, allowPrivate = true): Delivering => ({
  db,
  now: () => clock.now_ms,
  cursorSecret: SECRET,
  log: NOTHING,
  version: '0.0.0',
  webhooks: createWebhookDesk(allowPrivate, createBell()),
});

const addHook = async (
  db: Db,
  organization: string,
  url: string,
  kinds: readonly ChangeKind[],
  now_us: number,
) =>
  (await createWebhook(
    db,
    organization,
    {
      webhookId: crypto.randomUUID().toUpperCase(),
      name: 'hook',
      url,
      kinds: [...kinds],
      secret: 'whsec_AAAA',
    },
    50,
    now_us,
  ))!;

async function stage(
  store: Opened,
  { kinds = CHANGE_KINDS as readonly ChangeKind[], limit_ms = 10_000, allowPrivate = true } = {},
): Promise<Stage> {
  const { db } = store;
  const organization = await store.organization();
  await furnish(db, organization);
  const receiver = await startReceiver();
  onTestFinished(() => receiver.end());
  const clock = { now_ms: Date.UTC(2026, 4, 4) };
  const deps = delivering(db, clock, allowPrivate);
  const deliveries = createDeliveries(deps, () => {}, { random: () => 0.5, limit_ms });
  const hook = await addHook(db, organization, receiver.url, kinds, clock.now_ms * 1000);
  onTestFinished(async () => void (await deleteWebhook(db, organization, hook.webhookId)));
  return {
    db,
    organization,
    receiver,
    deliveries,
    clock,
    hook,
    async run() {
      await deliveries.round();
      await deliveries.settled();
    },
    state: async () => (await getWebhook(db, organization, hook.webhookId))!,
    add: (id) => createAthlete(db, organization, athlete(id), 1),
  };
}

const told = ({ post }: Received) =>
  post.data.changes.map(({ kind, id, version, deleted }) => `${deleted ? '-' : ''}${kind} ${id}@${version}`);

const versionOf = (organization: string, token: string) =>
  readChangeToken(SECRET, organization, token).version;

describeEngines('a webhook', (store, engine) => {
  test('is posted what is changed from then on, once, in order, and rests while nothing is', async () => {
    const { db, organization, receiver, run, state, add } = await stage(store);
    await run();
    expect(receiver.received).toEqual([]);
    await add('X1');
    await deleteAthlete(db, organization, 'X1', 1);
    await add('X2');
    await run();
    await run();
    expect(receiver.received.map(told)).toEqual([['-athlete X1@8', 'athlete X2@9']]);
    const [{ post, headers }] = receiver.received as [Received];
    expect(post).toMatchObject({
      type: 'changes',
      timestamp: '2026-05-04T00:00:00.000Z',
      data: { organization },
    });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Kinebase/0.0.0' });
    expect(versionOf(organization, post.data.since)).toBe(6);
    expect(versionOf(organization, post.data.token)).toBe(9);
    expect(await state()).toMatchObject({ version: 9, attempts: 0, enabled: true });
    expect(await listAttempts(db, organization, (await state()).webhookId)).toEqual([
      {
        DeliveryID: headers['webhook-id'],
        Started: '2026-05-04T00:00:00.000Z',
        Duration: expect.any(Number),
        Status: 204,
        Error: null,
        Attempt: 1,
        Changes: 2,
        Test: false,
      },
    ]);
  });

  test('that failed is sent the same again, under the same id, after growing pauses', async () => {
    const { receiver, run, state, add, clock, db, organization, hook } = await stage(store);
    receiver.script.push(answer(500, {}, 'no database'), cutOff);
    await add('X1');
    await run();
    expect(await state()).toMatchObject({ version: 6, attempts: 1, due_us: (clock.now_ms + 5000) * 1000 });
    await add('X2');
    clock.now_ms += 4999;
    await run();
    expect(receiver.received).toHaveLength(1);
    clock.now_ms += 1;
    await run();
    expect(await state()).toMatchObject({ version: 6, attempts: 2, due_us: (clock.now_ms + 30_000) * 1000 });
    clock.now_ms += 30_000;
    await run();
    await run();
    const [first, second, third, fourth] = receiver.received as [Received, Received, Received, Received];
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect(told(first)).toEqual(['athlete X1@7']);
    expect(fourth.id).not.toBe(first.id);
    expect(told(fourth)).toEqual(['athlete X2@8']);
    expect(fourth.post.data.since).toBe(first.post.data.token);
    expect(receiver.received).toHaveLength(4);
    expect(Number(second.headers['webhook-timestamp']) - Number(first.headers['webhook-timestamp'])).toBe(5);
    expect(await state()).toMatchObject({ version: 8, attempts: 0 });
    const noted = await listAttempts(db, organization, hook.webhookId);
    expect(noted.map((delivery) => [delivery.Attempt, delivery.Status, delivery.Error])).toEqual([
      [1, 204, null],
      [3, 204, null],
      [2, null, expect.stringContaining('the connection was cut')],
      [1, 500, 'it answered 500: no database'],
    ]);
  });

  test('leaves out of a second attempt what has moved on, and sends it later', async () => {
    const { db, organization, receiver, run, add, clock } = await stage(store);
    receiver.script.push(answer(503));
    await add('X1');
    await add('X2');
    await run();
    await deleteAthlete(db, organization, 'X1', 1);
    clock.now_ms += 5000;
    await run();
    await run();
    expect(receiver.received.map(told)).toEqual([
      ['athlete X1@7', 'athlete X2@8'],
      ['athlete X2@8'],
      ['-athlete X1@9'],
    ]);
    expect(receiver.received[1]!.id).toBe(receiver.received[0]!.id);
  });

  test('posts nothing for a delivery of which nothing is left', async () => {
    const { db, organization, receiver, run, add, clock, state } = await stage(store);
    receiver.script.push(answer(503));
    await add('X1');
    await run();
    await deleteAthlete(db, organization, 'X1', 1);
    clock.now_ms += 5000;
    await run();
    await run();
    expect(receiver.received.map(told)).toEqual([['athlete X1@7'], ['-athlete X1@8']]);
    expect(await state()).toMatchObject({ version: 8, attempts: 0 });
  });

  test('waits as long as Retry-After says', async () => {
    const { receiver, run, state, add, clock } = await stage(store);
    receiver.script.push(answer(429, { 'retry-after': '3600' }));
    await add('X1');
    await run();
    expect((await state()).due_us).toBe((clock.now_ms + 3_600_000) * 1000);
    clock.now_ms += 3_599_999;
    await run();
    expect(receiver.received).toHaveLength(1);
    clock.now_ms += 1;
    await run();
    expect(receiver.received).toHaveLength(2);
  });

  test('is given up at once by 410, and goes on where it stopped when it is enabled again', async () => {
    const { db, organization, receiver, run, state, add, clock, hook } = await stage(store);
    receiver.script.push(answer(410));
    await add('X1');
    await run();
    expect(await state()).toMatchObject({
      enabled: false,
      disabled: expect.stringContaining('410'),
      version: 6,
    });
    await add('X2');
    clock.now_ms += 1e9;
    await run();
    expect(receiver.received).toHaveLength(1);
    const enabled = await changeWebhook(
      db,
      organization,
      hook.webhookId,
      { enabled: true },
      clock.now_ms * 1000,
    );
    expect(enabled).toMatchObject({ enabled: true, disabled: null, attempts: 0 });
    clock.now_ms += 61_000;
    await run();
    await run();
    expect(receiver.received.map(told)).toEqual([['athlete X1@7'], ['athlete X1@7'], ['athlete X2@8']]);
    expect(receiver.received[1]!.id).toBe(receiver.received[0]!.id);
  });

  test('is given up after three days of failures, saying since when and why', async () => {
    const { receiver, run, state, add, clock } = await stage(store);
    receiver.script.push(...Array.from({ length: ATTEMPTS }, () => answer(500)));
    await add('X1');
    let attempts = 0;
    for (; (await state()).enabled; attempts++) {
      await run();
      clock.now_ms = Math.max(clock.now_ms, (await state()).due_us / 1000);
    }
    expect(attempts).toBe(ATTEMPTS);
    expect(clock.now_ms - Date.UTC(2026, 4, 4)).toBeGreaterThan(2.5 * 86_400_000);
    expect((await state()).disabled).toBe(
      `${ATTEMPTS} attempts since 2026-05-04T00:00:00.000Z failed, the last one because it answered 500`,
    );
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    expect(receiver.received).toHaveLength(ATTEMPTS);
  });

  test('hears of its own kinds alone, and passes over the rest without a post', async () => {
    const { db, organization, receiver, run, state, add, hook, clock } = await stage(store, {
      kinds: ['session'],
    });
    await add('X1');
    await run();
    expect(receiver.received).toEqual([]);
    expect(await state()).toMatchObject({ version: 7 });
    await insertSessions(db, organization, [session('R1')], 1);
    await run();
    expect(receiver.received.map(told)).toEqual([['session R1@8']]);
    await changeWebhook(db, organization, hook.webhookId, { kinds: ['athlete'] }, clock.now_ms * 1000);
    await add('X2');
    await insertSessions(db, organization, [session('R2')], 1);
    await run();
    expect(receiver.received.slice(1).map(told)).toEqual([['athlete X2@9']]);
  });

  test('gets another id for what is on its way when its kinds are changed', async () => {
    const { db, organization, receiver, run, add, hook, clock } = await stage(store);
    receiver.script.push(answer(500));
    await insertSessions(db, organization, [session('R1')], 1);
    await add('X1');
    await run();
    await changeWebhook(db, organization, hook.webhookId, { kinds: ['session'] }, clock.now_ms * 1000);
    clock.now_ms += 61_000;
    await run();
    expect(receiver.received.map(told)).toEqual([
      ['session R1@7', 'report R1@7', 'athlete X1@8'],
      ['session R1@7'],
    ]);
    expect(receiver.received[1]!.id).not.toBe(receiver.received[0]!.id);
  });

  test('is sent a large change in parts that end between versions, also a version larger than a part', async () => {
    const { db, organization, receiver, run, state } = await stage(store);
    await insertSessions(
      db,
      organization,
      Array.from({ length: 700 }, (_, place) => session(`R${place}`)),
      1,
    );
    // Many records under one version: what no function of the store does today.
    await db.within(organization).transaction(async (db) => {
      const version = await nextVersion(db, organization);
      await db.query('update sessions set version = $2 where org_id = $1', [organization, version]);
    });
    while ((await state()).version < 707) await run();
    const posts = receiver.received.map(({ post }) => post.data);
    expect(posts.length).toBeGreaterThan(2);
    expect(posts.reduce((sum, { changes }) => sum + changes.length, 0)).toBe(1400);
    expect(posts.at(-1)!.changes).toHaveLength(700);
    for (const [place, { since }] of posts.slice(1).entries()) expect(since).toBe(posts[place]!.token);
    for (const { changes, since, token } of posts)
      for (const { version } of changes) {
        expect(version).toBeGreaterThan(versionOf(organization, since));
        expect(version).toBeLessThanOrEqual(versionOf(organization, token));
      }
  });

  test('that does not answer holds up no other', async () => {
    const { db, organization, receiver, deliveries, add, clock } = await stage(store);
    const other = await startReceiver();
    onTestFinished(() => other.end());
    const second = await addHook(db, organization, other.url, CHANGE_KINDS, clock.now_ms * 1000);
    onTestFinished(async () => void (await deleteWebhook(db, organization, second.webhookId)));
    receiver.script.push(silence);
    await add('X1');
    await deliveries.round();
    await receiver.next();
    await other.next();
    await add('X2');
    const more = (async () => {
      while (other.received.length < 2) {
        await deliveries.round();
        await new Promise((turn) => setImmediate(turn));
      }
    })();
    await more;
    expect(other.received.map(told)).toEqual([['athlete X1@7'], ['athlete X2@8']]);
    expect(receiver.received).toHaveLength(1);
    await deliveries.end();
  });

  test('is given back unharmed when the server stops in the middle', async () => {
    const { db, receiver, deliveries, add, state, clock, run: _, organization } = await stage(store);
    receiver.script.push(silence);
    await add('X1');
    await deliveries.round();
    await receiver.next();
    await deliveries.end();
    expect(await state()).toMatchObject({ version: 6, attempts: 0, due_us: clock.now_ms * 1000 });
    expect(await listAttempts(db, organization, (await state()).webhookId)).toEqual([]);
    const next = createDeliveries(delivering(db, clock));
    await next.round();
    await next.settled();
    expect(receiver.received.map(({ id }) => id)).toEqual([
      receiver.received[0]!.id,
      receiver.received[0]!.id,
    ]);
    expect(await state()).toMatchObject({ version: 7 });
  });

  test('is taken over when its claim has ended, and whoever comes back late changes nothing', async () => {
    const { db, receiver, deliveries, add, state, clock, organization, hook } = await stage(store);
    let late = () => {};
    receiver.script.push((response) => {
      late = () => void response.writeHead(204).end();
    });
    await add('X1');
    await deliveries.round();
    await receiver.next();
    const other = createDeliveries(delivering(db, clock));
    clock.now_ms += 59_000;
    await other.round();
    await other.settled();
    expect(receiver.received).toHaveLength(1);
    clock.now_ms += 1_000;
    receiver.script.push(answer(500));
    await other.round();
    await other.settled();
    expect(receiver.received.map(({ id }) => id)).toEqual([
      receiver.received[0]!.id,
      receiver.received[0]!.id,
    ]);
    expect(await state()).toMatchObject({ version: 6, attempts: 1 });
    late();
    await deliveries.settled();
    expect(await state()).toMatchObject({ version: 6, attempts: 1 });
    expect(await listAttempts(db, organization, hook.webhookId)).toHaveLength(1);
  });

  test('that is changed or removed in the middle is not moved on by the old post', async () => {
    for (const removed of [false, true]) {
      const { db, receiver, deliveries, add, clock, organization, hook } = await stage(store);
      let late = () => {};
      receiver.script.push((response) => {
        late = () => void response.writeHead(204).end();
      });
      await add('X1');
      await deliveries.round();
      await receiver.next();
      if (removed) await deleteWebhook(db, organization, hook.webhookId);
      else
        await changeWebhook(
          db,
          organization,
          hook.webhookId,
          { url: `${receiver.url}&new` },
          clock.now_ms * 1000,
        );
      late();
      await deliveries.settled();
      const left = await getWebhook(db, organization, hook.webhookId);
      if (removed) expect(left).toBe(null);
      else {
        expect(left).toMatchObject({ version: 6 });
        await createDeliveries(delivering(db, clock)).round();
        expect(await receiver.next()).toMatchObject({ path: '/hook?x=1&new', id: receiver.received[0]!.id });
      }
    }
  });

  test('into the own network is not posted to unless the operator allows it', async () => {
    const { receiver, run, add, state, db, organization, hook } = await stage(store, { allowPrivate: false });
    await add('X1');
    await run();
    expect(receiver.received).toEqual([]);
    expect(await state()).toMatchObject({ attempts: 1, version: 6 });
    expect(await listAttempts(db, organization, hook.webhookId)).toMatchObject([
      { Error: '127.0.0.1 is not a public address', Status: null },
    ]);
  });

  test('remembers its last 200 attempts', async () => {
    const { receiver, run, add, clock, db, organization, hook } = await stage(store);
    for (let i = 0; i < 205; i++) {
      clock.now_ms += 1000;
      await add(`X${i}`);
      await run();
    }
    const noted = await listAttempts(db, organization, hook.webhookId);
    expect(noted.map(({ DeliveryID }) => DeliveryID)).toEqual(
      receiver.received
        .map(({ id }) => id)
        .reverse()
        .slice(0, 200),
    );
    const [{ rows }] = (await db
      .within(organization)
      .query('select count(*) as rows from webhook_deliveries where org_id = $1', [organization])) as [
      { rows: number },
    ];
    expect(rows).toBe(200);
  });

  test('delivers everything in order to a receiver that fails at random, from two servers at once', async () => {
    const other = engine.dialect === 'sqlite' ? store.db : await openDb(store.url);
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom('good', 'bad', 'cut', 'lost answer'), { maxLength: 12 }),
          fc.array(fc.constantFrom('add', 'remove', 'many', 'look', 'look elsewhere', 'wait'), {
            minLength: 3,
            maxLength: 20,
          }),
          async (reactions, steps) => {
            const { db, organization, receiver, deliveries, clock, hook } = await stage(store);
            const elsewhere = createDeliveries(delivering(other, clock), () => {}, {
              random: () => 0.5,
              limit_ms: 10_000,
            });
            /** What the receiver has taken: of a lost answer it has taken the changes too. */
            const taken = new Map<string, boolean>();
            const chain: { since: string; token: string }[] = [];
            receiver.otherwise = (response, { post, id }) => {
              take(post, id);
              response.writeHead(200).end();
            };
            for (const reaction of reactions)
              receiver.script.push((response, { post, id }) => {
                if (reaction === 'good' || reaction === 'lost answer') take(post, id);
                if (reaction === 'good') answer(200)(response, undefined as never);
                else if (reaction === 'bad') answer(500)(response, undefined as never);
                else response.socket!.destroy();
              });
            const seen = new Set<string>();
            const take = ({ data }: Received['post'], id: string) => {
              for (const { kind, id, deleted } of data.changes) taken.set(`${kind} ${id}`, !deleted);
              if (!seen.has(id)) chain.push(data);
              seen.add(id);
            };
            let count = 0;
            for (const step of steps) {
              if (step === 'add') await createAthlete(db, organization, athlete(`X${count++}`), 1);
              if (step === 'remove') await deleteAthlete(db, organization, `X${count - 1}`, 1);
              if (step === 'many')
                await insertSessions(db, organization, [session(`R${count++}`), session(`R${count++}`)], 1);
              if (step === 'look') await deliveries.round();
              if (step === 'look elsewhere') await elsewhere.round();
              if (step === 'wait') clock.now_ms += 40_000;
            }
            await Promise.all([deliveries.settled(), elsewhere.settled()]);
            receiver.script.length = 0;
            const head = await organizationVersion(db, organization);
            for (
              let round = 0;
              (await getWebhook(db, organization, hook.webhookId))!.version < head;
              round++
            ) {
              clock.now_ms += 3 * 3_600_000;
              await (round % 2 === 0 ? deliveries : elsewhere).round();
              await Promise.all([deliveries.settled(), elsewhere.settled()]);
            }
            const there = await db
              .within(organization)
              .query<{ id: string }>(
                `select athlete_id as id from athletes where org_id = $1 and athlete_id like 'X%' order by athlete_id limit 99`,
                [organization],
              );
            const held = [...taken]
              .filter(([key, is]) => is && key.startsWith('athlete '))
              .map(([key]) => key.slice(8));
            expect(held.sort()).toEqual(there.map(({ id }) => id));
            // Each delivery begins where the one before ended; in between there was nothing to tell.
            for (const [place, { since }] of chain.slice(1).entries())
              expect(versionOf(organization, since)).toBeGreaterThanOrEqual(
                versionOf(organization, chain[place]!.token),
              );
          },
        ),
        { numRuns: 25 },
      );
    } finally {
      if (other !== store.db) await other.close();
    }
  }, 120_000);
});
