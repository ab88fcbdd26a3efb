import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { post } from '../../../src/server/webhooks/post.ts';
import { answer, cutOff, type Receiver, silence, startReceiver } from './receiver.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.end());

const send = (
  url = receiver.url,
  { limit_ms = 10_000, allowPrivate = true, signal = new AbortController().signal } = {},
) =>
  post(new URL(url), { 'content-type': 'application/json', 'x-one': '1' }, '{"text":"ü"}', {
    limit_ms,
    allowPrivate,
    signal,
  });

test('the text arrives as it is, with its headers and nothing that asks for a connection to be kept', async () => {
  expect(await send()).toEqual({
    status: 204,
    error: null,
    retryAfter: null,
    duration_ms: expect.any(Number),
  });
  const { method, path, headers, body } = receiver.received.at(-1)!;
  expect({ method, path, body }).toEqual({ method: 'POST', path: '/hook?x=1', body: '{"text":"ü"}' });
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-one': '1', 'content-length': '13' });
  expect(headers.connection).not.toBe('keep-alive');
});

describe('it counts as failed', () => {
  test.each([
    [
      'an answer of 500, which is quoted',
      answer(500, {}, 'no\u001b[31m database\n today'),
      500,
      'it answered 500: no [31m database today',
    ],
    ['an answer of 404 without words', answer(404), 404, 'it answered 404'],
    [
      'a redirect, which is not followed',
      answer(302, { location: 'https://motion.example/new' }),
      302,
      'redirecting to https://motion.example/new; redirects are not followed',
    ],
    [
      'a redirect into the own network',
      answer(307, { location: 'http://127.0.0.1:1/' }),
      307,
      'redirects are not followed',
    ],
    ['a connection that is cut', cutOff, null, 'the connection was cut before an answer came'],
    [
      'an answer that is not HTTP',
      ((response) => response.socket!.end('SSH-2.0-OpenSSH_9.2\r\n')) as typeof cutOff,
      null,
      'the answer is not HTTP',
    ],
    ['a change of the protocol', answer(101, { upgrade: 'x', connection: 'upgrade' }), null, ''],
  ])('%s', async (_, reaction, status, error) => {
    receiver.script.push(reaction);
    const posted = await send();
    expect(posted.status).toBe(status);
    expect(posted.error).toContain(error);
    expect(posted.error).not.toBe('');
  });

  test('no answer in time', async () => {
    receiver.script.push(silence);
    expect(await send(receiver.url, { limit_ms: 100 })).toMatchObject({
      status: null,
      error: 'no answer came within 0.1 s',
    });
  });

  test('an answer of 500 whose text does not end', async () => {
    receiver.script.push((response) => void response.writeHead(500, { 'retry-after': '7' }).write('half'));
    expect(await send(receiver.url, { limit_ms: 200 })).toMatchObject({ status: 500, retryAfter: '7' });
  });

  test.each([
    ['http://127.0.0.1:1/', 'the connection was refused (127.0.0.1:1)'],
    ['http://nowhere.invalid/', 'host'],
    ['https://127.0.0.1:1/', 'the connection was refused'],
  ])('%s', async (url, error) => {
    expect(await send(url)).toMatchObject({ status: null, error: expect.stringContaining(error) });
  });

  test('a certificate that nobody vouches for', async () => {
    const port = new URL(receiver.url).port;
    expect((await send(`https://127.0.0.1:${port}/`)).status).toBe(null);
  });
});

test('an answer without end is given up, whatever it says', async () => {
  const endless: Server = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === '/good' ? 200 : 500);
    const more = () => {
      while (response.write('x'.repeat(10_000)));
    };
    response.on('drain', more);
    more();
  });
  await new Promise<void>((listening) => endless.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void endless.close());
  const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
  expect(await send(`${url}/good`)).toMatchObject({ status: 200, error: null });
  const bad = await send(`${url}/bad`);
  expect(bad.status).toBe(500);
  expect(bad.error!.length).toBeLessThan(300);
  // Both connections end without anybody's help.
  await new Promise<void>((closed) => endless.close(() => closed()));
});

test('a good answer counts although its text is cut', async () => {
  receiver.script.push((response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('half');
    setImmediate(() => response.socket!.destroy());
  });
  expect(await send()).toMatchObject({ status: 200, error: null });
});

test('it rejects when it is broken off, and the connection is gone', async () => {
  const closed = new Promise<void>((resolve) => {
    receiver.script.push((response) => {
      response.once('close', () => resolve());
      ending.abort(new Error('the server stops'));
    });
  });
  const ending = new AbortController();
  await expect(send(receiver.url, { signal: ending.signal })).rejects.toThrow('the server stops');
  await closed;
  await expect(send(receiver.url, { signal: ending.signal })).rejects.toThrow('the server stops');
});

describe('without leave to go into the own network', () => {
  test('neither an address nor a name that leads there is connected to', async () => {
    let connections = 0;
    const door = createTcpServer(() => connections++).listen(0, '127.0.0.1');
    await new Promise((listening) => door.once('listening', listening));
    const { port } = door.address() as AddressInfo;
    for (const [host, error] of [
      ['127.0.0.1', '127.0.0.1 is not a public address'],
      ['localhost', 'localhost leads to'],
      ['0x7f.0.0.1', '127.0.0.1 is not a public address'],
      ['[::ffff:127.0.0.1]', 'is not a public address'],
    ]) {
      const posted = await send(`http://${host}:${port}/`, { allowPrivate: false });
      expect(posted).toMatchObject({ status: null, error: expect.stringContaining(error!) });
    }
    expect(connections).toBe(0);
    connect(port, '127.0.0.1').destroy();
    door.close();
  });
});
