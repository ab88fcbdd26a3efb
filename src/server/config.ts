import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { S3Credentials } from '../objects/s3Location.ts';

/** Every setting, once: its option, its environment variable, its default. The only reader of the environment. */
export interface Config {
  port: number;
  host: string;
  /** Folder of the embedded store and of the objects. */
  data: string;
  /** Serve the demo organizations, made at the first start. */
  demo: boolean;
  /** `sqlite:FOLDER` or `postgres://…`. */
  databaseUrl: string;
  /** Connections to PostgreSQL at most. */
  databasePool: number;
  /** `file:FOLDER` or `s3:https://HOST/BUCKET[/PREFIX][?region=REGION]`. */
  objectsUrl: string;
  /** Of the bucket that objectsUrl names; null: none are set. */
  s3: S3Credentials | null;
  /** Largest upload, bytes as sent. */
  uploadLimit_bytes: number;
  /** Memory for finished pages of sessions; 0 keeps none. */
  pageCache_bytes: number;
  /** Disk for copies of lists; null: a share of what is free. */
  lists_bytes: number | null;
  /** Where clients reach the installation, without a slash at the end; null: nobody said. */
  publicUrl: string | null;
  /** Addresses and networks whose X-Forwarded-For and -Proto are believed. */
  trustedProxies: string[];
  /** How long to say that it will stop before it does, when it is told to by SIGTERM. */
  drain_s: number;
  /** Whether webhooks may lead to loopback, private and link-local addresses. */
  webhookPrivate: boolean;
  logLevel: string;
  /** Issuer whose tokens are accepted beside our own; null: none. */
  oidc: OidcConfig | null;
}

export interface OidcConfig {
  issuer: string;
  /** Accepted in `aud`, or in `client_id` of access tokens. */
  audiences: string[];
  /** Absent: found through the issuer's openid-configuration. */
  jwksUrl?: string;
  /** All its users belong to this organization; absent: the claim names it. */
  organization?: string;
  organizationClaim: string;
  roleClaim: string;
}

/** What an operator got wrong at the start: printed as it is, without a stack. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

interface Setting {
  variable: string;
  /** As documented in `kinebase serve --help` and in .env.example. */
  help: string;
  example: string;
}

export const SETTINGS: readonly Setting[] = [
  { variable: 'KINEBASE_PORT', help: 'Port to listen on; 0 takes a free one', example: '4750' },
  { variable: 'KINEBASE_HOST', help: 'Address to listen on', example: '127.0.0.1' },
  {
    variable: 'KINEBASE_DATA',
    help: 'Folder of the embedded store and of the objects',
    example: './kinebase-data',
  },
  { variable: 'KINEBASE_DEMO', help: 'Serve the demo organizations (loopback only)', example: 'false' },
  {
    variable: 'KINEBASE_DATABASE_URL',
    help: 'PostgreSQL 15 or newer, also several hosts; absent: SQLite in the data folder',
    example: 'postgres://kinebase:secret@127.0.0.1:5432/kinebase',
  },
  {
    variable: 'KINEBASE_DATABASE_POOL',
    help: 'Connections to PostgreSQL at most, of this process',
    example: '10',
  },
  {
    variable: 'KINEBASE_OBJECTS_URL',
    help: 'Where recordings, series and reports lie; absent: the data folder',
    example: 's3:https://s3.example.org/kinebase?region=eu-central-1',
  },
  { variable: 'KINEBASE_S3_ACCESS_KEY', help: 'Access key of the bucket', example: 'AKIAIOSFODNN7EXAMPLE' },
  { variable: 'KINEBASE_S3_SECRET_KEY', help: 'Secret key of the bucket', example: 'a secret' },
  { variable: 'KINEBASE_UPLOAD_LIMIT_MB', help: 'Largest upload in megabytes, as sent', example: '128' },
  {
    variable: 'KINEBASE_PAGE_CACHE_MB',
    help: 'Memory for finished pages of sessions in megabytes; 0 keeps none',
    example: '32',
  },
  {
    variable: 'KINEBASE_LISTS_MB',
    help: 'Disk, in the folder for temporary files, for copies of lists of sessions in megabytes (0.4 a thousand sessions); 0 keeps none; absent: a tenth of what is free at the start, 8000 at most',
    example: '2000',
  },
  {
    variable: 'KINEBASE_PUBLIC_URL',
    help: 'Where clients reach the installation; the issuer of its tokens is below it',
    example: 'https://motion.example',
  },
  {
    variable: 'KINEBASE_TRUSTED_PROXIES',
    help: 'Addresses of the proxies in front, separated by commas; their X-Forwarded-For names the client',
    example: '127.0.0.1,10.0.0.0/8',
  },
  {
    variable: 'KINEBASE_DRAIN_SECONDS',
    help: 'After SIGTERM, how long /ready says so before the port is closed; default 5, without PostgreSQL 0',
    example: '5',
  },
  {
    variable: 'KINEBASE_WEBHOOK_PRIVATE',
    help: 'allow: webhooks may lead to loopback, private and link-local addresses; refuse when absent',
    example: 'refuse',
  },
  { variable: 'KINEBASE_LOG_LEVEL', help: 'trace, debug, info, warn, error or silent', example: 'warn' },
  {
    variable: 'KINEBASE_OIDC_ISSUER',
    help: 'Issuer whose tokens are accepted beside our own, such as a Cognito user pool',
    example: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example',
  },
  {
    variable: 'KINEBASE_OIDC_AUDIENCES',
    help: 'Its accepted audiences (client ids), separated by commas',
    example: 'abc123,def456',
  },
  {
    variable: 'KINEBASE_OIDC_JWKS_URL',
    help: 'Its key set; absent: found through its openid-configuration',
    example: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example/.well-known/jwks.json',
  },
  {
    variable: 'KINEBASE_OIDC_ORGANIZATION',
    help: 'Organization of all its users; absent: read from the claim',
    example: 'riverside',
  },
  {
    variable: 'KINEBASE_OIDC_ORGANIZATION_CLAIM',
    help: 'Claim that names the organization',
    example: 'custom:organization',
  },
  {
    variable: 'KINEBASE_OIDC_ROLE_CLAIM',
    help: 'Claim that names the role (admin, coach, viewer); viewer when absent',
    example: 'cognito:groups',
  },
];

