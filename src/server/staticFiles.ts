import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Answer, accepts, LEAST_ZIPPED } from './answers.ts';
import type { PublicCall } from './call.ts';
import { ApiError } from './errors.ts';
import { names, shortHash } from './etag.ts';

/** Answers a request for the file of that name, `index.html` or `assets/app-1a2b3c4d.js`, below the folder. */
export type StaticFiles = (name: string, call: Pick<PublicCall, 'headers'>) => Promise<Answer>;

type Coding = 'br' | 'gzip';

interface File {
  type: string;
  bytes: Buffer;
  /** Of the bytes alone; a coding makes another representation of it. */
  hash: string;
  /** Each coding is made when it is first asked for, and kept. */
  coded: Map<Coding, Promise<Buffer>>;
}

/**
 * The files of a folder that a build made. They are read whole with the first request, and only what was found then is ever
 * answered: a name from outside is looked up among them and never becomes a path. `headers` go with every file.
 */
export function staticFiles(folder: string, headers: Readonly<Record<string, string>> = {}): StaticFiles {
  let files: ReadonlyMap<string, File> | null = null;
  return async (name, call) => {
    files ??= readFolder(folder);
    const file = files.get(name);
    if (file === undefined)
      throw new ApiError('not_found', `There is no page or file ${JSON.stringify(name.slice(0, 200))} here.`);
    const coding = codingFor(file, call.headers['accept-encoding'] as string | undefined);
    const etag = `"${file.hash}${coding === null ? '' : `-${coding}`}"`;
    const common = {
      ...headers,
      etag,
      vary: 'Accept-Encoding',
      'cache-control': HAS_HASH.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    const has = call.headers['if-none-match'];
    if (has !== undefined && names(has, etag))
      return { kind: 'bytes', status: 304, headers: common, body: '' };
    return {
      kind: 'bytes',
      headers: { ...common, 'content-type': file.type },
      body: coding === null ? file.bytes : await coded(file, coding),
      ...(coding === null ? {} : { encoding: coding }),
    };
  };
}

/** A name that a bundler made of its content never means anything else. */
const HAS_HASH = /^assets\/.*-[\w-]{8}\.\w+$/;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
};
/** Compressed in themselves. */
const PACKED = new Set(['image/png', 'font/woff2']);

function readFolder(folder: string): ReadonlyMap<string, File> {
  const files = new Map<string, File>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const type = TYPES[entry.name.split('.').at(-1)!] ?? 'application/octet-stream';
    const name = relative(folder, path).split(sep).join('/');
    files.set(name, { type, bytes, hash: shortHash(bytes), coded: new Map() });
  }
  return files;
}

function codingFor({ type, bytes }: File, accepted: string | undefined): Coding | null {
  if (bytes.length < LEAST_ZIPPED || PACKED.has(type)) return null;
  return (['br', 'gzip'] as const).find((coding) => accepts(accepted, coding)) ?? null;
}

const CODERS: Readonly<Record<Coding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } }),
  gzip: promisify(gzip),
};

function coded(file: File, coding: Coding): Promise<Buffer> {
  let made = file.coded.get(coding);
  if (made === undefined) {
    made = CODERS[coding](file.bytes);
    file.coded.set(coding, made);
  }
  return made;
}
