import { createHash, randomUUID } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { type Caller, motionFile } from '../server/uploading.ts';
import { postgresUrl } from '../store/engines.ts';
import { type Balancer, haproxy, startBalancer } from './balancer.ts';
import { eventually } from './eventually.ts';
import { callerOf, door, type Nodes, passwordFlow, signIn, startNodes } from './nodes.ts';

describe.skipIf(postgresUrl === null || haproxy === null)('two servers behind HAProxy', () => {
  let it: Nodes;
  let balancer: Balancer;
  let caller: Caller;
  let token: string;
  let athleteID: string;

  beforeAll(async () => {
    // As it is by default, but for the proxy in front.
    it = await startNodes(2, { KINEBASE_TRUSTED_PROXIES: '127.0.0.1' });
    balancer = await startBalancer(it.nodes.map((node) => node.port));
    const tokens = await signIn(balancer.url, it.administrator);
    token = `Bearer ${tokens.IdToken}`;
    caller = callerOf(balancer.url, tokens);
    athleteID = await caller.athlete();
  });
  afterAll(async () => {
    await balancer?.stop();
    await it?.end();
  });

  test('both restarted one after the other under load: no request fails, all that was acknowledged is there', async () => {
    const acknowledged = new Map<string, { session: Session; digest: string }>();
    const failures: string[] = [];
    const answered = { pages: 0, uploads: 0, series: 0, signIns: 0, changes: 0 };
    let over = false;
    const asking = async (
      what: keyof typeof answered,
      ask: () => Promise<{ status: number; body?: unknown }>,
    ) => {
      try {
        const { status, body } = await ask();
        if (status < 300) answered[what]++;
        else failures.push(`${what}: ${status} ${JSON.stringify(body)}`);
      } catch (error) {
        failures.push(`${what}: ${error} ${(error as Error).cause}`);
      }
    };
    const upload = async (worker: number) => {
      for (let count = 0; !over; count++) {
        const sessionID = randomUUID().toUpperCase();
        const file = motionFile({ phase: worker + count / 1000, seconds: 2 });
        await asking('uploads', async () => {
          const answer = await caller.upload({ fileName: 'squat.mot', athleteID, sessionID }, file);
          const digest = createHash('sha256').update(file).digest('hex');
          if (answer.status === 201) acknowledged.set(sessionID, { session: answer.body, digest });
          return answer;
        });
      }
    };
    const read = async () => {
      while (!over) await asking('pages', () => caller.call('GET', '/sessions?limit=20'));
    };
    const series = async () => {
      while (!over) {
        const [last] = [...acknowledged.values()].slice(-1);
        const key = last?.session.s3Key;
        if (key === undefined) await caller.call('GET', '/athletes');
        else await asking('series', () => caller.call('GET', `/ikData?s3Key=${key}`));
      }
    };
    const enter = async () => {
      const { username, password, clientId } = it.administrator;
      while (!over)
        await asking('signIns', () =>
          door(balancer.url, 'InitiateAuth', passwordFlow(username, password, clientId)),
        );
    };
    const change = async () => {
      for (let round = 0; !over; round++)
        await asking('changes', () =>
          caller.call('PATCH', `/athletes/${athleteID}`, { FirstName: `Ann ${round}` }),
        );
    };
    const load = [upload(0), upload(1), read(), read(), series(), enter(), change()];

    try {
      for (const node of it.nodes) {
        const before = { ...answered };
        expect((await node.terminate()).code).toBe(0);
        await node.start();
        // The balancer has it back, and it takes its share, before the next one goes.
        await eventually(async () => pagesOf(await (await fetch(`${node.url}/metrics`)).text()) > 5);
        for (const what of Object.keys(answered) as (keyof typeof answered)[])
          expect(answered[what], what).toBeGreaterThan(before[what]);
      }
    } finally {
      over = true;
      await Promise.all(load);
    }
    expect(failures).toEqual([]);
    for (const { session, digest } of acknowledged.values()) {
      const { body } = await caller.call('GET', `/sessions/${session['Session ID']}`);
      expect(body).toEqual(session);
      const original = await caller.original(session);
      expect(createHash('sha256').update(original).digest('hex')).toBe(digest);
    }
    expect(acknowledged.size).toBe(answered.uploads);
  }, 120_000);

  test('while it drains a server says so, answers on, lets go of connections, and finishes what it holds', async () => {
    const [node] = it.nodes;
    // An upload whose second half comes only after the port is closed.
    const file = Buffer.from(motionFile({ phase: 50 }));
    const sessionID = randomUUID().toUpperCase();
    const query = new URLSearchParams({ fileName: 'squat.mot', athleteID, sessionID });
    const slow = request(`${node!.url}/sessions?${query}`, {
      method: 'POST',
      headers: { authorization: token, 'content-length': file.length },
    });
    const finished = new Promise<number>((resolve, reject) => {
      slow.once('response', (response) => resolve(response.resume().statusCode!));
      slow.once('error', reject);
    });
    await new Promise<void>((sent) => slow.write(file.subarray(0, file.length / 2), () => sent()));
    // A download that nobody takes on until then; it is larger than what the two ends of a connection hold for it.
    const names = Array.from({ length: 120 }, (_, place) => `angle_${place}`);
    const large = Buffer.from(motionFile({ seconds: 150, names }));
    const { body } = await caller.upload({ fileName: 'squat.mot', athleteID }, large);
    const path = `/sessions/${body['Session ID']}/original`;
    const download = await new Promise<IncomingMessage>((begun, failed) => {
      request(`${node!.url}${path}`, { headers: { authorization: token } }, begun)
        .once('error', failed)
        .end();
    });
    const ended = node!.terminate();
    await eventually(async () => (await fetch(`${node!.url}/ready`)).status === 503);
    const ready = await fetch(`${node!.url}/ready`);
    expect([ready.status, ((await ready.json()) as { code: string }).code]).toEqual([503, 'draining']);
    expect((await fetch(`${node!.url}/health`)).status).toBe(200);
    for (const path of ['/sessions?limit=1', '/athletes', '/nothing']) {
      const answer = await fetch(`${node!.url}${path}`, { headers: { authorization: token } });
      expect(answer.status).toBe(path === '/nothing' ? 404 : 200);
      expect(answer.headers.get('connection')).toBe('close');
      await answer.arrayBuffer();
    }
    await eventually(() =>
      fetch(`${node!.url}/health`).then(
        () => false,
        () => true,
      ),
    );
    slow.end(file.subarray(file.length / 2));
    expect(await finished).toBe(201);
    expect(large.equals(Buffer.concat(await download.toArray()))).toBe(true);
    expect((await ended).code).toBe(0);
    const { status } = await caller.call('GET', `/sessions/${sessionID}`);
    expect(status).toBe(200);
    await node!.start();
  });

  test('guesses from one address close the door to that address only, though all come by way of the proxy', async () => {
    const { username, password, clientId } = it.administrator;
    const attempt = async (address: string, secret: string) => {
      const response = await fetch(it.nodes[0]!.url, {
        method: 'POST',
        headers: {
          'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
          'x-forwarded-for': address,
        },
        body: JSON.stringify(passwordFlow(username, secret, clientId)),
      });
      return ((await response.json()) as { __type?: string }).__type ?? 'in';
    };
    for (let guess = 0; guess < 10; guess++) await attempt('198.51.100.7', 'a-wrong-guess');
    expect(await attempt('198.51.100.7', password)).toBe('TooManyRequestsException');
    expect(await attempt('198.51.100.8', password)).toBe('in');
  });
});

/** Pages of sessions that a server has answered since its start. */
const pagesOf = (metrics: string): number =>
  [...metrics.matchAll(/^kinebase_request_seconds_count\{[^}]*listSessions[^}]*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
