import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ObjectsAwayError } from '../../src/objects/objects.ts';
import { createTransport, PATIENCE } from '../../src/objects/s3Transport.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A service that answers as told, and the requests it has got. */
async function service(answer: RequestListener): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      requests.push(`${request.method} ${Buffer.concat(chunks)}`);
      answer(request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/b/k`, requests };
}

test('what passes is asked again, with the same body', async () => {
  for (const status of [409, 429, 500, 502, 503, 504]) {
    const { url, requests } = await service((_request, response) => {
      response.writeHead(requests.length < 3 ? status : 200).end('done');
    });
    const answer = await createTransport().fetch(url, { method: 'PUT', body: 'bytes' });
    expect([answer.status, await answer.text()]).toEqual([200, 'done']);
    expect(requests).toEqual(['PUT bytes', 'PUT bytes', 'PUT bytes']);
  }
});

test('what does not pass is answered as it is, at once', async () => {
  for (const status of [200, 206, 301, 400, 403, 404, 412, 416, 501]) {
    const { url, requests } = await service((_request, response) => response.writeHead(status).end('x'));
    expect((await createTransport().fetch(url)).status).toBe(status);
    expect(requests.length).toBe(1);
  }
});

test('a connection that breaks before the answer is made anew', async () => {
  const { url, requests } = await service((request, response) => {
    if (requests.length < 3) request.socket.resetAndDestroy();
    else response.end('done');
  });
  expect(await (await createTransport().fetch(url)).text()).toBe('done');
  expect(requests.length).toBe(3);
});

test('a service that is overloaded for long is left alone after a few attempts', async () => {
  const { url, requests } = await service((_request, response) => response.writeHead(503).end('SlowDown'));
  const answer = await createTransport().fetch(url);
  expect([answer.status, await answer.text()]).toEqual([503, 'SlowDown']);
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.length).toBeLessThan(6);
});

test('nobody listening, and silence, are an outage; the next request does not wait for it again', async () => {
  const silent = await service(() => {});
  const gone = await service(() => {});
  servers.pop()!.close();
  const quick = { ...PATIENCE, silence_ms: 300, total_ms: 400 };
  for (const [url, why] of [
    [silent.url, 'silent'],
    [gone.url, 'ECONNREFUSED'],
  ] as const) {
    const transport = createTransport(quick);
    const failure = await transport.fetch(url).catch((error) => error);
    expect(failure).toBeInstanceOf(ObjectsAwayError);
    expect(failure.message).toContain(why);
    await expect(transport.fetch(url)).rejects.toThrow('a moment ago');
  }
  expect(silent.requests.length).toBe(1);
});

test('a large write to a service that has fallen silent does not wait longer than the small ones beside it', async () => {
  const { url } = await service(() => {});
  const { fetch } = createTransport({
    ...PATIENCE,
    silence_ms: 300,
    total_ms: 400,
    largeSilence_ms: 3_600_000,
  });
  const large = fetch(url, { method: 'PUT', body: Buffer.alloc(2_000_000) });
  const small = fetch(url, { method: 'PUT', body: 'small' });
  for (const each of await Promise.allSettled([large, small]))
    expect(each).toMatchObject({ reason: expect.any(ObjectsAwayError) });
});

test('a service that comes back is found without a restart', async () => {
  let away = true;
  const { url } = await service((request, response) => {
    if (away) request.socket.resetAndDestroy();
    else response.end('here');
  });
  const { fetch } = createTransport({ ...PATIENCE, silence_ms: 200, total_ms: 300 });
  await expect(fetch(url)).rejects.toThrow(ObjectsAwayError);
  away = false;
  await expect
    .poll(() => fetch(url).then((answer) => answer.text(), String), { timeout: 10_000 })
    .toBe('here');
});

test('an answer that breaks off is an error for who reads it', async () => {
  const { url } = await service((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half');
    setImmediate(() => response.destroy());
  });
  const answer = await createTransport().fetch(url);
  await expect(answer.arrayBuffer()).rejects.toThrow();
});

test('an answer that is passed on may be read slowly', async () => {
  const { url } = await service((_request, response) => {
    response.writeHead(200).write('first');
    setTimeout(() => response.end('second'), 400);
  });
  const { fetch, fetchSlowly } = createTransport({ ...PATIENCE, silence_ms: 150 });
  await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
  expect(await (await fetchSlowly(url)).text()).toBe('firstsecond');
});
