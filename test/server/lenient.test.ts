import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Received } from '../../src/server/received.ts';
import { createUploadBudget, withUpload } from '../../src/server/uploadBody.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { motionFile } from './uploading.ts';

let server: TestServer;
let headers: Record<string, string>;
let athlete = '';

beforeAll(async () => {
  server = await startServer();
  const { username, password, clientId } = server.firstAdministrator!;
  headers = {
    authorization: `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`,
    prefer: 'body=json',
  };
  athlete =
    (await call('POST', '/athletes', '{"FirstName":"Ada","LastName":"Brook"}')).body.body.ValorID ?? '';
});
afterAll(() => server.end());

async function call(method: string, path: string, body?: string, more: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, {
    method,
    headers: { ...headers, ...more },
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: answer.status,
    body: (await answer.json()) as { body: Record<string, string>; code?: string; message?: string },
  };
}
const record = (query: Record<string, string>, more: Record<string, string> = {}) =>
  call(
    'POST',
    `/sessions?${new URLSearchParams({ athleteID: athlete, fileName: 'a.mot', ...query })}`,
    motionFile(),
    more,
  );

test('a UUID of the client is the same session in upper and in lower case', async () => {
  const id = '8723f443-0a51-4e1c-9d6f-51c1a3d1c0de';
  const first = await record({ sessionID: id });
  const again = await record({ sessionID: id.toUpperCase() });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(first.body.body['Session ID']).toBe(id);
});

test('a name taken from a file has no folders and is never empty', async () => {
  expect((await record({ fileName: 'C:\\clinic\\Left squat.mot' })).body.body['Session Name']).toBe(
    'Left squat',
  );
  expect((await record({ fileName: '.mot' })).body.body['Session Name']).toBe('General movement');
  expect((await record({ fileName: 'a\u001b[31m\r\n.mot' })).body.code).toBe('invalid_parameter');
});

test('a form is refused with what to send instead', async () => {
  const answer = await record({}, { 'content-type': 'multipart/form-data; boundary=x' });
  expect(answer.body).toMatchObject({
    code: 'invalid_body',
    message: expect.stringContaining('--data-binary'),
  });
});

test('lists that come in one answer give out no token: null ends, anything else is refused', async () => {
  for (const path of ['/exercises', '/assessments']) {
    expect((await call('GET', path, undefined, { 'x-continuation-token': '"null"' })).body).toMatchObject({
      'X-Continuation-Token': null,
      body: [],
    });
    expect((await call('GET', path, undefined, { 'x-continuation-token': 'x'.repeat(60) })).body.code).toBe(
      'invalid_continuation_token',
    );
    expect((await call('GET', path, undefined, { 'x-continuation-token': '""' })).status).toBe(200);
  }
});

test('recordings beyond the budget are sent away while others are held, and nothing is held afterwards', async () => {
  const budget = createUploadBudget(10);
  const read = (bytes: string, work: (received: Received) => Promise<number>) =>
    withUpload(Readable.from([Buffer.from(bytes)]), {}, 100, budget, work);
  let finish = (_size: number) => {};
  const held = read(
    '12345678',
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  // The first is in memory once a later turn of the loop has come.
  await new Promise((resolve) => setImmediate(resolve));
  await expect(read('123', async ({ size_bytes }) => size_bytes)).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(await read('12', async ({ size_bytes }) => size_bytes)).toBe(2);
  finish(8);
  expect(await held).toBe(8);
  expect(budget.held_bytes).toBe(0);
  expect(await read('a recording alone may be larger', async ({ size_bytes }) => size_bytes)).toBe(31);
});