/** Variables that other commands read: part of the known names, not of the server's settings. */
const OTHER = new Set([
  'KINEBASE_URL',
  'KINEBASE_USERNAME',
  'KINEBASE_CLIENT',
  'KINEBASE_PASSWORD',
  'KINEBASE_SECOND_PASSWORD',
  'KINEBASE_KEY',
]);

/** Environment and command-line options (which win) → configuration. Throws ConfigError naming what is wrong. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  options: Readonly<Record<string, string | undefined>> = {},
): Config {
  const known = new Set(SETTINGS.map((setting) => setting.variable));
  for (const variable of Object.keys(env)) {
    if (variable.startsWith('KINEBASE_') && !known.has(variable) && !OTHER.has(variable)) {
      throw new ConfigError(`unknown setting ${variable}; known are ${[...known].join(', ')}`);
    }
  }
  const read = (name: string) =>
    options[name] ?? (env[`KINEBASE_${name}`] === '' ? undefined : env[`KINEBASE_${name}`]);
  const data = resolve(read('DATA') ?? './kinebase-data');
  const host = read('HOST') ?? '127.0.0.1';
  const demo = boolean('KINEBASE_DEMO', read('DEMO') ?? 'false');
  if (demo && !isLoopback(host)) {
    throw new ConfigError(
      `the demo accounts have public passwords: --demo refuses to listen on ${host}; use 127.0.0.1`,
    );
  }
  const databaseUrl = read('DATABASE_URL') ?? `sqlite:${data}`;
  // A data folder is one process's alone: nobody could take over meanwhile, and waiting would only be longer.
  const drain = databaseUrl.startsWith('sqlite:') ? '0' : '5';
  return {
    port: integer('KINEBASE_PORT', read('PORT') ?? '4750', 0, 65535),
    host,
    data,
    demo,
    databaseUrl,
    databasePool: integer('KINEBASE_DATABASE_POOL', read('DATABASE_POOL') ?? '10', 1, 1000),
    ...readObjects(read, data),
    uploadLimit_bytes:
      integer('KINEBASE_UPLOAD_LIMIT_MB', read('UPLOAD_LIMIT_MB') ?? '128', 1, 1024) * 1_000_000,
    pageCache_bytes: integer('KINEBASE_PAGE_CACHE_MB', read('PAGE_CACHE_MB') ?? '32', 0, 4096) * 1_000_000,
    lists_bytes: readLists(read('LISTS_MB')),
    publicUrl: readPublicUrl(read('PUBLIC_URL')),
    trustedProxies: readProxies(read('TRUSTED_PROXIES') ?? ''),
    drain_s: integer('KINEBASE_DRAIN_SECONDS', read('DRAIN_SECONDS') ?? drain, 0, 600),
    webhookPrivate:
      word('KINEBASE_WEBHOOK_PRIVATE', read('WEBHOOK_PRIVATE') ?? 'refuse', ['refuse', 'allow']) === 'allow',
    logLevel: word('KINEBASE_LOG_LEVEL', read('LOG_LEVEL') ?? 'warn', [
      'trace',
      'debug',
      'info',
      'warn',
      'error',
      'silent',
    ]),
    oidc: readOidc(read),
  };
}

const readLists = (text: string | undefined): number | null =>
  text === undefined ? null : integer('KINEBASE_LISTS_MB', text, 0, 1_000_000) * 1_000_000;

function readPublicUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    throw new ConfigError(
      `KINEBASE_PUBLIC_URL must be a URL such as https://motion.example, without query or user, not ${JSON.stringify(text)}`,
    );
  return url.href.replace(/\/+$/, '');
}

function readProxies(text: string): string[] {
  const proxies = listed(text);
  for (const proxy of proxies) {
    const [address = '', bits, ...rest] = proxy.split('/');
    const most = isIP(address) === 6 ? 128 : 32;
    const isNetwork = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most);
    if (isIP(address) === 0 || !isNetwork || rest.length > 0)
      throw new ConfigError(
        `KINEBASE_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, not ${JSON.stringify(proxy)}`,
      );
  }
  return proxies;
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function readObjects(
  read: (name: string) => string | undefined,
  data: string,
): Pick<Config, 'objectsUrl' | 's3'> {
  const objectsUrl = read('OBJECTS_URL') ?? `file:${data}/objects`;
  const accessKey = read('S3_ACCESS_KEY');
  const secretKey = read('S3_SECRET_KEY');
  if ((accessKey === undefined) !== (secretKey === undefined))
    throw new ConfigError(
      'KINEBASE_S3_ACCESS_KEY and KINEBASE_S3_SECRET_KEY belong together; set both, or neither',
    );
  const s3 = accessKey === undefined || secretKey === undefined ? null : { accessKey, secretKey };
  if (objectsUrl.startsWith('s3:') && s3 === null)
    throw new ConfigError(
      'the objects lie in a bucket: set KINEBASE_S3_ACCESS_KEY and KINEBASE_S3_SECRET_KEY',
    );
  return { objectsUrl, s3 };
}

function readOidc(read: (name: string) => string | undefined): OidcConfig | null {
  const issuer = read('OIDC_ISSUER');
  if (issuer === undefined) {
    const alone = [
      'OIDC_AUDIENCES',
      'OIDC_JWKS_URL',
      'OIDC_ORGANIZATION',
      'OIDC_ORGANIZATION_CLAIM',
      'OIDC_ROLE_CLAIM',
    ];
    const set = alone.find((name) => read(name) !== undefined);
    if (set !== undefined)
      throw new ConfigError(
        `KINEBASE_${set} says nothing without KINEBASE_OIDC_ISSUER; set both, or neither`,
      );
    return null;
  }
  if (!/^https?:\/\/[^\s/]+/.test(issuer)) {
    throw new ConfigError(`KINEBASE_OIDC_ISSUER must be a URL, not ${JSON.stringify(issuer)}`);
  }
  const audiences = listed(read('OIDC_AUDIENCES') ?? '');
  if (audiences.length === 0) {
    throw new ConfigError(
      'KINEBASE_OIDC_ISSUER is set: also set KINEBASE_OIDC_AUDIENCES, else tokens made for anybody would be accepted',
    );
  }
  const jwksUrl = read('OIDC_JWKS_URL');
  const organization = read('OIDC_ORGANIZATION');
  return {
    issuer,
    audiences,
    ...(jwksUrl === undefined ? {} : { jwksUrl }),
    ...(organization === undefined ? {} : { organization }),
    organizationClaim: read('OIDC_ORGANIZATION_CLAIM') ?? 'custom:organization',
    roleClaim: read('OIDC_ROLE_CLAIM') ?? 'cognito:groups',
  };
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

function integer(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new ConfigError(
      `${name} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`,
    );
  return value;
}

function boolean(name: string, text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new ConfigError(`${name} must be true or false, not ${JSON.stringify(text)}`);
}

function word(name: string, text: string, words: readonly string[]): string {
  if (!words.includes(text))
    throw new ConfigError(`${name} must be one of ${words.join(', ')}, not ${JSON.stringify(text)}`);
  return text;
}
