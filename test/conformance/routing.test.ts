import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import axios from 'axios';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DATA_PATHS } from '../../src/conformance/case.ts';
import { ENDPOINTS, type Endpoint } from '../../src/contract/endpoints.ts';
import { getSession } from '../../src/store/sessions.ts';
import { BASES, call, expectError, opened } from './setup/http.ts';
import {
  addAthlete,
  type Installation,
  type Organization,
  openInstallation,
  recordMovement,
} from './setup/installation.ts';
import { ask, withPassword } from './setup/signIn.ts';

let it: Installation;
let riverside: Organization;
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
});
afterAll(() => it.end());

const endpoints: Endpoint[] = Object.values(ENDPOINTS);
const methodsOf = (path: string) =>
  endpoints.filter((endpoint) => endpoint.path === path).map(({ method }) => method);

/** Sends exactly this request target; fetch would tidy it up. */
function raw(
  target: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(it.url);
    const sent = request({ hostname, port, path: target, method, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode!, type: response.headers['content-type'] ?? '', text });
    });
    sent.on('error', reject).end();
  });
}

describe.each(BASES)('at %s', (_, base) => {
  const url = (path: string) => `${it.url}${base}${path}`;

  test.each(DATA_PATHS.slice(0, 5))('14. %s answers with doubled slashes as without', async (path) => {
    const expected = (await call(url(path), { token: riverside.token })).json;
    const authorization = `Bearer ${riverside.token}`;
    for (const target of [
      `${base}/${path}`,
      `/${base}${path}`,
      `/${base}//${path}`,
      `${base}${path}/`,
      `${base}/${path}//?`,
    ]) {
      const { status, text } = await raw(target, { headers: { authorization } });
      expect(status, target).toBe(200);
      expect(JSON.parse(text), target).toEqual(expected);
    }
  });

  test('15. A GET with Content-Type application/json and no body gets a normal answer', async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${riverside.token}` };
    for (const path of DATA_PATHS.slice(0, 5)) {
      opened(await call(url(path), { headers }));
      // Axios sends the header on a GET only when there is a body, be it empty.
      expect((await axios.get(url(path), { headers, data: '' })).status).toBe(200);
    }
  });

  test.each(DATA_PATHS)('16. %s: other methods are refused in JSON', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (method) => !methodsOf(path).includes(method as 'GET'),
    )) {
      const answer = await call(url(path), { method, token: riverside.token });
      expectError(answer, 405);
      expect(answer.headers.get('allow')).toBe(methodsOf(path).join(', '));
    }
    for (const method of ['PROPFIND', 'REPORT', 'TRACE']) {
      const { status, text } = await raw(`${base}${path}`, { method });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(JSON.parse(text)).toEqual({ message: expect.any(String), code: expect.any(String) });
    }
  });

  test.each([
    '/nope',
    '/athletesathletes',
    '/Athletes',
    '/athletes/a/b',
    '/athletes%20',
    '/production/production/athletes',
    '/%zz',
    '/sessions/%E0%A4%A',
  ])('the unknown path %s is refused in JSON', async (path) => {
    const { status, type, text } = await raw(`${base}${path}`, {
      headers: { authorization: `Bearer ${riverside.token}` },
    });
    expect([400, 404]).toContain(status);
    expect(type).toBe('application/json');
    expect(JSON.parse(text)).toEqual({ message: expect.any(String), code: expect.any(String) });
  });

  test.each(['/', ...DATA_PATHS])(
    'a browser may call %s from another origin: preflight and answers say so',
    async (path) => {
      const asked = [
        'authorization',
        'x-continuation-token',
        'content-type',
        'x-amz-target',
        'x-amz-user-agent',
        'cache-control',
      ];
      for (const method of methodsOf(path)) {
        const response = await fetch(url(path), {
          method: 'OPTIONS',
          headers: {
            origin: 'http://localhost:5173',
            'access-control-request-method': method,
            'access-control-request-headers': asked.join(','),
          },
        });
        expect(response.ok).toBe(true);
        expect(response.headers.get('access-control-allow-origin')).toBe('*');
        expect(list(response.headers.get('access-control-allow-methods'))).toContain(method.toLowerCase());
        expect(list(response.headers.get('access-control-allow-headers'))).toEqual(
          expect.arrayContaining(asked),
        );
      }
      const origin = { origin: 'http://localhost:5173' };
      if (path === '/') {
        const refused = await ask(url(path), 'InitiateAuth', {}, origin);
        expect(refused.headers.get('access-control-allow-origin')).toBe('*');
        expect(list(refused.headers.get('access-control-expose-headers'))).toContain('x-amzn-errortype');
      } else {
        for (const options of [{ token: riverside.token }, {}]) {
          const answer = await call(url(path), { ...options, headers: origin });
          expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        }
      }
    },
  );

  test('17. A lost object is a 500 in JSON that says nothing but an id', async () => {
    const { ValorID } = await addAthlete(riverside, 'Ada', 'Lovelace');
    const session = await recordMovement(riverside, 'Hip Hinge Test', { athleteID: ValorID });
    const stored = (await getSession(it.server.deps.db, riverside.id, session['Session ID']))!;
    await rm(`${it.server.data}/objects/org/${riverside.id}/${stored.objects}`, { recursive: true });
    for (const path of ['/ikData', '/reportData']) {
      for (const headers of [
        {},
        { 'accept-encoding': 'gzip' },
        { 'accept-encoding': 'identity' },
        { prefer: 'body=json' },
      ]) {
        const answer = await call(url(`${path}?s3Key=${session.s3Key}`), { token: riverside.token, headers });
        expectError(answer, 500);
        const id = answer.headers.get('x-request-id');
        expect(answer.json).toEqual({
          message: `The server failed. Its log explains request ${id}.`,
          code: 'internal',
        });
      }
    }
  });
});

test('a broken store is a 500 in JSON, at the sign-in door too', async () => {
  const { db } = it.server.deps;
  await db.query('alter table athletes rename to athletes_away');
  await db.query('alter table clients rename to clients_away');
  try {
    const answer = await riverside.call('/athletes');
    expectError(answer, 500);
    expect(answer.json.code).toBe('internal');
    const refused = await ask(it.url, 'InitiateAuth', withPassword(riverside));
    expect(refused.status).toBe(500);
    expect(refused.json).toEqual({
      __type: 'InternalErrorException',
      message: expect.stringMatching(/log explains/),
    });
    expect(refused.headers.get('x-amzn-errortype')).toBe('InternalErrorException');
  } finally {
    await db.query('alter table athletes_away rename to athletes');
    await db.query('alter table clients_away rename to clients');
  }
  opened(await riverside.call('/athletes'));
});

test('HEAD answers as GET does, without the body', async () => {
  for (const path of DATA_PATHS.slice(0, 5)) {
    const headers = { authorization: `Bearer ${riverside.token}`, 'accept-encoding': 'identity' };
    const [head, get] = [
      await fetch(`${it.url}${path}`, { method: 'HEAD', headers }),
      await fetch(`${it.url}${path}`, { headers }),
    ];
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String((await get.arrayBuffer()).byteLength));
    expect(await head.text()).toBe('');
  }
});

test('any request target is answered, never with HTML or a fault of the server', async () => {
  const publicPages = new Set(['/', '/docs', '/metrics', '/production']);
  const target = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '/',
          '//',
          '?',
          '%',
          '%00',
          '%2e%2e',
          '..',
          ';',
          '&',
          '=',
          '#',
          'production',
          'sessions',
          'athletes',
        ),
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => `/${parts.join('')}`.replace(/[^!-~]/g, '-'))
    .filter(
      (path) =>
        !publicPages.has(
          path
            .split(/[?#]/)[0]!
            .replace(/\/+/g, '/')
            .replace(/(.)\/$/, '$1'),
        ),
    );
  await fc.assert(
    fc.asyncProperty(target, async (path) => {
      const { status, type, text } = await raw(path, {
        headers: { authorization: `Bearer ${riverside.token}` },
      });
      expect(status).toBeLessThan(500);
      expect(type).toBe('application/json');
      JSON.parse(text);
    }),
    { numRuns: 300 },
  );
});

const list = (header: string | null): string[] => (header ?? '').toLowerCase().split(/\s*,\s*/);
