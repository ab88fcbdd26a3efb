import { randomUUID } from 'node:crypto';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN_HEADER } from '../../src/contract/page.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { STORES } from '../objects/stores.ts';
import { type Caller, motionFile } from '../server/uploading.ts';
import { postgresUrl } from '../store/engines.ts';
import { eventually } from './eventually.ts';
import { callerOf, door, type Nodes, passwordFlow, signIn, startNodes, type Tokens } from './nodes.ts';

const PUBLIC_URL = 'https://motion.example/k';

/** A bucket, where there is one. */
const store = STORES.filter(({ name, available }) => available && /^(folder|Ceph)$/.test(name)).at(-1)!;

describe.skipIf(postgresUrl === null)(`two servers on one PostgreSQL and one ${store.name}`, () => {
  let it: Nodes;
  let one: string;
  let two: string;
  let tokens: Tokens;
  let caller: Caller;
  let athleteID: string;

  beforeAll(async () => {
    it = await startNodes(2, { KINEBASE_PUBLIC_URL: PUBLIC_URL, KINEBASE_DRAIN_SECONDS: '0' }, store);
    [one, two] = it.nodes.map((node) => node.url) as [string, string];
    tokens = await signIn(one, it.administrator);
    caller = callerOf(one, tokens);
    athleteID = await caller.athlete();
  }, 180_000);
  afterAll(() => it?.end());

  const upload = async (at: Caller, phase: number, more: Record<string, string> = {}): Promise<Session> => {
    const answer = await at.upload({ fileName: 'squat.mot', athleteID, ...more }, motionFile({ phase }));
    expect(answer.status).toBe(201);
    return answer.body;
  };
  /** A user of its own, so that what happens to it happens to nobody else. */
  const user = async (role = 'coach') => {
    const username = `${randomUUID()}@x.example`;
    const answer = await caller.call('POST', '/users', { Username: username, Role: role });
    expect(answer.status).toBe(201);
    return {
      id: answer.body.UserID as string,
      username,
      password: answer.body.Password as string,
      clientId: it.administrator.clientId,
    };
  };
  const status = async (url: string, token: string, path = '/athletes') =>
    (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;

  test('tokens that one issued are good at the other, the refresh token too', async () => {
    for (const token of [tokens.IdToken, tokens.AccessToken]) expect(await status(two, token)).toBe(200);
    const { json } = await door(two, 'InitiateAuth', {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: it.administrator.clientId,
      AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
    });
    expect(await status(one, json.AuthenticationResult!.IdToken)).toBe(200);
  });

  test('a list that begins at one goes on at the other, page by page', async () => {
    for (let phase = 0; phase < 5; phase++) await upload(caller, phase);
    const seen: string[] = [];
    let token: string | null = null;
    let page = 0;
    do {
      const url: string = [one, two][page++ % 2]!;
      const response = await fetch(`${url}/sessions?limit=2`, {
        headers: {
          authorization: `Bearer ${tokens.IdToken}`,
          prefer: 'body=json',
          ...(token === null ? {} : { [TOKEN_HEADER]: token }),
        },
      });
      const answer = (await response.json()) as {
        body: Session[];
        [TOKEN_HEADER]: string | null;
      };
      expect(response.status).toBe(200);
      seen.push(...answer.body.map((session) => session['Session ID']));
      token = answer[TOKEN_HEADER];
    } while (token !== null);
    expect(seen.length).toBeGreaterThanOrEqual(5);
    expect(seen).toEqual((await caller.sessions()).map((session) => session['Session ID']));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('what one stored the other reads: series, report and original', async () => {
    const session = await upload(caller, 7);
    const other = callerOf(two, tokens);
    expect(await other.report(session)).toEqual(await caller.report(session));
    expect(await other.ikData(session)).toEqual(await caller.ikData(session));
    expect((await other.original(session)).equals(Buffer.from(motionFile({ phase: 7 })))).toBe(true);
  });

  test('the same id sent to both at once is recorded once', async () => {
    const both = [caller, callerOf(two, tokens)];
    for (let round = 0; round < 5; round++) {
      const sessionID = randomUUID().toUpperCase();
      const answers = await Promise.all(
        both.map((at) => at.upload({ fileName: 'squat.mot', athleteID, sessionID }, motionFile())),
      );
      for (const answer of answers) expect([200, 201]).toContain(answer.status);
      expect(answers[0]!.body).toEqual(answers[1]!.body);
    }
  });

  test('jobs that both were given at once are each done once', async () => {
    const other = callerOf(two, tokens);
    const [here, there] = [
      await caller.exercise({ 'Exercise Name': 'Here', PrimaryChannel: 'knee_angle_r' }),
      await caller.exercise({ 'Exercise Name': 'There', PrimaryChannel: 'knee_angle_r' }),
    ];
    const sessions: Session[] = [];
    for (let phase = 0; phase < 10; phase++)
      sessions.push(await upload(caller, phase, { exerciseID: phase % 2 === 0 ? here : there }));
    const queued = await Promise.all([
      caller.call('POST', '/recomputation', { 'Exercise ID': here }),
      other.call('POST', '/recomputation', { 'Exercise ID': there }),
    ]);
    expect(queued.map((answer) => answer.status)).toEqual([202, 202]);
    await eventually(async () => {
      const { body } = await caller.call('GET', '/recomputation');
      return body.Waiting + body.Running === 0;
    });
    for (const session of sessions) {
      const { body } = await other.call('GET', `/sessions/${session['Session ID']}/reports`);
      expect(body.length).toBe(2);
    }
    const done = async (url: string) =>
      Number(
        /^kinebase_jobs_finished_total\{outcome="done"\} (\d+)$/m.exec(
          await (await fetch(`${url}/metrics`)).text(),
        )?.[1] ?? 0,
      );
    expect((await done(one)) + (await done(two))).toBe(sessions.length);
  });

  test('a new signing key of one is known to the other at once, and old tokens stay good', async () => {
    const coach = await user();
    for (let round = 0; round < 3; round++) {
      const before = await signIn(two, coach);
      const { body } = await callerOf(one, tokens).call('POST', '/signing-keys');
      const after = await signIn(one, coach);
      expect(decodeProtectedHeader(after.IdToken).kid).toBe(body.KeyID);
      expect(await status(two, after.IdToken)).toBe(200);
      for (const url of [one, two]) expect(await status(url, before.IdToken)).toBe(200);
    }
  });

  test.each<[string, (its: { id: string; clientId: string } & Tokens) => Promise<{ status: number }>]>([
    ['signed out everywhere', ({ AccessToken }) => door(one, 'GlobalSignOut', { AccessToken })],
    ['revoked', (its) => door(one, 'RevokeToken', { Token: its.RefreshToken, ClientId: its.clientId })],
    ['disabled', ({ id }) => caller.call('PATCH', `/users/${id}`, { Enabled: false })],
    [
      'given another password',
      ({ id }) => caller.call('PATCH', `/users/${id}`, { Password: 'a-new-secret' }),
    ],
    ['removed', ({ id }) => caller.call('DELETE', `/users/${id}`)],
  ])('what one has %s the other refuses within moments', async (_, end) => {
    const coach = await user();
    const its = await signIn(two, coach);
    expect(await status(two, its.IdToken)).toBe(200);
    expect((await end({ ...coach, ...its })).status).toBeLessThan(300);
    expect(await status(one, its.IdToken)).toBe(401);
    await eventually(async () => (await status(two, its.IdToken)) === 401, 5_000);
  });

  test('an API key that one revoked the other refuses within moments', async () => {
    const { Key, KeyID } = (await caller.call('POST', '/keys', { Name: 'passing' })).body;
    expect(await status(two, Key)).toBe(200);
    await caller.call('DELETE', `/keys/${KeyID}`);
    await eventually(async () => (await status(two, Key)) === 401, 5_000);
  });

  test('a role that one took away is gone at the other', async () => {
    const coach = await user();
    const mine = callerOf(two, await signIn(two, coach));
    expect((await mine.call('POST', '/athletes', { FirstName: 'A', LastName: 'B' })).status).toBe(201);
    await caller.call('PATCH', `/users/${coach.id}`, { Role: 'viewer' });
    await eventually(
      async () => (await mine.call('POST', '/athletes', { FirstName: 'A', LastName: 'B' })).status === 403,
      5_000,
    );
  });

  test('failed sign-ins are counted for both together, and a restart forgets none', async () => {
    const coach = await user();
    const attempt = async (url: string, password: string) =>
      (await door(url, 'InitiateAuth', passwordFlow(coach.username, password, coach.clientId))).json.__type;
    for (let failure = 0; failure < 10; failure++)
      expect(await attempt([one, two][failure % 2]!, 'a-wrong-guess')).toBe('NotAuthorizedException');
    for (const url of [one, two]) expect(await attempt(url, coach.password)).toBe('TooManyRequestsException');
    const [first] = it.nodes;
    expect((await first!.terminate()).code).toBe(0);
    await first!.start();
    expect(await attempt(one, coach.password)).toBe('TooManyRequestsException');
  });

  test('a page is never older than a write that was acknowledged, whichever server wrote it', async () => {
    const both = [caller, callerOf(two, tokens)] as const;
    const named = async (at: Caller, id: string) =>
      (await at.sessions()).find((session) => session['Session ID'] === id)!['Session Name'];
    const mine = await Promise.all(Array.from({ length: 4 }, (_, phase) => upload(caller, 100 + phase)));
    // Each follows a session of its own; the changes of the others raise the same version meanwhile.
    const follow = async (session: Session, worker: number) => {
      const id = session['Session ID'];
      for (let round = 0; round < 50; round++) {
        const [writer, reader] = (worker + round) % 2 === 0 ? both : ([both[1], both[0]] as const);
        const name = `round ${round} of ${worker}`;
        const answer = await writer.call('PATCH', `/sessions/${id}`, { 'Session Name': name });
        expect(answer.status).toBe(200);
        expect(await named(reader, id)).toBe(name);
        // A second look is answered from the cache, and must be the same.
        expect(await named(reader, id)).toBe(name);
      }
    };
    await Promise.all(mine.map(follow));
  });

  test('an organization comes with its library and its administrator, or not at all', async () => {
    const admin = 'head@north.example';
    const both = [caller, callerOf(two, tokens)];
    const answers = await Promise.all(
      both.map((at, place) =>
        at.call('POST', '/organizations', {
          Name: `North ${place}`,
          OrganizationID: `north-${place}`,
          Admin: admin,
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    const made = answers.find((answer) => answer.status === 201)!.body;
    const { body } = await caller.call('GET', '/organizations');
    const ids = (body as { OrganizationID: string }[]).map((organization) => organization.OrganizationID);
    expect(ids.filter((id) => id.startsWith('north-'))).toEqual([made.OrganizationID]);
    const { clientId } = it.administrator;
    const head = await signIn(two, { username: admin, password: made.Admin.Password, clientId });
    const exercises = (await callerOf(one, head).call('GET', '/exercises')).body as unknown[];
    expect(exercises.length).toBeGreaterThan(200);
  });

  test('others verify its tokens by discovery from the issuer, at either server', async () => {
    const issuer = `${PUBLIC_URL}/local_kinebase`;
    for (const url of [one, two]) {
      // What a proxy passes on for the public URL.
      const at = (address: string) => address.replace(PUBLIC_URL, url);
      const discovered = await fetch(at(`${issuer}/.well-known/openid-configuration`));
      const document = (await discovered.json()) as { issuer: string; jwks_uri: string };
      expect(document.issuer).toBe(issuer);
      const keys = createRemoteJWKSet(new URL(at(document.jwks_uri)));
      const { payload } = await jwtVerify(tokens.IdToken, keys, { issuer });
      expect(payload.token_use).toBe('id');
    }
  });
});
