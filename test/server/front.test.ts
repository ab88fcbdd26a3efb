import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../setup/server.ts';

// Pages are answered before the framework sees the request when their token is known already, and by the framework
// otherwise: nobody may be able to tell which.
let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startServer({ DEMO: '1' });
  token = await signIn();
});
afterAll(() => server.end());

/** A new token: the first request with it goes the ordinary way, the next ones do not. */
const signIn = async () =>
  (await server.signIn('coach@riverside.example', 'demo-movement-1', 'riverside')).IdToken;

interface Seen {
  status: number;
  headers: Record<string, string>;
  body: string;
}

async function ask(path: string, bearer: string, more: Record<string, string> = {}): Promise<Seen> {
  const response = await fetch(server.url + path, {
    headers: { authorization: `Bearer ${bearer}`, ...more },
  });
  const headers = Object.fromEntries(response.headers);
  expect(headers['x-request-id']).toMatch(/^[0-9a-f]{8}-\d+$/);
  delete headers['x-request-id'];
  delete headers.date;
  return { status: response.status, headers, body: await response.text() };
}

describe('a page answered in front is the page answered by the framework', () => {
  test.each<[string, Record<string, string>]>([
    ['/sessions', {}],
    ['/sessions?limit=3', { 'accept-encoding': 'identity' }],
    ['/sessions?limit=3', { 'accept-encoding': 'gzip' }],
    ['/sessions?limit=40', { 'accept-encoding': 'gzip' }],
    ['/sessions?limit=2', { prefer: 'body=json' }],
    ['/sessions?limit=2', { prefer: 'body=string' }],
    ['/sessionData?limit=2&order=oldest', {}],
    ['/production//sessions/?limit=2&athleteID=', {}],
    ['/sessions?from=2020-01-01&to=2020-01-02&timeZone=Europe/Berlin', {}],
    ['/sessions?limit=5', { 'x-continuation-token': 'null' }],
    ['/sessions?limit=5', { 'x-continuation-token': '"null"' }],
    ['/sessions?limit=5', { 'x-continuation-token': 'damaged' }],
    ['/sessions?limit=5', { 'if-none-match': '"nothing"' }],
    ['/sessions?limit=5', { 'if-none-match': 'W/"1", *' }],
    ['/sessions?limit=0', {}],
    ['/sessions?limit=many', {}],
    ['/sessions?unknown=1', {}],
    ['/sessions?limit=1&limit=2', {}],
    ['/sessions?name=%zz', {}],
    ['/sessions?name=%00', {}],
    ['/sessions?timeZone=Nowhere/Land', {}],
  ])('%s %j', async (path, more) => {
    const first = await ask(path, await signIn(), more);
    for (let time = 0; time < 3; time++) expect(await ask(path, token, more)).toEqual(first);
  });

  test('through all the pages of a list', async () => {
    let next: string | null = null;
    do {
      const more: Record<string, string> = next === null ? {} : { 'x-continuation-token': next };
      const first = await ask('/sessions?limit=37', await signIn(), more);
      expect(await ask('/sessions?limit=37', token, more)).toEqual(first);
      expect(first.status).toBe(200);
      next = JSON.parse(first.body)['X-Continuation-Token'];
    } while (next !== null);
  });
});

test('a token that may not read is refused in front too, and one that was revoked', async () => {
  const { IdToken, RefreshToken } = await server.signIn(
    'coach@riverside.example',
    'demo-movement-1',
    'riverside',
  );
  expect((await ask('/sessions?limit=1', IdToken)).status).toBe(200);
  await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken',
    },
    body: JSON.stringify({ ClientId: 'riverside', Token: RefreshToken }),
  });
  expect((await ask('/sessions?limit=1', IdToken)).status).toBe(401);
  expect((await ask('/sessions?limit=1', 'nonsense')).status).toBe(401);
});

describe('an ETag', () => {
  test('spares the page until something changes', async () => {
    const first = await ask('/sessions?limit=4', token);
    const etag = first.headers.etag!;
    expect(etag).toMatch(/^"[0-9a-z]+-[\w-]{16}[js][zp][\w-]{16}"$/);
    const again = await ask('/sessions?limit=4', token, { 'if-none-match': etag });
    expect([again.status, again.body, again.headers.etag]).toEqual([304, '', etag]);
    expect((await ask('/sessions?limit=4', token, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
    const headers = { authorization: `Bearer ${token}`, prefer: 'body=json' };
    const created = await fetch(`${server.url}/athletes`, {
      method: 'POST',
      headers,
      body: '{"FirstName":"Eve","LastName":"Tag"}',
    });
    expect(created.status).toBe(201);
    const changed = await ask('/sessions?limit=4', token, { 'if-none-match': etag });
    expect([changed.status, changed.body]).toEqual([200, first.body]);
    expect(changed.headers.etag).not.toBe(etag);
  });

  test('is of one representation alone', async () => {
    const other = (await server.signIn('coach@northside.example', 'demo-movement-2', 'northside-swift'))
      .IdToken;
    const first = await ask('/sessions?limit=4', token, { 'accept-encoding': 'identity' });
    const next = JSON.parse(first.body)['X-Continuation-Token'] as string;
    const seen = [
      first,
      await ask('/sessions?limit=5', token, { 'accept-encoding': 'identity' }),
      await ask('/sessions?limit=4', token, { 'accept-encoding': 'gzip' }),
      await ask('/sessions?limit=4', token, { 'accept-encoding': 'identity', prefer: 'body=json' }),
      await ask('/sessions?limit=4', token, { 'accept-encoding': 'identity', 'x-continuation-token': next }),
      await ask('/sessions?limit=4', other, { 'accept-encoding': 'identity' }),
    ];
    expect(new Set(seen.map(({ headers }) => headers.etag)).size).toBe(seen.length);
    for (const { headers } of seen.slice(1)) expect(headers.vary).toContain('Authorization');
  });
});

test('no page is older than what was acknowledged before it was asked for, whoever writes and reads meanwhile', async () => {
  const headers = { authorization: `Bearer ${token}`, prefer: 'body=json' };
  const { body: sessions } = JSON.parse(
    (await ask('/sessions?limit=8', token, { prefer: 'body=json' })).body,
  ) as { body: { 'Session ID': string }[] };
  const work = async (id: string) => {
    for (let round = 0; round < 25; round++) {
      const name = `${id} in round ${round}`;
      const patched = await fetch(`${server.url}/sessions/${id}`, {
        method: 'PATCH',
        headers,
        body: JSON.stringify({ 'Session Name': name }),
      });
      expect(patched.status).toBe(200);
      await patched.arrayBuffer();
      expect((await ask('/sessions?limit=100', token)).body).toContain(name);
    }
  };
  await Promise.all(sessions.map((session) => work(session['Session ID'])));
});
