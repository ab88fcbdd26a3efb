import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBucket, type NewBucket, newBucket } from '../objects/stores.ts';
import { createCaller, motionFile } from '../server/uploading.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { databasePlace, type Place, postgresUrl } from '../store/engines.ts';
import { createShell } from './kinebase.ts';

describe.skipIf(!hasBucket || postgresUrl === null)('the command line on PostgreSQL and a bucket', () => {
  const shell = createShell();
  let place: NewBucket;
  let database: Place;
  let server: TestServer | undefined;
  beforeAll(async () => {
    place = await newBucket();
    database = await databasePlace();
  }, 180_000);
  afterAll(async () => {
    shell.end();
    await server?.end();
    await database?.remove();
  });

  const env = (more: Record<string, string> = {}) => ({
    KINEBASE_DATABASE_URL: database.url,
    KINEBASE_OBJECTS_URL: `s3:${place.endpoint}/${place.bucket}`,
    KINEBASE_S3_ACCESS_KEY: place.credentials.accessKey,
    KINEBASE_S3_SECRET_KEY: place.credentials.secretKey,
    ...more,
  });

  test('a bucket that cannot be used stops the start with one clear line', async () => {
    const missing = { KINEBASE_OBJECTS_URL: `s3:${place.endpoint}/no-such-bucket` };
    const secret = { KINEBASE_S3_SECRET_KEY: 'hush-hush' };
    for (const [change, why] of [
      [missing, /no-such-bucket cannot be used: there is no such bucket/],
      [secret, /cannot be used: it answers 403 SignatureDoesNotMatch/],
      [{ KINEBASE_OBJECTS_URL: 's3:http://localhost:1/bucket' }, /cannot be used: .*ECONNREFUSED/],
      [{ KINEBASE_OBJECTS_URL: 's3:bucket' }, /s3:https:\/\/HOST\/BUCKET/],
      [{ KINEBASE_S3_ACCESS_KEY: '' }, /KINEBASE_S3_ACCESS_KEY/],
    ] as const) {
      const { code, stdout, stderr } = await shell.run(['serve', '--port', '0'], { env: env(change) });
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(why);
      expect(stderr.trim().split('\n').length, stderr).toBe(1);
      expect(stderr).not.toContain('hush-hush');
    }
  });

  test('sweep compares them beside a running server', async () => {
    server = await startServer({ DATABASE_URL: database.url }, (config) => ({
      ...config,
      objectsUrl: env().KINEBASE_OBJECTS_URL,
      s3: place.credentials,
    }));
    const { username, password, clientId } = server.firstAdministrator!;
    const { IdToken } = await server.signIn(username, password, clientId);
    const caller = createCaller(server.url, `Bearer ${IdToken}`);
    const athleteID = await caller.athlete();
    for (const phase of [0, 1])
      expect((await caller.upload({ fileName: 'a.mot', athleteID }, motionFile({ phase }))).status).toBe(201);
    const whole = await shell.run(['sweep', '--delete'], { env: env() });
    expect([whole.code, whole.stderr]).toEqual([0, '']);
    expect(whole.stdout).toMatch(/^8 objects \(\d+ bytes\), 2 sessions\n/);

    const [first] = await caller.sessions();
    for await (const { key } of server.deps.objects.list('org/'))
      if (key.includes(first!['Session ID']) && key.endsWith('/series-1'))
        await server.deps.objects.delete(key);
    const lacking = await shell.run(['sweep'], { env: env() });
    expect(lacking.code).toBe(1);
    expect(lacking.stderr).toContain(`session ${first!['Session ID']} of organization main lacks org/main/`);
    expect(lacking.stdout).toMatch(/^7 objects/);
  });
});
