import { describe, expect, test } from 'vitest';
import { createClient, KinebaseError } from '../../src/sdk/index.ts';
import { impatient, page, type Step, scripted, session } from './scripted.ts';

const value = (body: unknown): Step => ({ body: { statusCode: 200, body } });
const refuse = (status: number, headers: Record<string, string> = {}): Step => ({
  status,
  headers,
  body: { message: 'not now' },
});
const cut: Step = (_request, response) => void response.socket!.destroy();
const ORGANIZATION = { OrganizationID: 'riverside', Name: 'Riverside', Version: 1 };

describe('bodies', () => {
  test('a value and a JSON string of it read alike', async () => {
    const { url, seen } = await scripted(value(ORGANIZATION), value(JSON.stringify(ORGANIZATION)));
    const { client } = impatient(url);
    expect(await client.organization()).toEqual(ORGANIZATION);
    expect(await client.organization()).toEqual(ORGANIZATION);
    expect(seen[0]!.headers).toMatchObject({
      prefer: 'body=json',
      authorization: 'Bearer token-1',
      accept: 'application/json',
    });
  });

  test('a failure inside the envelope of a 200 is a failure', async () => {
    const { url } = await scripted(
      { body: { statusCode: 404, body: '{"message":"no such key"}' } },
      { body: { errorMessage: 'Task timed out', errorType: 'Runtime.Exit' } },
    );
    const { client } = impatient(url, { retries: 0 });
    await expect(client.reportData('k')).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
      message: 'no such key',
    });
    await expect(client.reportData('k')).rejects.toMatchObject({
      code: 'internal',
      message: 'Task timed out',
    });
  });

  test.each([['<html>It works!</html>'], ['[]'], ['{}'], ['{"statusCode":200,"body":"{half"}']])(
    '%s is no answer of the contract',
    async (body) => {
      const { url } = await scripted({ body });
      await expect(impatient(url).client.organization()).rejects.toMatchObject({ code: 'bad_answer' });
    },
  );

  test('an id is one member of the path whatever it holds', async () => {
    const { url, seen } = await scripted(value({}));
    await impatient(url).client.sessions.get('../users?x=1#');
    expect(seen[0]!.path).toBe('/sessions/..%2Fusers%3Fx%3D1%23');
  });

  test.each(['/', '/production/', '//'])('the base URL may end in %s', async (end) => {
    const { url, seen } = await scripted(value(ORGANIZATION));
    await impatient(url + end).client.organization();
    expect(seen[0]!.path).toBe(`${end.replace(/\/+$/, '')}/organization`);
  });

  test.each(['127.0.0.1:4750', 'ftp://x', '', 'http://'])('%j is no URL of a server', (url) => {
    expect(() => createClient({ url, token: 't' })).toThrow(TypeError);
  });
});

describe('errors', () => {
  test('carry code, status, request id and parsed body', async () => {
    const body = { message: 'Your organization has no session "x".', code: 'not_found' };
    const { url } = await scripted({ status: 404, body, headers: { 'x-request-id': 'ab-1' } });
    const error = await impatient(url)
      .client.sessions.get('x')
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(KinebaseError);
    expect(error).toMatchObject({
      code: 'not_found',
      status: 404,
      requestId: 'ab-1',
      body,
      message: body.message,
    });
  });

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [413, 'payload_too_large'],
    [418, 'refused'],
    [500, 'internal'],
  ])('status %i of a server without codes is %s', async (status, code) => {
    const { url } = await scripted({ status, body: '<html>' });
    await expect(impatient(url, { retries: 0 }).client.reportData('k')).rejects.toMatchObject({
      code,
      status,
    });
  });

  test('nobody at home is a network fault that says where', async () => {
    const { client } = impatient('http://127.0.0.1:1', { retries: 0 });
    await expect(client.health()).rejects.toMatchObject({
      code: 'network',
      status: 0,
      message: expect.stringContaining('http://127.0.0.1:1'),
    });
  });
});

