import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { escapeJson } from '../../src/contract/wire.ts';
import { type Answer, accepts, render } from '../../src/server/answers.ts';

describe('a coding is used when the client accepts it', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['identity', false],
    ['gzip', true],
    ['GZIP', true],
    ['deflate, gzip;q=1.0, *;q=0.5', true],
    ['gzip;q=0', false],
    ['gzip;q=0.0', false],
    ['gzip; q=0.001', true],
    ['gzip;q=0, *', false],
    ['*;q=1, gzip;q=0', false],
    ['*', true],
    ['*;q=0', false],
    ['br, *;q=0.1', true],
    ['br', false],
    ['x-gzip', false],
    ['gzipped', false],
    ['gzip;level=9;q=0', false],
    [' br ,\tgzip ', true],
  ])('Accept-Encoding %j: gzip %s', (header, expected) => {
    expect(accepts(header, 'gzip')).toBe(expected);
  });

  test('Brotli alike', () => {
    expect(accepts('gzip, deflate, br', 'br')).toBe(true);
    expect(accepts('gzip, br;q=0', 'br')).toBe(false);
  });
});

const text = async (
  answer: Answer,
  form: 'string' | 'json' = 'string',
  preferred = false,
  accepted?: string,
) => {
  const { status, headers, body } = await render(answer, form, preferred, accepted);
  const bytes =
    typeof body === 'string' || Buffer.isBuffer(body)
      ? Buffer.from(body)
      : Buffer.concat(body as readonly Buffer[]);
  return {
    status,
    headers,
    text: (headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString(),
  };
};

describe('an answer on the wire', () => {
  const value = { 'Session Name': 'L "Squat" \\ ° 🦵' };

  test('a value: its JSON in a string, or itself when asked for', async () => {
    const asString = await text({ kind: 'value', value });
    expect(asString.status).toBe(200);
    expect(JSON.parse(asString.text)).toEqual({ statusCode: 200, body: JSON.stringify(value) });
    const asJson = await text({ kind: 'value', value, status: 201 }, 'json', true);
    expect(asJson).toMatchObject({
      status: 201,
      headers: { 'preference-applied': 'body=json', 'content-type': 'application/json' },
    });
    expect(JSON.parse(asJson.text)).toEqual({ statusCode: 201, body: value });
  });

  test('a page: its items and the token, which is there when it is null', async () => {
    const items = [value, value].map((item) => escapeJson(JSON.stringify(item))).join(',');
    const page = { kind: 'page', items, next: 'abc_-' } as unknown as Answer;
    expect(JSON.parse((await text(page)).text)).toEqual({
      statusCode: 200,
      'X-Continuation-Token': 'abc_-',
      body: JSON.stringify([value, value]),
    });
    expect(JSON.parse((await text(page, 'json')).text)).toEqual({
      statusCode: 200,
      'X-Continuation-Token': 'abc_-',
      body: [value, value],
    });
    const last = { kind: 'page', items: '', next: null } as unknown as Answer;
    expect(JSON.parse((await text(last)).text)).toEqual({
      statusCode: 200,
      'X-Continuation-Token': null,
      body: '[]',
    });
    expect(JSON.parse((await text(last, 'json')).text)).toEqual({
      statusCode: 200,
      'X-Continuation-Token': null,
      body: [],
    });
  });

  test('large ones are zipped when that is asked for, small ones never', async () => {
    const large: Answer = { kind: 'value', value: 'x'.repeat(5000) };
    const zipped = await text(large, 'string', false, 'gzip');
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers.vary).toContain('Accept-Encoding');
    expect(zipped.text).toBe((await text(large)).text);
    expect((await text(large)).headers['content-encoding']).toBe(undefined);
    expect((await text(large, 'string', false, 'br, gzip;q=0')).headers['content-encoding']).toBe(undefined);
    expect(
      (await text({ kind: 'value', value: 'x' }, 'string', false, 'gzip')).headers['content-encoding'],
    ).toBe(undefined);
  });

  test('nothing is 204 without a body; bytes go out as they lie', async () => {
    expect(await text({ kind: 'none' })).toEqual({ status: 204, headers: {}, text: '' });
    const bytes: Answer = {
      kind: 'bytes',
      status: 400,
      headers: { a: 'b' },
      body: [Buffer.from('one'), Buffer.from('two')],
    };
    expect(await text(bytes, 'json', false, 'gzip')).toEqual({
      status: 400,
      headers: { a: 'b' },
      text: 'onetwo',
    });
    expect(
      (
        await render(
          { kind: 'bytes', headers: {}, body: Buffer.from('x'), encoding: 'br' },
          'string',
          false,
          'br',
        )
      ).headers,
    ).toEqual({ 'content-encoding': 'br' });
  });
});
