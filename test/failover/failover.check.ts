import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { eventually } from '../nodes/eventually.ts';
import { door, passwordFlow } from '../nodes/nodes.ts';
import { createCaller, motionFile } from '../server/uploading.ts';
import { startServer } from '../setup/server.ts';
import { type Cluster, missingPackages, startCluster } from './cluster.ts';

const missing = missingPackages();
if (missing.length > 0) console.log(`Skipped: install Debian's ${missing.join(', ')} and run this again`);

describe.skipIf(missing.length > 0)('a leader that is lost while sessions are recorded', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster?.stop());

  test.each<[string, (cluster: Cluster) => string]>([
    ['HAProxy before the cluster', ({ balancedUrl }) => balancedUrl],
    ['all hosts in the URL', ({ url }) => url],
  ])('loses nothing that was acknowledged, and all goes on by itself: %s', async (how, urlOf) => {
    const server = await startServer({ DATABASE_URL: urlOf(cluster) });
    try {
      const { username, password, clientId } = server.firstAdministrator ?? administrator!;
      administrator = { username, password, clientId };
      const { IdToken } = await server.signIn(username, password, clientId);
      const caller = createCaller(server.url, `Bearer ${IdToken}`);
      const athleteID = await caller.athlete();

      const acknowledged = new Map<string, Session>();
      const writes: number[] = [performance.now()];
      const reads: number[] = [performance.now()];
      const signIns: number[] = [];
      const refused = new Map<number, number>();
      let over = false;
      /** Again and again until it is done: what a client that chose the id may do with any answer or none. */
      const insist = async (ask: () => Promise<{ status: number; body?: unknown }>, done: number[]) => {
        for (;;) {
          const answer = await ask();
          if (answer.status < 300) {
            done.push(performance.now());
            return answer;
          }
          refused.set(answer.status, (refused.get(answer.status) ?? 0) + 1);
          if (answer.status !== 503) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
          await wait(50);
        }
      };
      const write = async (worker: number) => {
        for (let count = 0; !over; count++) {
          const sessionID = randomUUID().toUpperCase();
          const file = motionFile({ phase: worker + count / 1000, seconds: 1 });
          const parameters = { fileName: 'squat.mot', athleteID, sessionID };
          const { body } = await insist(() => caller.upload(parameters, file), writes);
          acknowledged.set(sessionID, body as Session);
        }
      };
      const read = async () => {
        while (!over) await insist(() => caller.call('GET', '/sessions?limit=10'), reads);
      };
      const enter = async () => {
        const flow = passwordFlow(username, password, clientId);
        while (!over) await insist(() => door(server.url, 'InitiateAuth', flow), signIns);
      };
      const load = Promise.all([write(0), write(1), write(2), write(3), read(), enter()]);
      load.catch(() => {});

      await eventually(async () => acknowledged.size >= 100, 60_000);
      const lost = await cluster.leader();
      lost.kill();
      const killed = performance.now();
      const [written, been] = [writes.length, acknowledged.size];
      await Promise.race([
        load,
        eventually(async () => acknowledged.size >= been + 100 && writes.length > written, 120_000),
      ]);
      over = true;
      await load;
      expect(signIns.some((time) => time > killed)).toBe(true);

      // Once more through the server, and in the new leader itself.
      for (const session of acknowledged.values()) {
        const { status, body } = await caller.call('GET', `/sessions/${session['Session ID']}`);
        expect([status, body]).toEqual([200, session]);
      }
      const leader = await cluster.leader();
      expect(leader.name).not.toBe(lost.name);
      expect(await storedIn(leader.port)).toEqual(expect.arrayContaining([...acknowledged.keys()]));

      lost.start();
      await eventually(cluster.whole, 120_000);
      expect(await storedIn(lost.port)).toEqual(expect.arrayContaining([...acknowledged.keys()]));
      console.log(
        `${how}: ${acknowledged.size} of ${acknowledged.size} acknowledged sessions are there; ` +
          `${gap(writes, killed)} s without a write, ${gap(reads, killed)} s without a read; ` +
          `refused meanwhile: ${JSON.stringify(Object.fromEntries(refused))}`,
      );
    } finally {
      await server.end();
    }
  });
});

/** Made by the first server on the cluster, and good for the second. */
let administrator: { username: string; password: string; clientId: string } | undefined;

/** Ids of all sessions that one member has, asked itself. */
async function storedIn(port: number): Promise<string[]> {
  const client = new pg.Client(`postgres://postgres@127.0.0.1:${port}/kinebase`);
  await client.connect();
  try {
    const { rows } = await client.query<{ session_id: string }>('select session_id from sessions');
    return rows.map((row) => row.session_id);
  } finally {
    await client.end();
  }
}

/** Seconds from the last success before the first one that came after `killed` by more than a moment, as text. */
function gap(times: readonly number[], killed: number): string {
  const near = times.filter((time) => time > killed - 1_000);
  const longest = near.slice(1).reduce((most, time, place) => Math.max(most, time - near[place]!), 0);
  return (longest / 1000).toFixed(1);
}
