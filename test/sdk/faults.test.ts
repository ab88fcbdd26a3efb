import { execFile } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createClient, isKinebaseError, type KinebaseError, type SessionPatch } from '../../src/sdk/index.ts';
import { waitForReal } from '../../src/sdk/runtime.ts';
import {
  idsOf,
  impatient,
  page,
  type RawStep,
  type Step,
  scripted,
  scriptedBytes,
  session,
} from './scripted.ts';

/** Servers that speak badly on purpose. Whatever they do ends as the whole answer, or as an error that names the fault. */

const ORGANIZATION = { OrganizationID: 'riverside', Name: 'Riverside', Version: 1 };
const good = JSON.stringify({ statusCode: 200, body: ORGANIZATION });
const whole =
  (body: string, length = Buffer.byteLength(body)): RawStep =>
  (socket) =>
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`,
    );

describe('a cut connection', () => {
  const cuts: Record<string, RawStep> = {
    'before the first byte': (socket) => socket.destroy(),
    'in the status line': (socket) => socket.end('HTTP/1.1 20'),
    'in a header': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Type: appl'),
    'after the headers': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n'),
    'in a body of known length': (socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${good.length}\r\n\r\n${good.slice(0, 20)}`),
    'in a body of chunks': (socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n${good.slice(0, 20)}\r\n`),
    'in a body that only the end of the connection ends': (socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${good.slice(0, 20)}`),
    'before such a body': (socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'),
    'in the middle of compressed bytes': (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n');
      socket.end(gzipSync(good).subarray(0, 40));
    },
    'instead of HTTP': (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  };

  test.each(Object.entries(cuts))('%s is tried again', async (_, cut) => {
    const { url, requests } = await scriptedBytes(cut, whole(good));
    expect(await impatient(url).client.organization()).toEqual(ORGANIZATION);
    expect(requests()).toBe(2);
  });

  test.each(Object.entries(cuts))('%s is a network fault in the end', async (_, cut) => {
    const { url } = await scriptedBytes(cut, cut);
    const error = await impatient(url, { retries: 1 })
      .client.organization()
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining(url) });
  });

  test.each([
    'before the first byte',
    'after the headers',
    'in a body of known length',
    'in a body of chunks',
  ])('%s says that the server was reached', async (when) => {
    const { url } = await scriptedBytes(cuts[when]!);
    await expect(impatient(url, { retries: 0 }).client.organization()).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(
        new RegExp(`^The connection to ${url} broke off before the answer was whole: .`),
      ),
    });
  });
});

describe('a Content-Length that lies', () => {
  test('by more than there is: a network fault', async () => {
    const long: RawStep = (socket) => {
      whole(good, good.length + 10)(socket);
      socket.end();
    };
    const { url } = await scriptedBytes(long, whole(good));
    expect(await impatient(url).client.organization()).toEqual(ORGANIZATION);
  });

  test('by less than there is: what came is cut off, and not taken for whole', async () => {
    const { url } = await scriptedBytes(whole(good, 30), whole(good, 30), whole(good));
    expect(await impatient(url).client.organization()).toEqual(ORGANIZATION);
    const half = await scriptedBytes(whole(good, 30));
    await expect(impatient(half.url, { retries: 0 }).client.organization()).rejects.toMatchObject({
      code: 'network',
      status: 200,
      message: expect.stringContaining('breaks off after 30 characters'),
    });
  });
});

