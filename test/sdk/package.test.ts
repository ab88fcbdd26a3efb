import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium, openChromium, openPage, serveFolder } from '../setup/chromium.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { startBareServer } from './bareServer.ts';
import { type Consumer, createConsumer, ROOT } from './consumer.ts';

/** The package as a user gets it: packed, installed into an empty folder without a network, type-checked, run. */
const run = promisify(execFile);
let consumer: Consumer;
let server: TestServer;
beforeAll(async () => {
  consumer = createConsumer();
  server = await startServer({ DEMO: 'true' });
}, 120_000);
afterAll(async () => {
  consumer.end();
  await server.end();
});

interface Manifest {
  name: string;
  version: string;
  type: string;
  sideEffects: boolean;
  exports: Record<string, string | { types: string; default: string }>;
  dependencies?: object;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
}
const manifest = (): Manifest => JSON.parse(readFileSync(join(consumer.installed, 'package.json'), 'utf8'));

/** What a module imports or passes on. */
const NAMED = /(?:^(?:import|export)\b(?:[\w\s*{},]*\bfrom)?\s*|import\()['"]([^'"]+)['"]/gm;

/** Bytes of everything that an entry loads, as a bundler minifies it and a server sends it. */
async function gzipped_bytes(entry: string): Promise<number> {
  const { output } = (await build({
    root: consumer.folder,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: join(consumer.installed, entry),
        preserveEntrySignatures: 'strict',
        external: [/^react$/, /^@tanstack\//],
      },
    },
  })) as Rolldown.RolldownOutput;
  return output.reduce((sum, file) => sum + gzipSync('code' in file ? file.code : file.source).length, 0);
}

describe('the package', () => {
  test('installs alone, with the version of the server', () => {
    const modules = readdirSync(join(consumer.folder, 'node_modules'));
    expect(modules.filter((name) => !name.startsWith('.'))).toEqual(['@kinebase']);
    expect(manifest().version).toBe(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version);
    expect(manifest().dependencies).toBeUndefined();
    const { peerDependencies, peerDependenciesMeta } = manifest();
    for (const peer of Object.keys(peerDependencies)) expect(peerDependenciesMeta[peer]?.optional).toBe(true);
  });

  test('holds neither schemas nor the movement generator, and nothing of Node', () => {
    const files = readdirSync(consumer.installed, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /schemas|generator/.test(name))).toEqual([]);
    const named = files
      .filter((name) => /\.(js|ts)$/.test(name))
      .flatMap((name) => {
        const text = readFileSync(join(consumer.installed, name), 'utf8');
        return [...text.matchAll(NAMED)].map((match) => `${name}: ${match[1]}`);
      });
    expect(named.filter((line) => /\.ts$/.test(line))).toEqual([]);
    expect(
      named.filter(
        (line) => !/: \.\.?\//.test(line) && !/^react\/.*: (react|@tanstack\/react-query)$/.test(line),
      ),
    ).toEqual([]);
  });

  test('names files that are there, types first, and every file that they import', () => {
    const { exports, type, sideEffects } = manifest();
    expect({ type, sideEffects }).toEqual({ type: 'module', sideEffects: false });
    expect(Object.keys(exports)).toEqual(['.', './motion', './react', './package.json']);
    for (const [name, paths] of Object.entries(exports)) {
      if (typeof paths === 'string') continue;
      expect(Object.keys(paths), name).toEqual(['types', 'default']);
      expect(paths.types).toBe(paths.default.replace(/\.js$/, '.d.ts'));
      const seen = new Set<string>();
      const visit = (file: string) => {
        if (seen.has(file)) return;
        seen.add(file);
        expect(existsSync(file), file).toBe(true);
        const text = readFileSync(file, 'utf8');
        for (const [, path] of text.matchAll(NAMED)) {
          if (!path!.startsWith('.')) continue;
          const next = join(file, '..', path!);
          visit(file.endsWith('.d.ts') ? next.replace(/\.js$/, '.d.ts') : next);
        }
      };
      for (const path of Object.values(paths)) visit(join(consumer.installed, path));
    }
  });

  // The README states it.
  test('costs a page no more than 15 kB', async () => {
    const bytes = await gzipped_bytes('sdk/index.js');
    expect(bytes).toBeLessThanOrEqual(15_000);
    const readme = readFileSync(join(consumer.installed, 'README.md'), 'utf8');
    const stated = Number(/at most (\d+) kB minified and gzipped/.exec(readme)?.[1]);
    expect(bytes).toBeLessThanOrEqual(stated * 1000);
    expect((await gzipped_bytes('react/index.js')) - bytes).toBeLessThanOrEqual(3000);
  });
});

