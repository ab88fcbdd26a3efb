import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, isLoopback, readConfig, SETTINGS } from '../../src/server/config.ts';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('was not refused');
};

test('without any setting the server listens on loopback and keeps everything in one folder', () => {
  const data = resolve('kinebase-data');
  expect(readConfig({})).toEqual({
    port: 4750,
    host: '127.0.0.1',
    data,
    demo: false,
    databaseUrl: `sqlite:${data}`,
    databasePool: 10,
    objectsUrl: `file:${data}/objects`,
    s3: null,
    uploadLimit_bytes: 128_000_000,
    pageCache_bytes: 32_000_000,
    lists_bytes: null,
    publicUrl: null,
    trustedProxies: [],
    drain_s: 0,
    webhookPrivate: false,
    logLevel: 'warn',
    oidc: null,
  });
});

test('every setting is read from the environment', () => {
  const env = {
    KINEBASE_PORT: '0',
    KINEBASE_HOST: '::1',
    KINEBASE_DATA: '/tmp/k',
    KINEBASE_DEMO: 'yes',
    KINEBASE_DATABASE_URL: 'postgres://h/d',
    KINEBASE_DATABASE_POOL: '25',
    KINEBASE_OBJECTS_URL: 's3:https://s3.example/bucket',
    KINEBASE_S3_ACCESS_KEY: 'key',
    KINEBASE_S3_SECRET_KEY: 'secret',
    KINEBASE_UPLOAD_LIMIT_MB: '5',
    KINEBASE_PAGE_CACHE_MB: '0',
    KINEBASE_LISTS_MB: '2000',
    KINEBASE_PUBLIC_URL: 'https://motion.example/k/',
    KINEBASE_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    KINEBASE_DRAIN_SECONDS: '7',
    KINEBASE_WEBHOOK_PRIVATE: 'allow',
    KINEBASE_LOG_LEVEL: 'info',
    KINEBASE_OIDC_ISSUER: 'https://issuer.example/',
    KINEBASE_OIDC_AUDIENCES: 'a, b,,',
    KINEBASE_OIDC_JWKS_URL: 'https://issuer.example/keys',
    KINEBASE_OIDC_ORGANIZATION: 'riverside',
    KINEBASE_OIDC_ORGANIZATION_CLAIM: 'org',
    KINEBASE_OIDC_ROLE_CLAIM: 'role',
  };
  expect(Object.keys(env).sort()).toEqual(SETTINGS.map((setting) => setting.variable).sort());
  expect(readConfig(env)).toEqual({
    port: 0,
    host: '::1',
    data: '/tmp/k',
    demo: true,
    databaseUrl: 'postgres://h/d',
    databasePool: 25,
    objectsUrl: 's3:https://s3.example/bucket',
    s3: { accessKey: 'key', secretKey: 'secret' },
    uploadLimit_bytes: 5_000_000,
    pageCache_bytes: 0,
    lists_bytes: 2_000_000_000,
    publicUrl: 'https://motion.example/k',
    trustedProxies: ['10.0.0.0/8', '::1'],
    drain_s: 7,
    webhookPrivate: true,
    logLevel: 'info',
    oidc: {
      issuer: 'https://issuer.example/',
      audiences: ['a', 'b'],
      jwksUrl: 'https://issuer.example/keys',
      organization: 'riverside',
      organizationClaim: 'org',
      roleClaim: 'role',
    },
  });
});

test('an option on the command line wins, an empty variable is an absent one', () => {
  expect(readConfig({ KINEBASE_PORT: '1', KINEBASE_HOST: '' }, { PORT: '2' })).toMatchObject({
    port: 2,
    host: '127.0.0.1',
  });
});

test('an unknown name is refused by name, names of others are not our business', () => {
  expect(refusal(() => readConfig({ KINEBASE_PROT: '1' }))).toContain('KINEBASE_PROT');
  expect(refusal(() => readConfig({ KINEBASE_: '1' }))).toContain('KINEBASE_');
  expect(refusal(() => readConfig({ KINEBASE_PROT: '' }))).toContain('KINEBASE_PROT');
  expect(refusal(() => readConfig({ KINEBASE_PROT: '1' }))).toContain('KINEBASE_PORT');
  readConfig({
    kinebase_port: 'x',
    KINEBASEX: '1',
    PORT: 'x',
    KINEBASE_URL: 'x',
    KINEBASE_PASSWORD: 'x',
    KINEBASE_KEY: 'x',
  });
});