describe('another attempt', () => {
  test.each([408, 429, 500, 502, 503, 504])('after status %i, with pauses that grow', async (status) => {
    const { url, seen } = await scripted(refuse(status), refuse(status), refuse(status), value(ORGANIZATION));
    const { client, pauses } = impatient(url);
    expect(await client.organization()).toEqual(ORGANIZATION);
    expect(seen).toHaveLength(4);
    expect(pauses).toEqual([250, 500, 1000]);
  });

  test('never before Retry-After, in seconds or as a date', async () => {
    const { url } = await scripted(
      refuse(503, { 'retry-after': '7' }),
      refuse(503, { 'retry-after': 'Mon, 04 May 2026 09:30:09 GMT' }),
      value(ORGANIZATION),
    );
    const { client, pauses } = impatient(url, { random: () => 0, now: () => Date.UTC(2026, 4, 4, 9, 30) });
    await client.organization();
    expect(pauses).toEqual([7000, 9000]);
  });

  test('not when the server asks for very long patience', async () => {
    const { url, seen } = await scripted(refuse(503, { 'retry-after': '3600' }));
    await expect(impatient(url).client.organization()).rejects.toMatchObject({
      code: 'unavailable',
      retryAfter_s: 3600,
    });
    expect(seen).toHaveLength(1);
  });

  test('after a cut connection, also in the middle of an answer', async () => {
    const half: Step = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"statusCode":200,');
      response.socket!.end();
    };
    const { url, seen } = await scripted(cut, half, value(ORGANIZATION));
    expect(await impatient(url).client.organization()).toEqual(ORGANIZATION);
    expect(seen).toHaveLength(3);
  });

  test('ends after the retries, with the last fault', async () => {
    const { url, seen } = await scripted(cut, cut, refuse(502));
    await expect(impatient(url, { retries: 2 }).client.organization()).rejects.toMatchObject({
      code: 'internal',
      status: 502,
    });
    expect(seen).toHaveLength(3);
  });

  test.each([400, 404, 409, 422, 501, 505])('not after status %i', async (status) => {
    const { url, seen } = await scripted(refuse(status));
    await expect(impatient(url).client.organization()).rejects.toMatchObject({ status });
    expect(seen).toHaveLength(1);
  });

  test('not for a call that would make a second record', async () => {
    const { url, seen } = await scripted(refuse(503), cut);
    const { client } = impatient(url);
    await expect(client.users.create({ Username: 'a@b.example', Role: 'coach' })).rejects.toMatchObject({
      status: 503,
    });
    await expect(client.keys.create({ Name: 'k' })).rejects.toMatchObject({ code: 'network' });
    expect(seen).toHaveLength(2);
  });

  test('for a new record, under the id that the client chose', async () => {
    const { url, seen } = await scripted(
      cut,
      { status: 201, body: { statusCode: 201, body: {} } },
      refuse(503),
      { status: 201, body: { statusCode: 201, body: {} } },
    );
    const { client } = impatient(url);
    await client.athletes.create({ FirstName: 'Ada', LastName: 'Lovelace', ValorID: undefined as never });
    await client.sessions.record('time\tx\n', { fileName: 'a.mot', athleteID: 'A' });
    const [first, again] = seen.map(({ body }) => body);
    expect(first).toBe(again);
    expect(JSON.parse(first!).ValorID).toMatch(
      /^[0-9A-F]{8}-[0-9A-F]{4}-7[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/,
    );
    expect(seen[2]!.path).toBe(seen[3]!.path);
    expect(new URL(seen[2]!.path, url).searchParams.get('sessionID')).toMatch(/^[0-9A-F-]{36}$/);
    expect(seen[3]!.body).toBe('time\tx\n');
  });

  test('of a deletion whose first answer was lost finds it done', async () => {
    const { url } = await scripted(
      cut,
      { status: 404, body: { message: 'gone', code: 'not_found' } },
      { status: 404, body: { message: 'gone', code: 'not_found' } },
    );
    const { client } = impatient(url);
    await client.sessions.delete('x');
    await expect(client.sessions.delete('x')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('within a list loses and repeats nothing', async () => {
    const { url } = await scripted(page([session('a')], 't1'), refuse(503), cut, page([session('b')], null));
    expect((await impatient(url).client.sessions.list().all()).map((each) => each['Session ID'])).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('time limit and abort', () => {
  const silent: Step = () => {};

  test('a server that does not answer in time is left, and asked again', async () => {
    const { url, seen } = await scripted(silent, value(ORGANIZATION));
    let limits = 0;
    const wait = (duration_ms: number) =>
      duration_ms === 50 && limits++ > 0 ? new Promise<void>(() => {}) : settled(seen, 1);
    expect(await impatient(url, { timeout_ms: 50, wait }).client.organization()).toEqual(ORGANIZATION);
    expect(seen).toHaveLength(2);
  });

  test('the last time limit is the error', async () => {
    const { url, seen } = await scripted(silent);
    const { client } = impatient(url, { timeout_ms: 50, retries: 0, wait: () => settled(seen, 1) });
    await expect(client.organization()).rejects.toMatchObject({ code: 'timeout', status: 0 });
  });

  test('a call can be aborted while it waits for its answer', async () => {
    const abort = new AbortController();
    const { url } = await scripted(() => abort.abort(new Error('the user went elsewhere')));
    const call = impatient(url).client.organization({ signal: abort.signal });
    await expect(call).rejects.toMatchObject({
      code: 'aborted',
      cause: { message: 'the user went elsewhere' },
    });
  });

  test('and while it waits for another attempt', async () => {
    const abort = new AbortController();
    const { url, seen } = await scripted(refuse(503));
    const wait = async (duration_ms: number) =>
      duration_ms >= 60_000 ? new Promise<void>(() => {}) : abort.abort();
    await expect(
      impatient(url, { wait }).client.organization({ signal: abort.signal }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toHaveLength(1);
  });

  test('an aborted signal sends nothing', async () => {
    const { url, seen } = await scripted();
    await expect(impatient(url).client.organization({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(seen).toHaveLength(0);
  });

  test('a replaced fetch that heeds no signal is left all the same', async () => {
    const fetch = () => new Promise<never>(() => {});
    const { client } = impatient('http://nowhere.example', {
      fetch,
      timeout_ms: 50,
      retries: 0,
      wait: async () => {},
    });
    await expect(client.organization()).rejects.toMatchObject({ code: 'timeout' });
  });

  /** Resolves once the server has seen so many requests. */
  async function settled(seen: readonly unknown[], count: number): Promise<void> {
    while (seen.length < count) await new Promise((soon) => setImmediate(soon));
  }
});
