import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { askDoor, hasBucket, type NewBucket, newBucket } from '../objects/stores.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { databasePlace, type Place, postgresUrl } from '../store/engines.ts';
import { type Caller, createCaller, motionFile } from './uploading.ts';

describe.skipIf(!hasBucket || postgresUrl === null)('a server on PostgreSQL and a bucket', () => {
  let database: Place;
  let place: NewBucket;
  let port: string;
  let server: TestServer;
  let caller: Caller;
  let athleteID: string;
  beforeAll(async () => {
    const gateway = await askDoor('POST');
    port = new URL(gateway.endpoint).port;
    place = await newBucket(gateway);
    database = await databasePlace();
    server = await startServer({ DATABASE_URL: database.url }, (config) => ({
      ...config,
      objectsUrl: `s3:${place.endpoint}/${place.bucket}/kinebase`,
      s3: place.credentials,
    }));
    const { username, password, clientId } = server.firstAdministrator!;
    caller = createCaller(
      server.url,
      `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`,
    );
    athleteID = await caller.athlete();
  }, 180_000);
  afterAll(async () => {
    await server?.end();
    await database?.remove();
    if (port !== undefined) await askDoor('DELETE', port);
  });

  const stored = async (): Promise<string[]> => {
    const keys: string[] = [];
    for await (const { key } of server.deps.objects.list('org/')) keys.push(key.replace(/^.*\//, ''));
    return keys.sort();
  };
  const loose = () => server.deps.db.query('select prefix from loose_objects order by prefix limit 10');
  const back = () =>
    expect.poll(async () => (await caller.call('GET', '/ready')).status, { timeout: 30_000 }).toBe(200);

  /** More than stays in memory, and more than one part. */
  const LARGE = motionFile({
    seconds: 60,
    rate: 500,
    names: Array.from({ length: 40 }, (_, i) => `angle_${i}`),
  });

  test('records, serves and removes sessions, small and large', async () => {
    expect(LARGE.length).toBeGreaterThan(9_000_000);
    for (const [fileName, file] of [
      ['squat.mot', Buffer.from(motionFile())],
      ['Knie "links" ä.mot.gz', gzipSync(motionFile())],
      ['large.mot', Buffer.from(LARGE)],
    ] as const) {
      const { status, body } = await caller.upload({ fileName, athleteID }, file);
      expect(status).toBe(201);
      const session: Session = body;
      const path = `/sessions/${session['Session ID']}`;
      expect((await caller.report(session)).Repetitions.length).toBe(3);
      expect((await caller.ikData(session)).time!.length).toBeGreaterThan(200);
      expect((await caller.call('GET', `${path}/recording`)).status).toBe(200);
      const original = await caller.call('GET', `${path}/original`);
      expect(original.bytes.equals(file)).toBe(true);
      expect(original.headers.get('content-length')).toBe(String(file.length));
      const part = await caller.call('GET', `${path}/original`, null, { range: 'bytes=100-299' });
      expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-299/${file.length}`]);
      expect(part.bytes.equals(file.subarray(100, 300))).toBe(true);

      const { body: link } = await caller.call('GET', `${path}/original/link`);
      expect(link).toEqual({
        URL: expect.stringContaining(place.endpoint),
        Expires: expect.stringMatching(/Z$/),
        SourceFile: fileName,
        SourceSha256: createHash('sha256').update(file).digest('hex'),
        SourceBytes: file.length,
      });
      const linked = await fetch(link.URL);
      expect(Buffer.from(await linked.arrayBuffer()).equals(file)).toBe(true);
      expect(decodeURIComponent(linked.headers.get('content-disposition')!)).toContain(fileName);

      expect(await stored()).toEqual(['original', 'report-1', 'series-1', 'series-1.br']);
      expect((await caller.call('DELETE', path)).status).toBe(204);
      expect((await caller.call('GET', `${path}/original/link`)).status).toBe(404);
      expect(await stored()).toEqual([]);
    }
    expect(await loose()).toEqual([]);
  });

  test('the same large file again under its id changes nothing, another is a conflict', async () => {
    const parameters = { fileName: 'x.mot', athleteID, sessionID: '0198c1aa-7c11-7000-8000-0123456789ab' };
    const first = await caller.upload(parameters, LARGE);
    const again = await caller.upload(parameters, LARGE);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await caller.upload(parameters, `${LARGE.slice(0, -1)} \n`)).status).toBe(409);
    expect((await stored()).length).toBe(4);
    await caller.call('DELETE', `/sessions/${first.body['Session ID']}`);
  });

  test('while the bucket is away everything that needs it is 503 with Retry-After, and nothing is half written', async () => {
    const { body: session } = await caller.upload({ fileName: 'x.mot', athleteID }, motionFile());
    const path = `/sessions/${session['Session ID']}`;
    await askDoor('DELETE', port);
    for (const request of [
      () => caller.call('GET', `/ikData?s3Key=${session.s3Key}`),
      () => caller.call('GET', `/reportData?s3Key=${session.s3Key}`),
      () => caller.call('GET', `${path}/original`),
      () => caller.call('GET', `${path}/recording`),
      () => caller.upload({ fileName: 'y.mot', athleteID }, motionFile({ phase: 1 })),
      () => caller.upload({ fileName: 'z.mot', athleteID }, LARGE),
    ]) {
      const answer = await request();
      expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await caller.call('GET', '/ready')).status).toBe(503);
    // What lies in rows goes on.
    expect((await caller.call('GET', path)).status).toBe(200);
    expect(await caller.sessions()).toEqual([session]);
    await askDoor('PUT', port);
    await back();
    expect(await caller.sessions()).toEqual([session]);
    expect((await caller.report(session)).Repetitions.length).toBe(3);
    expect((await stored()).length).toBe(4);
    const { status, body } = await caller.upload({ fileName: 'y.mot', athleteID }, motionFile({ phase: 1 }));
    expect(status).toBe(201);
    for (const each of [session, body]) await caller.call('DELETE', `/sessions/${each['Session ID']}`);
  });

  test('a session that is removed while the bucket is away is gone at once; its objects follow', async () => {
    const { body: session } = await caller.upload({ fileName: 'x.mot', athleteID }, motionFile());
    await askDoor('DELETE', port);
    expect((await caller.call('DELETE', `/sessions/${session['Session ID']}`)).status).toBe(204);
    expect(await caller.sessions()).toEqual([]);
    await askDoor('PUT', port);
    await back();
    const { body: next } = await caller.upload({ fileName: 'y.mot', athleteID }, motionFile());
    await caller.call('DELETE', `/sessions/${next['Session ID']}`);
    expect(await stored()).toEqual([]);
  });
});