const PROGRAM = `
import { createClient, isKinebaseError, type Change, type KinebaseErrorCode, type List, type Report, type Session } from '@kinebase/client';
import { computeReport, findExercise, processRecording, readRecording } from '@kinebase/client/motion';

export async function use(url: string, username: string, password: string, clientId: string): Promise<string> {
  const client = createClient({ url, username, password, clientId });
  const list: List<Session> = client.sessions.list({ athleteID: ['a', 'b'], from: new Date(0), limit: 10 });
  for await (const session of list) {
    const report: Report = await client.reportData(session.s3Key);
    const score: 0 | 0.5 | 1 | null | undefined = report.WorkoutMetrics.Ang['Hip Flex. (°)']?.L?.Score;
    void score;
  }
  for await (const change of client.changes({ since: null })) {
    const named: Change = change;
    if (change.kind === 'athlete' && !change.deleted) void (change.record.FirstName satisfies string);
    void named;
  }
  const code: KinebaseErrorCode = await client.sessions.get('x').then(() => 'internal' as const, (error: unknown) => (isKinebaseError(error) ? error.code : 'bad_answer'));
  // @ts-expect-error an unknown filter is refused by the compiler
  void client.sessions.list({ athlete: 'a' });
  // @ts-expect-error neither an account nor a token
  void (() => createClient({ url }));
  return code;
}

export const analyse = (bytes: Uint8Array) =>
  computeReport(processRecording(readRecording(bytes, { fileName: 'a.mot' })), findExercise('Squat')!).metrics.map(({ angle }) => angle.avgMax);
`;
/** With types that only some runtimes have. */
const WITH_DOM = `${PROGRAM}
import { createClient as create } from '@kinebase/client';
export const inPage = (file: File, signal: AbortSignal) =>
  create({ url: '', token: '', fetch: (url, init) => fetch(url, init) }).sessions.record(file, { athleteID: 'a' }, { signal });
`;
const WITH_NODE = `${PROGRAM}
import { readFile, writeFile } from 'node:fs/promises';
import { createClient as create } from '@kinebase/client';
export async function inNode(signal: AbortSignal) {
  const client = create({ url: '', token: async () => (await readFile('token', 'utf8')) , fetch });
  await client.sessions.record(await readFile('a.mot'), { fileName: 'a.mot', athleteID: 'a' }, { signal });
  const { fileName, chunks } = await client.exportFile({ format: 'parquet' });
  await writeFile(fileName, chunks);
}
`;
const WITH_REACT = `
import { KinebaseProvider, kinebaseKeys, kinebaseQueries, useAthletes, useChanges, useClient, useIkData, useReport, useSessions } from '@kinebase/client/react';
import { createClient, type Athlete, type KinebaseError, type Session } from '@kinebase/client';
import { QueryClient } from '@tanstack/react-query';
import { createElement } from 'react';

export function Screen({ s3Key }: { s3Key?: string }) {
  const { sessions, hasMore, fetchNext, error } = useSessions({ name: 'Squat' }, { staleTime: 1000 });
  const first: Session | undefined = sessions[0];
  const athletes: Athlete[] | undefined = useAthletes().data;
  const fault: KinebaseError | null = useReport(s3Key, { curves: true }).error ?? error;
  useIkData(s3Key ?? first?.s3Key, { points: 100 });
  const { changes, token } = useChanges({ kinds: ['session'], onChanges: (changes) => void changes[0]?.id });
  void new QueryClient().invalidateQueries({ queryKey: kinebaseKeys.sessions({ name: 'Squat' }) });
  void new QueryClient().prefetchQuery(kinebaseQueries.report(useClient(), 'key'));
  // @ts-expect-error an unknown filter is refused by the compiler
  useSessions({ athlete: 'a' });
  return createElement('button', { onClick: fetchNext }, [hasMore, fault?.code, athletes?.length, changes.length, token].join());
}
export const app = createElement(KinebaseProvider, { url: '', token: '', children: createElement(Screen) });
export const other = createElement(KinebaseProvider, { client: createClient({ url: '', apiKey: '' }) }, createElement(Screen));
// @ts-expect-error neither a client nor an account
export const none = createElement(KinebaseProvider, { url: '' }, null);
`;