describe('what is no answer of the contract', () => {
  const PAGE = '<!doctype html><title>502 Bad Gateway</title><h1>nginx</h1>';

  test('a page under 200 says so at once, and where it came from', async () => {
    const { url, seen } = await scripted({ body: PAGE, headers: { 'content-type': 'text/html' } });
    await expect(impatient(url).client.reportData('k')).rejects.toMatchObject({
      code: 'bad_answer',
      message: expect.stringContaining(`${url}/reportData`),
      body: PAGE,
    });
    expect(seen).toHaveLength(1);
  });

  test('a page under an error status is that error, in words', async () => {
    const { url, seen } = await scripted(
      { status: 404, body: PAGE },
      ...Array(3).fill({ status: 502, body: PAGE }),
    );
    const { client } = impatient(url, { retries: 2 });
    await expect(client.reportData('k')).rejects.toMatchObject({
      code: 'not_found',
      message: `The server answered with status 404 and a page “502 Bad Gateway” instead of JSON: is ${url}/reportData below the URL of a sessions API?`,
    });
    await expect(client.reportData('k')).rejects.toMatchObject({ code: 'internal', status: 502 });
    expect(seen).toHaveLength(4);
  });

  test.each([
    ['[]'],
    ['"text"'],
    ['17'],
    ['null'],
    ['{"statusCode":200,"body":"<html>"}'],
    ['{"statusCode":200,"body":"{\\"half\\":"}'],
    ['{body:1}'],
    ["{'statusCode':200}"],
  ])('%s', async (body) => {
    const { url, seen } = await scripted({ body });
    await expect(impatient(url).client.reportData('k')).rejects.toMatchObject({ code: 'bad_answer' });
    expect(seen).toHaveLength(1);
  });

  test('a list that holds no list', async () => {
    const { url } = await scripted({
      body: { statusCode: 200, 'X-Continuation-Token': null, body: { items: [] } },
    });
    await expect(impatient(url).client.sessions.list()).rejects.toMatchObject({ code: 'bad_answer' });
  });

  test('a message of any length is shortened, and whole in the body', async () => {
    const message = 'x'.repeat(1_000_000);
    const { url } = await scripted({ status: 400, body: { message } });
    const error = await impatient(url)
      .client.reportData('k')
      .catch((error: KinebaseError) => error);
    expect((error as KinebaseError).message).toHaveLength(1000);
    expect((error as KinebaseError).body).toEqual({ message });
  });

  test('a sign-in door that is a page, null, or hands out what is no token', async () => {
    const account = { username: 'a', password: 'b', clientId: 'c' };
    for (const body of [PAGE, 'null', '{}', '{"AuthenticationResult":{"IdToken":"a\\nb"}}']) {
      const { url } = await scripted({ body });
      await expect(impatient(url, account).client.organization()).rejects.toMatchObject({
        code: 'bad_answer',
      });
    }
  });
});

describe('bursts of refusals', () => {
  const busy = (status: number, headers = {}): Step => ({ status, headers, body: '<html>' });

  test('in the middle of a list lose and repeat nothing, and are waited for as they ask', async () => {
    const { url, seen } = await scripted(
      page([session('a')], 't1'),
      busy(429, { 'retry-after': '3' }),
      busy(503),
      page([session('b')], 't2'),
      busy(500),
      busy(429, { 'retry-after': 'Mon, 04 May 2026 09:30:09 GMT' }),
      busy(504),
      page([session('c')], null),
    );
    const { client, pauses } = impatient(url, { now: () => Date.UTC(2026, 4, 4, 9, 30) });
    expect(await idsOf(client.sessions.list())).toEqual(['a', 'b', 'c']);
    expect(pauses).toEqual([3250, 500, 250, 9500, 1000]);
    expect(seen.map(({ headers }) => headers['x-continuation-token'])).toEqual([
      '""',
      ...Array(3).fill('t1'),
      ...Array(4).fill('t2'),
    ]);
  });

  test('that do not end are the error of the list, behind what came before', async () => {
    const { url } = await scripted(
      page([session('a')], 't1'),
      ...Array(5).fill(busy(503, { 'x-request-id': 'r-5' })),
    );
    const ids: string[] = [];
    const reading = (async () => {
      for await (const one of impatient(url).client.sessions.list()) ids.push(one['Session ID']);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'unavailable', status: 503, requestId: 'r-5' });
    expect(ids).toEqual(['a']);
  });

  test('under HTTP 200, from a gateway that passes a function’s answer on, are refusals too', async () => {
    const inner = (statusCode: number | string, body: unknown): Step => ({ body: { statusCode, body } });
    const { url } = await scripted(
      inner(503, '{"message":"busy"}'),
      inner('502', 'Bad Gateway'),
      { body: { errorMessage: 'Task timed out after 3.00 seconds' } },
      { body: { statusCode: 200, body: ORGANIZATION } },
    );
    const { client, pauses } = impatient(url);
    expect(await client.organization()).toEqual(ORGANIZATION);
    expect(pauses).toHaveLength(3);
  });

  test('carry the request id of an API gateway as well', async () => {
    const { url } = await scripted(
      { status: 400, body: {}, headers: { 'x-amzn-requestid': 'amz-1' } },
      {
        body: 'no JSON',
        headers: { 'x-amzn-requestid': 'amz-2' },
      },
    );
    const { client } = impatient(url);
    await expect(client.reportData('k')).rejects.toMatchObject({ requestId: 'amz-1' });
    await expect(client.reportData('k')).rejects.toMatchObject({ requestId: 'amz-2' });
  });
});

