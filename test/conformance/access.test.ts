import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, SCOPES_OF, type Scope } from '../../src/contract/access.ts';
import { ENDPOINTS, type Endpoint } from '../../src/contract/endpoints.ts';
import { schemaOf } from '../../src/contract/schemas/index.ts';
import { call, expectError } from './setup/http.ts';
import { created, type Installation, type Organization, openInstallation } from './setup/installation.ts';

/** Somebody with a token, and what it should reach. */
interface Caller {
  name: string;
  token: string;
  scopes: readonly Scope[];
  operator: boolean;
}

let it: Installation;
let riverside: Organization;
const callers: Caller[] = [];
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  for (const role of Object.keys(SCOPES_OF) as Role[]) {
    const user = { Username: `a-${role}@riverside.example`, Password: `${role}-movement`, Role: role };
    await created(riverside.call('/users', { method: 'POST', body: user }));
    const { IdToken } = await it.server.signIn(user.Username, user.Password, riverside.clientId);
    callers.push({ name: `the ${role}`, token: IdToken, scopes: SCOPES_OF[role], operator: false });
  }
  for (const scopes of [['read'], ['record'], ['admin'], ['read', 'record']] as Scope[][]) {
    const { Key } = await created(
      riverside.call('/keys', { method: 'POST', body: { Name: scopes.join(), Scopes: scopes } }),
    );
    callers.push({ name: `a key for ${scopes}`, token: Key, scopes, operator: false });
  }
  callers.push({ name: 'the operator', token: it.main.token, scopes: SCOPES_OF.admin, operator: true });
});
afterAll(() => it.end());

const ALL = Object.entries(ENDPOINTS) as [string, Endpoint][];
const GUARDED = ALL.filter(([, endpoint]) => endpoint.access !== 'public');

/** Calls an endpoint with an id that nothing has: whoever reaches it changes nothing. */
const reach = ({ method, path }: Endpoint, token?: string, query = '') =>
  call(`${it.url}${path.replace('{id}', 'unknown')}${query}`, {
    method,
    ...(token === undefined ? {} : { token }),
  });

describe.each(GUARDED)('%s', (_, endpoint) => {
  test('needs a token', async () => {
    const answer = await reach(endpoint);
    expectError(answer, 401);
    expect(answer.json.code).toBe('unauthorized');
  });

  test(`answers whoever has the access ${endpoint.access}, and nobody else`, async () => {
    for (const { name, token, scopes, operator } of callers) {
      const answer = await reach(endpoint, token);
      const may = endpoint.access === 'operator' ? operator : scopes.includes(endpoint.access as Scope);
      if (may) {
        expect([200, 201, 400, 404], `${name}: ${answer.text}`).toContain(answer.status);
      } else {
        expect(answer.json, name).toEqual({ message: expect.stringMatching(/./), code: 'forbidden' });
        expectError(answer, 403);
      }
    }
  });

  test('refuses a query parameter that it does not know, by name', async () => {
    const known =
      endpoint.query === undefined ? [] : Object.keys(Reflect.get(schemaOf(endpoint.query), 'properties'));
    const name = fc
      .oneof(
        fc.constantFrom(
          'athleteId',
          'athlete_id',
          'Limit',
          'page',
          'cursor',
          '__proto__',
          'constructor',
          'toString',
        ),
        fc.string({ unit: 'grapheme', minLength: 1 }),
      )
      .filter((name) => !known.includes(name));
    await fc.assert(
      fc.asyncProperty(name, fc.string({ unit: 'grapheme' }), async (name, value) => {
        const answer = await reach(
          endpoint,
          it.main.token,
          `?${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
        );
        expectError(answer, 400);
        expect(answer.json.code).toBe('unknown_parameter');
        expect(answer.json.message).toContain(JSON.stringify(name));
      }),
      { numRuns: 12 },
    );
  });
});

const PUBLIC = ALL.filter(([, endpoint]) => endpoint.access === 'public');

test.each(PUBLIC)('%s is open to everybody, also to one with a bad token', async (name, { method, path }) => {
  for (const headers of [{}, { authorization: 'Bearer nonsense' }] as Record<string, string>[]) {
    const response = await fetch(`${it.url}${path}?nonsense=1`, { method, headers });
    await response.arrayBuffer();
    // A sign-in needs a body, and no file is called so; nobody asks who wants to know.
    expect(response.status).toBe({ signIn: 400, docsFile: 404, webFile: 404 }[name] ?? 200);
  }
});