describe('its declarations hold for a strict consumer', () => {
  const resolve = createRequire(import.meta.url).resolve;
  const COMPILERS = {
    ours: resolve('typescript/package.json'),
    // The README promises it.
    'TypeScript 5.0': join(ROOT, 'test/sdk/oldest-typescript/node_modules/typescript/package.json'),
  };
  const RESOLUTIONS = { nodenext: 'nodenext', bundler: 'esnext' };
  const RUNTIMES = {
    'no types of a runtime': { text: PROGRAM, lib: ['es2022'], types: [] as string[] },
    'types of a browser': { text: WITH_DOM, lib: ['es2022', 'dom'], types: [] as string[] },
    'types of Node': { text: WITH_NODE, lib: ['es2022'], types: ['node'] },
  };
  const cases = Object.entries(COMPILERS).flatMap(([compiler, path]) =>
    Object.entries(RESOLUTIONS).flatMap(([moduleResolution, module]) =>
      Object.entries(RUNTIMES).map(([runtime, it]) => ({
        compiler,
        path,
        moduleResolution,
        module,
        runtime,
        ...it,
      })),
    ),
  );

  beforeAll(() => {
    consumer.bring(
      '@types/node',
      'undici-types',
      'react',
      '@types/react',
      'csstype',
      '@tanstack/react-query',
      '@tanstack/query-core',
    );
  });

  async function check(name: string, compiler: string, text: string, options: object): Promise<string> {
    const folder = name.replace(/\W+/g, '-');
    consumer.write(`${folder}/consumer.ts`, text);
    const compilerOptions = {
      target: 'es2022',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      skipLibCheck: false,
      noEmit: true,
      ...options,
    };
    const config = consumer.write(
      `${folder}/tsconfig.json`,
      JSON.stringify({ compilerOptions, files: ['consumer.ts'] }),
    );
    const { stdout } = await run(process.execPath, [
      compiler.replace('package.json', 'bin/tsc'),
      '-p',
      config,
    ]).catch((error: { stdout: string }) => error);
    return stdout;
  }

  test.each(cases)(
    '$compiler, $moduleResolution, $runtime',
    async ({ path, module, moduleResolution, text, lib, types, ...it }) => {
      const name = `${it.compiler} ${moduleResolution} ${it.runtime}`;
      expect(await check(name, path, text, { module, moduleResolution, lib, types })).toBe('');
    },
  );

  test.each(Object.entries(RESOLUTIONS))('hooks, %s', async (moduleResolution, module) => {
    const lib = ['es2022', 'dom', 'dom.iterable'];
    const options = { module, moduleResolution, lib, types: [] };
    expect(await check(`hooks ${moduleResolution}`, COMPILERS.ours, WITH_REACT, options)).toBe('');
  });
});