describe('a token that expires in the middle of a list', () => {
  const tokens = (IdToken: string): Step => ({
    body: { AuthenticationResult: { IdToken, RefreshToken: 'r', ExpiresIn: 3600 } },
  });
  const account = { username: 'ada@riverside.example', password: 'secret', clientId: 'riverside' };

  test.each<[string, Step]>([
    ['by status 401', { status: 401, body: { message: 'The incoming token has expired' } }],
    ['inside a 200', { body: { statusCode: 401, body: '{"message":"The incoming token has expired"}' } }],
  ])('%s is renewed, and the page asked for again', async (_, expired) => {
    const { url, seen } = await scripted(
      tokens('id-1'),
      page([session('a')], 't1'),
      expired,
      tokens('id-2'),
      page([session('b')], 't2'),
      page([session('c')], null),
    );
    expect(await idsOf(impatient(url, account).client.sessions.list())).toEqual(['a', 'b', 'c']);
    const asked = seen.filter(({ path }) => path.startsWith('/sessions'));
    expect(asked.map(({ headers }) => [headers.authorization, headers['x-continuation-token']])).toEqual([
      ['Bearer id-1', '""'],
      ['Bearer id-1', 't1'],
      ['Bearer id-2', 't1'],
      ['Bearer id-2', 't2'],
    ]);
  });

  test('early, while the sign-in is away: the one at hand still serves', async () => {
    let now_ms = 0;
    const away: Step = { status: 503, body: {} };
    const { url, seen } = await scripted(
      tokens('id-1'),
      page([session('a')], 't1'),
      away,
      page([session('b')], null),
    );
    const { client } = impatient(url, { ...account, now: () => now_ms, retries: 0 });
    const ids: string[] = [];
    for await (const one of client.sessions.list()) {
      ids.push(one['Session ID']);
      now_ms = 3_590_000;
    }
    expect(ids).toEqual(['a', 'b']);
    expect(seen.at(-1)!.headers.authorization).toBe('Bearer id-1');
  });

  test('for good, while the sign-in is away, is the error of the sign-in', async () => {
    let now_ms = 0;
    const { url } = await scripted(tokens('id-1'), page([session('a')], 't1'), { status: 503, body: {} });
    const { client } = impatient(url, { ...account, now: () => now_ms, retries: 0 });
    const reading = (async () => {
      for await (const _ of client.sessions.list()) now_ms = 3_600_000;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('time and abort', () => {
  /** A clock of pauses: what waits for a time limit or for another attempt, until it is let. */
  function clock() {
    const running = new Set<{ duration_ms: number; ring(): void }>();
    const wait = (duration_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const timer = { duration_ms, ring: () => end() };
        const end = () => {
          running.delete(timer);
          resolve();
        };
        running.add(timer);
        signal?.addEventListener('abort', end);
        if (signal?.aborted) end();
      });
    return { running, wait: wait as never };
  }
  const slow: RawStep = (socket) =>
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${good.length}\r\n\r\n${good.slice(0, 20)}`);
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((soon) => setImmediate(soon));
  };

  test('a body that comes too slowly is given up, its connection closed, and asked for again', async () => {
    const { url, open, requests } = await scriptedBytes(slow, whole(good));
    const { running, wait } = clock();
    const call = impatient(url, { wait, timeout_ms: 5000, random: () => 0 }).client.organization();
    await until(() => requests() === 1);
    const [socket] = open;
    for (const timer of running) timer.ring();
    await until(() => socket!.destroyed);
    await until(() => [...running].some(({ duration_ms }) => duration_ms === 0));
    for (const timer of running) if (timer.duration_ms === 0) timer.ring();
    expect(await call).toEqual(ORGANIZATION);
    expect(running.size).toBe(0);
  });

  test('the limit of a call goes before that of the client, and names both server and time', async () => {
    const { url } = await scriptedBytes(slow);
    const { client } = impatient(url, { wait: waitForReal, retries: 0 });
    await expect(client.organization({ timeout_ms: 50 })).rejects.toMatchObject({
      code: 'timeout',
      message: `No whole answer from ${url} within 0.05 s.`,
    });
  });

  test('the limit of a call holds for a sign-in that hangs, too', async () => {
    const { url, requests } = await scriptedBytes(
      () => {},
      () => {},
    );
    const { client } = impatient(url, {
      username: 'a',
      password: 'b',
      clientId: 'c',
      wait: waitForReal,
    });
    await expect(client.organization({ timeout_ms: 50 })).rejects.toMatchObject({ code: 'timeout' });
    expect(requests()).toBe(1);
  });

  test('bytes that are not what their headers say are at the latest past the time limit', async () => {
    const { url } = await scriptedBytes((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nno gzip..'),
    );
    const { client } = impatient(url, { wait: waitForReal, retries: 0, timeout_ms: 100 });
    await expect(client.organization()).rejects.toMatchObject({
      code: expect.stringMatching(/^(network|timeout)$/),
    });
  });

  test('a limit that no timer can hold is none, and nonsense is refused', async () => {
    const { url } = await scripted({ body: { statusCode: 200, body: ORGANIZATION } });
    const { client } = impatient(url, { wait: waitForReal, timeout_ms: Number.POSITIVE_INFINITY });
    expect(await client.organization()).toEqual(ORGANIZATION);
    for (const bad of [{ timeout_ms: 0 }, { timeout_ms: Number.NaN }, { retries: -1 }])
      expect(() => createClient({ url, token: 't', ...bad })).toThrow(TypeError);
  });

  /** Two pages of ten, and a third that is never whole. */
  async function endless() {
    const items = (from: number) => Array.from({ length: 10 }, (_, index) => session(`${from + index}`));
    const given = new Map([
      ['""', page(items(0), 't1').body],
      ['t1', page(items(10), 't2').body],
    ]);
    const third: ServerResponse[] = [];
    const step: Step = (request, response) => {
      const body = given.get(request.headers['x-continuation-token'] as string);
      if (body !== undefined) return response.end(JSON.stringify(body));
      third.push(response);
      response.write('{"statusCode":200,');
    };
    return { third, url: (await scripted(...Array(20).fill(step))).url };
  }

  test('abort in the middle of a page ends the iteration at the next item, and nothing stays open', async () => {
    const { url, third } = await endless();
    const { running, wait } = clock();
    const abort = new AbortController();
    const { client } = impatient(url, { wait });
    const ids: string[] = [];
    const reading = (async () => {
      for await (const one of client.sessions.list({}, { signal: abort.signal })) {
        ids.push(one['Session ID']);
        // Two pages are there, a third is being read ahead.
        if (ids.length === 15) {
          await until(() => third.length === 1);
          abort.abort();
        }
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
    expect(ids).toHaveLength(15);
    await until(() => third[0]!.destroyed);
    expect(running.size).toBe(0);
  });

  test('a program that left, aborted or timed out ends by itself', async () => {
    const { url } = await endless();
    const program = `
      import { createClient } from ${JSON.stringify(new URL('../../dist/sdk/index.js', import.meta.url).href)};
      const client = createClient({ url: ${JSON.stringify(url)}, token: 't', timeout_ms: 1e9, retries: 0 });
      const said = [];
      for await (const { 'Session ID': id } of client.sessions.list()) if (id === '12') break;
      const abort = new AbortController();
      try {
        for await (const { 'Session ID': id } of client.sessions.list({}, { signal: abort.signal })) if (id === '12') abort.abort();
      } catch (error) { said.push(error.code); }
      await client.organization({ timeout_ms: 20 }).catch((error) => said.push(error.code));
      console.log(said.join(' '));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    expect(stdout.trim()).toBe('aborted timeout');
  });
});

describe('what a program gets wrong is a KinebaseError before anything is sent', () => {
  const nowhere = () => createClient({ url: 'http://127.0.0.1:1', token: 't', retries: 0 });
  const circle: { self?: unknown } = {};
  circle.self = circle;
  test.each<[string, () => Promise<unknown>, string]>([
    ['no id', () => nowhere().sessions.get(''), 'missing_parameter'],
    ['undefined as id', () => nowhere().sessions.delete(undefined as never), 'missing_parameter'],
    ['the id ..', () => nowhere().sessions.get('..'), 'invalid_parameter'],
    ['half a letter as id', () => nowhere().sessions.get('\ud800'), 'invalid_parameter'],
    [
      'an invalid Date',
      () =>
        nowhere()
          .sessions.list({ from: new Date(Number.NaN) })
          .all(),
      'invalid_parameter',
    ],
    [
      'an empty list of athletes',
      () => nowhere().sessions.list({ athleteID: [] }).all(),
      'invalid_parameter',
    ],
    ['input that is a circle', () => nowhere().sessions.patch('a', circle as SessionPatch), 'invalid_body'],
    [
      'a token function that fails',
      () =>
        createClient({
          url: 'http://127.0.0.1:1',
          token: () => {
            throw new Error('vault is sealed');
          },
        }).organization(),
      'unauthorized',
    ],
    [
      'an empty token',
      () => createClient({ url: 'http://127.0.0.1:1', token: ' \n' }).organization(),
      'unauthorized',
    ],
    [
      'a token of two lines',
      () => createClient({ url: 'http://127.0.0.1:1', token: 'a\nb' }).organization(),
      'unauthorized',
    ],
  ])('%s', async (_, call, code) => {
    const error = await call().catch((error: unknown) => error);
    expect(isKinebaseError(error)).toBe(true);
    expect(error).toMatchObject({ code, status: 0 });
  });

  test('a token with the end of its line is sent without', async () => {
    const { url, seen } = await scripted({ body: { statusCode: 200, body: ORGANIZATION } });
    await impatient(url, { token: 'abc\n' }).client.organization();
    expect(seen[0]!.headers.authorization).toBe('Bearer abc');
  });

  test.each([
    [{ url: 'http://x.example' }],
    [{ url: 'http://x.example', username: 'a', password: 'b' }],
    [{ url: 'http://x.example', username: 'a', password: undefined, clientId: 'c' }],
    [{ url: 'http://x.example', token: undefined }],
    [{ url: 'http://x.example', apiKey: undefined }],
  ])('%j does not say who calls', (options) => {
    expect(() => createClient(options as never)).toThrow(/say who calls/);
  });

  test.each([
    'http://ada:secret@x.example',
    'http://x.example/?stage=1',
    'http://x.example/#top',
    'http://x.example?',
  ])('%s is no base URL', (url) => {
    expect(() => createClient({ url, token: 't' })).toThrow(TypeError);
  });
});