describe('a wrong value is refused with the name of its setting', () => {
  test.each([
    ['KINEBASE_PORT', 'http'],
    ['KINEBASE_PORT', '65536'],
    ['KINEBASE_PORT', '-1'],
    ['KINEBASE_PORT', '4750.5'],
    ['KINEBASE_PORT', ' 4750'],
    ['KINEBASE_DEMO', 'maybe'],
    ['KINEBASE_UPLOAD_LIMIT_MB', '0'],
    ['KINEBASE_UPLOAD_LIMIT_MB', '1025'],
    ['KINEBASE_UPLOAD_LIMIT_MB', '10MB'],
    ['KINEBASE_LOG_LEVEL', 'loud'],
  ])('%s=%s', (name, value) => {
    const message = refusal(() => readConfig({ [name]: value }));
    expect(message).toContain(name);
    expect(message).toContain(value);
  });
});

test('a bucket needs both its keys, and they do not stand in its URL', () => {
  const bucket = { KINEBASE_OBJECTS_URL: 's3:https://s3.example/bucket' };
  expect(refusal(() => readConfig(bucket))).toContain('KINEBASE_S3_ACCESS_KEY');
  for (const alone of ['KINEBASE_S3_ACCESS_KEY', 'KINEBASE_S3_SECRET_KEY']) {
    const message = refusal(() => readConfig({ ...bucket, [alone]: 'hush' }));
    expect(message).toContain('belong together');
    expect(message).not.toContain('hush');
  }
});

test('demo accounts are served on loopback only', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '::1']) {
    expect(isLoopback(host)).toBe(true);
    expect(readConfig({ KINEBASE_DEMO: 'true', KINEBASE_HOST: host }).demo).toBe(true);
  }
  for (const host of [
    '0.0.0.0',
    '::',
    '192.168.1.5',
    'example.org',
    '127.0.0.1.example.org',
    '1127.0.0.1',
    'localhost.example.org',
  ]) {
    expect(isLoopback(host)).toBe(false);
    expect(refusal(() => readConfig({ KINEBASE_DEMO: '1', KINEBASE_HOST: host }))).toContain(host);
    expect(readConfig({ KINEBASE_HOST: host }).host).toBe(host);
  }
});

test('an issuer without audiences is refused: it would accept tokens made for anybody', () => {
  expect(refusal(() => readConfig({ KINEBASE_OIDC_ISSUER: 'https://i.example' }))).toContain(
    'KINEBASE_OIDC_AUDIENCES',
  );
  expect(
    refusal(() => readConfig({ KINEBASE_OIDC_ISSUER: 'https://i.example', KINEBASE_OIDC_AUDIENCES: ' , ' })),
  ).toContain('KINEBASE_OIDC_AUDIENCES');
});

test('settings of an external issuer say nothing alone, and its address must be one', () => {
  expect(refusal(() => readConfig({ KINEBASE_OIDC_AUDIENCES: 'a' }))).toContain('KINEBASE_OIDC_ISSUER');
  expect(refusal(() => readConfig({ KINEBASE_OIDC_ROLE_CLAIM: 'role' }))).toContain(
    'KINEBASE_OIDC_ROLE_CLAIM',
  );
  expect(
    refusal(() => readConfig({ KINEBASE_OIDC_ISSUER: 'notaurl', KINEBASE_OIDC_AUDIENCES: 'a' })),
  ).toContain('URL');
});

test('a server that shares its store says that it will stop, one with a folder of its own need not', () => {
  expect(readConfig({ KINEBASE_DATABASE_URL: 'postgres://h/d' }).drain_s).toBe(5);
  expect(readConfig({ KINEBASE_DATABASE_URL: 'sqlite:/tmp/k' }).drain_s).toBe(0);
  expect(refusal(() => readConfig({ KINEBASE_DRAIN_SECONDS: '-1' }))).toContain('KINEBASE_DRAIN_SECONDS');
});

test.each([
  'motion.example',
  'ftp://motion.example',
  'https://',
  'https://a:b@motion.example',
  'https://motion.example/?a',
])('the public URL %s is refused', (url) =>
  expect(refusal(() => readConfig({ KINEBASE_PUBLIC_URL: url }))).toContain('KINEBASE_PUBLIC_URL'),
);

test.each(['haproxy', '10.0.0.0/33', '10.0.0/8', '10.0.0.1/8/8', '10.0.0.1/'])(
  'the trusted proxy %s is refused',
  (proxy) =>
    expect(refusal(() => readConfig({ KINEBASE_TRUSTED_PROXIES: proxy }))).toContain(
      'KINEBASE_TRUSTED_PROXIES',
    ),
);