/** Signs in, lists, reads series and a report, meets an error; the same in every runtime. */
const TOUR = `async ({ createClient }, url, account) => {
  const client = createClient({ url, ...account, retries: 0 });
  const sessions = await client.sessions.list({ limit: 50 }).all();
  const hinge = sessions.find((session) => session['Session Name'] === 'Hip Hinge Test');
  const report = await client.reportData(hinge.s3Key);
  const series = await client.ikData(hinge.s3Key);
  const error = await client.reportData('no/such/key').catch((error) => error);
  return [sessions.length, Object.keys(report.WorkoutMetrics.Ang).includes('Hip Flex. (°)'), series.time[60], error.name, error.code, error.status];
}`;
const SEEN = [179, true, 1, 'KinebaseError', 'not_found', 404];

describe('it runs', () => {
  const { username, password, clientId } = DEMO[0]!;
  const account = { username, password, clientId };
  const args = () => [server.url, JSON.stringify(account)] as const;

  test.each([
    ['as a module', 'tour.mjs', "import * as client from '@kinebase/client';"],
    [
      'by require, where Node has that for modules',
      'tour.cjs',
      "const client = require('@kinebase/client');",
    ],
  ])('in Node, %s', async (_, name, load) => {
    consumer.write(
      name,
      `${load}\n(${TOUR})(client, process.argv[2], JSON.parse(process.argv[3])).then((seen) => console.log(JSON.stringify(seen)));`,
    );
    const { stdout } = await run(process.execPath, [name, ...args()], { cwd: consumer.folder });
    expect(JSON.parse(stdout)).toEqual(SEEN);
  });

  test('where there is nothing but what the web’s standards name', async () => {
    const [bundle] = (await build({
      root: consumer.folder,
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        lib: { entry: join(consumer.installed, 'sdk/index.js'), formats: ['iife'], name: 'client' },
      },
    })) as Rolldown.RolldownOutput[];
    const globals = {
      fetch,
      AbortController,
      setTimeout,
      clearTimeout,
      URL,
      URLSearchParams,
      TextEncoder,
      TextDecoder,
      ReadableStream,
      crypto,
    };
    const context = createContext(globals);
    const code = bundle!.output[0].code.replace(/^(var|const) client/m, 'globalThis.client');
    const tour = new Script(`${code};\n(${TOUR})`).runInContext(context) as (
      ...args: unknown[]
    ) => Promise<unknown>;
    expect(JSON.stringify(await tour(new Script('client').runInContext(context), server.url, account))).toBe(
      JSON.stringify(SEEN),
    );
  });

  describe.skipIf(!hasChromium)('in Chromium', () => {
    test.each(['ours', 'bare'])(
      'as modules that are served as they are, against a server on another origin: %s',
      async (kind) => {
        consumer.write(
          'index.html',
          '<!doctype html><script type="importmap">{"imports":{"@kinebase/client":"/node_modules/@kinebase/client/sdk/index.js"}}</script>',
        );
        const folder = await serveFolder(consumer.folder);
        const bare = await startBareServer(server.url, { strict: true });
        const browser = await openChromium();
        try {
          const { page, errors } = await openPage(browser, `${folder.url}/`);
          const url = kind === 'ours' ? server.url : bare.url;
          const seen = await page.evaluate(
            `import('@kinebase/client').then((client) => (${TOUR})(client, ${JSON.stringify(url)}, ${JSON.stringify(account)}))`,
          );
          expect(seen).toEqual(SEEN);
          // The browser's own words for the key that does not exist, and for a preflight without Prefer.
          const own =
            /^Failed to load resource: the server responded with a status of 404|has been blocked by CORS policy.*prefer|^Failed to load resource: net::ERR_FAILED/;
          expect(errors.filter((text) => !own.test(text))).toEqual([]);
          if (kind === 'ours') expect(errors).toHaveLength(1);
        } finally {
          await browser.close();
          await bare.end();
          await folder.end();
        }
      },
    );
  });
});
