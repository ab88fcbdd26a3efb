import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExternalIssuer } from '../../../src/server/auth/externalIssuer.ts';
import { type Installation, openInstallation, refusal } from './installation.ts';

let pool: {
  server: Server;
  issuer: string;
  sign: (claims: object, alg?: string) => Promise<string>;
  hits: string[];
};
let it: Installation;

/** An issuer of its own, such as a real Cognito pool: discovery document and key set over HTTP. */
beforeEach(async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'pool-key', use: 'sig' };
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url!);
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/us-east-1_Pool`;
    const documents: Record<string, object> = {
      '/us-east-1_Pool/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/us-east-1_Pool/keys': { keys: [jwk] },
      '/liar/.well-known/openid-configuration': {
        issuer: 'https://elsewhere.example',
        jwks_uri: `${issuer}/keys`,
      },
    };
    const document = documents[request.url!];
    response
      .writeHead(document ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(document ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/us-east-1_Pool`;
  pool = {
    server,
    issuer,
    hits,
    sign: (claims, kid = 'pool-key') =>
      new SignJWT({ iss: issuer, sub: 'someone', exp: Math.floor(Date.now() / 1000) + 3600, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(privateKey),
  };
});
const open = async (oidc: Partial<ExternalIssuer> = {}) => {
  it = await openInstallation({
    oidc: { issuer: pool.issuer, audiences: ['app'], organization: 'riverside', ...oidc },
  });
};
const ask = async (claims: object, kid?: string) => it.authenticate(`Bearer ${await pool.sign(claims, kid)}`);
afterEach(async () => {
  await it.close();
  pool.server.closeAllConnections();
  await new Promise((resolve) => pool.server.close(resolve));
});

test('an id token and an access token of a Cognito pool are accepted, as viewer unless a group says more', async () => {
  await open();
  const viewer = {
    organization: 'riverside',
    scopes: new Set(['read']),
    operator: false,
    bodyForm: 'string',
    subject: 'someone',
    kind: 'external',
  };
  expect(await ask({ aud: 'app', token_use: 'id' })).toEqual(viewer);
  expect(await ask({ client_id: 'app', token_use: 'access', 'cognito:groups': ['friends'] })).toEqual(viewer);
  expect((await ask({ aud: ['x', 'app'], 'cognito:groups': ['viewer', 'coach'] })).scopes).toEqual(
    new Set(['read', 'record']),
  );
  expect((await ask({ aud: 'app', 'cognito:groups': 'admin' })).scopes).toEqual(
    new Set(['read', 'record', 'admin']),
  );
  expect(pool.hits).toEqual(['/us-east-1_Pool/.well-known/openid-configuration', '/us-east-1_Pool/keys']);
});

test('claims name the organization and the role when so configured', async () => {
  await open({ organization: undefined as never, roleClaim: 'role', jwksUrl: `${pool.issuer}/keys` });
  expect(await ask({ aud: 'app', 'custom:organization': 'northside', role: 'coach' })).toMatchObject({
    organization: 'northside',
    scopes: new Set(['read', 'record']),
  });
  for (const organization of [undefined, 'nowhere', '', 7, ['northside'], 'north\0side']) {
    expect(await refusal(ask({ aud: 'app', 'custom:organization': organization }))).toBe('unauthorized');
  }
});

test('a client registered here under the same id decides the form of body', async () => {
  await open({ organization: 'northside', audiences: ['app', 'northside-swift'] });
  expect((await ask({ aud: 'northside-swift' })).bodyForm).toBe('json');
  expect((await ask({ aud: 'app' })).bodyForm).toBe('string');
});

test('tokens that do not fit are refused', async () => {
  await open();
  for (const claims of [
    { aud: 'another-app' },
    {},
    { aud: 'app', token_use: 'refresh' },
    { aud: 'app', exp: 1 },
    { aud: 'app', exp: undefined },
    { aud: 'app', sub: undefined },
    { aud: 'app', iss: 'https://elsewhere.example' },
    { aud: 'app', iss: it.auth.issuer },
  ]) {
    expect(await refusal(ask(claims)), JSON.stringify(claims)).toBe('unauthorized');
  }
  expect(await refusal(ask({ aud: 'app' }, 'unknown-key'))).toBe('unauthorized');
  const [header, payload] = (await pool.sign({ aud: 'app' })).split('.');
  expect(await refusal(it.authenticate(`Bearer ${header}.${payload}.AAAA`))).toBe('unauthorized');
});

test('our own tokens go on working beside it', async () => {
  await open();
  expect((await it.authenticate(`Bearer ${(await it.signIn()).IdToken}`)).kind).toBe('user');
});

test('an issuer that does not answer is 503, is left alone for five seconds and then asked again', async () => {
  await open({ issuer: `${pool.issuer}/nothing-here` });
  const token = () => pool.sign({ iss: `${pool.issuer}/nothing-here`, aud: 'app' });
  for (let i = 0; i < 3; i++) {
    const error = await it.authenticate(`Bearer ${await token()}`).catch((error) => error);
    expect([error.code, error.status, error.headers['Retry-After']]).toEqual(['unavailable', 503, '5']);
  }
  expect(pool.hits.length).toBe(1);
  it.clock.ms += 5_000;
  expect(await refusal(it.authenticate(`Bearer ${await token()}`))).toBe('unavailable');
  expect(pool.hits.length).toBe(2);
});

test('a key set that cannot be had, or a document about another issuer, is 503 too', async () => {
  await open({ jwksUrl: 'http://127.0.0.1:1/keys' });
  expect(await refusal(ask({ aud: 'app' }))).toBe('unavailable');
  await it.close();
  await open({ jwksUrl: `${pool.issuer}/missing` });
  expect(await refusal(ask({ aud: 'app' }))).toBe('unavailable');
  await it.close();
  const liar = pool.issuer.replace('us-east-1_Pool', 'liar');
  await open({ issuer: liar });
  expect(await refusal(ask({ aud: 'app', iss: liar }))).toBe('unavailable');
});
