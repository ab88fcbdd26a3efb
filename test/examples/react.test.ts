import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { startWrongServer } from '../conformance/setup/wrongServer.ts';
import { startServer, type TestServer } from '../setup/server.ts';

/** The React example, built as a user would and used in a real browser, on a page of another origin than the server. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const PACKAGES = {
  '@kinebase/client/react': at('src/react/index.ts'),
  '@kinebase/client': at('src/sdk/index.ts'),
};
const run = promisify(execFile);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinebase-react-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the compiler takes it, strictly', async () => {
  const compilerOptions = {
    module: 'esnext',
    moduleResolution: 'bundler',
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    paths: Object.fromEntries(Object.entries(PACKAGES).map(([name, path]) => [name, [path]])),
  };
  const files = [at('examples/react/main.tsx')];
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const tsc = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});

describe.skipIf(CHROMIUM === undefined)('in a browser', () => {
  let server: TestServer;
  let client: KinebaseClient;
  let browser: Browser;
  let pages: Server;
  beforeAll(async () => {
    server = await startServer({ DEMO: 'true' });
    client = createClient({
      url: server.url,
      username: 'coach@riverside.example',
      password: 'demo-movement-1',
      clientId: 'riverside',
    });
    await build({
      root: at('examples/react'),
      logLevel: 'error',
      resolve: { alias: PACKAGES },
      build: {
        outDir: join(folder, 'built'),
        lib: { entry: at('examples/react/main.tsx'), formats: ['es'], fileName: () => 'main.js' },
      },
      // The tests' own NODE_ENV asks for the development form.
      oxc: { jsx: { runtime: 'automatic', development: false } },
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    const script = readFileSync(join(folder, 'built/main.js'));
    pages = createServer(({ url }, answer) => {
      const { pathname, searchParams } = new URL(url!, 'http://page');
      if (pathname === '/main.js') return answer.setHeader('content-type', 'text/javascript').end(script);
      const root = `<div id="root" data-server="${searchParams.get('server')}"></div>`;
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.end(`<!doctype html>${root}<script type="module" src="/main.js"></script>`);
    });
    await new Promise<void>((ready) => pages.listen(0, '127.0.0.1', ready));
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    pages?.close();
    await server?.end();
  });

  /** A page whose faults fail the test. */
  async function open(url: string, password = 'demo-movement-1'): Promise<{ page: Page; faults: string[] }> {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/?server=${url}`);
    await page.fill('[name=username]', 'coach@riverside.example');
    await page.fill('[name=password]', password);
    await page.fill('[name=client]', 'riverside');
    await page.click('text=Sign in');
    return { page, faults };
  }

  const athleteMost = async () => {
    const sessions = await client.sessions.list().all();
    const count = (id: string) => sessions.filter((session) => session['Athlete ID'] === id).length;
    const athletes = await client.athletes.list().all();
    return athletes.sort((a, b) => count(b.ValorID) - count(a.ValorID))[0]!.ValorID;
  };

  test('it lists what the client answers, page by page, and shows report and curve of what is chosen', async () => {
    const athleteID = await athleteMost();
    let lists = 0;
    let ended = false;
    const small = await startWrongServer(server.url, {
      ask({ method, path, query, headers }) {
        if (method !== 'GET' || path !== '/sessions') return undefined;
        query.set('limit', '3');
        // The token ends in the middle of the list.
        if (++lists === 3 && !ended && headers.authorization) {
          ended = true;
          return {
            status: 401,
            headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
            body: Buffer.from('{"message":"The token has expired.","code":"unauthorized"}'),
          };
        }
        return undefined;
      },
    });
    const { page, faults } = await open(small.url);
    await page.selectOption('select', athleteID);
    const expected = await client.sessions.list({ athleteID }).all();
    await page.waitForSelector(`h2:text-is("${expected.length} sessions")`);
    const lines = expected.map(
      (session) =>
        `${session.Date.slice(0, 10)} · ${session.Duration.toFixed(2)} s · ${session['Session Name']}`,
    );
    expect(await page.locator('li').allTextContents()).toEqual(lines);
    expect(ended).toBe(true);

    const [first, last] = [expected.at(-1)!.Date.slice(0, 10), expected.at(2)!.Date.slice(0, 10)];
    const between = await client.sessions.list({ athleteID, from: first, to: last }).all();
    await page.fill('[type=date] >> nth=0', first);
    await page.fill('[type=date] >> nth=1', last);
    await page.waitForSelector(`h2:text-is("${between.length} sessions")`);

    const chosen = between[0]!;
    await page.locator('li button').first().click();
    await page.waitForSelector('figcaption');
    const { WorkoutMetrics } = await client.reportData(chosen.s3Key);
    const rows = Object.entries(WorkoutMetrics.Ang).flatMap(([metric, sides]) =>
      Object.entries(sides).map(([side, { AvgMax, Score }]) =>
        [metric, side, AvgMax.toFixed(1), Score === null ? '–' : Score.toFixed(1)].join('|'),
      ),
    );
    const cells = await page
      .locator('tbody tr')
      .evaluateAll((found) =>
        found.map((row) => [...row.children].map((cell) => cell.textContent).join('|')),
      );
    expect(cells).toEqual(rows);
    const { time, knee_angle_r: angles } = await client.ikData(chosen.s3Key, { channels: ['knee_angle_r'] });
    const [low, high] = [Math.min(...angles!), Math.max(...angles!)];
    expect(await page.textContent('figcaption')).toBe(
      `knee_angle_r: ${low.toFixed(1)} to ${high.toFixed(1)} in ${time.at(-1)!.toFixed(2)} s`,
    );
    expect(faults).toEqual([]);
    await page.close();
    await small.close();
  });

  test('it shows what the server says when it refuses, and lets another account in', async () => {
    const { page, faults } = await open(server.url, 'wrong');
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toContain(
      'Incorrect username or password. (NotAuthorizedException)',
    );
    await page.click('text=Sign out');
    await page.waitForSelector('[name=password]');
    expect(faults).toEqual([]);
    await page.close();
  });
});
