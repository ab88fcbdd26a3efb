import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClient, type KinebaseClient, type Session } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { startBareServer } from '../sdk/bareServer.ts';
import { type Consumer, createConsumer, ROOT } from '../sdk/consumer.ts';
import { hasChromium, openChromium, openPage, serveFolder } from '../setup/chromium.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { startGate } from './gate.ts';

/** The hooks as a user has them: packed, installed, built into a page, in a real browser, against a real server. */
declare global {
  interface Window {
    show(screen: string, props?: object, where?: { provider?: object; around?: boolean }): void;
    prefetch(made: object, s3Key: string): Promise<void>;
    held(): number;
    heard: string[];
  }
}

const { username, password, clientId } = DEMO[0]!;
const account = { username, password, clientId };

describe.skipIf(!hasChromium)('hooks', () => {
  let consumer: Consumer;
  let server: TestServer;
  let pages: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let client: KinebaseClient;
  let all: Session[];
  beforeAll(async () => {
    consumer = createConsumer();
    consumer.bring('react', 'react-dom', '@tanstack/react-query');
    await buildPage('screens', readFileSync(join(ROOT, 'test/react/screens.jsx'), 'utf8'));
    server = await startServer({ DEMO: 'true' });
    pages = await serveFolder(join(consumer.folder, 'built'));
    browser = await openChromium();
    client = createClient({ url: server.url, ...account });
    all = await client.sessions.list().all();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await pages?.end();
    await server?.end();
    consumer?.end();
  });

  /** A page of its own, with a program in it. */
  async function buildPage(name: string, program: string): Promise<void> {
    consumer.write(`${name}/main.jsx`, program);
    consumer.write(
      `${name}/index.html`,
      '<!doctype html><title>Test</title><div id="root"></div><script type="module" src="./main.jsx"></script>',
    );
    await build({
      root: join(consumer.folder, name),
      configFile: false,
      logLevel: 'error',
      base: './',
      build: { outDir: join(consumer.folder, 'built', name), minify: false },
    });
  }

  let gate: Awaited<ReturnType<typeof startGate>>;
  let page: Page;
  let errors: string[];
  /** What a test expects the browser itself to complain of. */
  let expected: RegExp | null;
  beforeEach(async () => {
    gate = await startGate(server.url);
    expected = null;
    ({ page, errors } = await openPage(browser, `${pages.url}/screens/`));
  });
  afterEach(async () => {
    await page.close();
    await gate.end();
    expect(errors.filter((text) => !expected?.test(text))).toEqual([]);
  });

  const through = (more: object = {}) => ({ url: gate.url, ...account, retries: 0, ...more });
  const show = (screen: string, props: object = {}, provider?: object, around = false) =>
    page.evaluate(([screen, props, where]) => window.show(screen, props, where), [
      screen,
      props,
      { ...(provider && { provider }), around },
    ] as const);
  /** Waits until the page says so. */
  async function until<T>(id: string, holds: (value: T) => boolean): Promise<T> {
    await page.waitForFunction(
      ([id, holds]) => {
        const text = document.getElementById(id)?.textContent;
        return text && new Function('value', `return (${holds})(value)`)(JSON.parse(text));
      },
      [id, holds.toString()] as const,
    );
    return JSON.parse((await page.textContent(`#${id}`))!) as T;
  }
  const untilEqual = <T>(id: string, value: T) =>
    page.waitForFunction(([id, text]) => document.getElementById(id)?.textContent === text, [
      id,
      JSON.stringify(value),
    ] as const);
  const more = () => page.click('#more');
  const idsOf = (sessions: readonly Session[]) => sessions.map((session) => session['Session ID']);
  const eventually = async (holds: () => boolean) => {
    while (!holds()) await new Promise((soon) => setImmediate(soon));
  };

  interface State {
    hasMore: boolean;
    token: string | null;
    isFetching: boolean;
    isPending: boolean;
    error: { code: string; status: number } | null;
  }

  test('a list grows page by page to its end, and asks for each page once', async () => {
    await show('List', { filters: { limit: 70 } }, through());
    await untilEqual('ids', idsOf(all.slice(0, 70)));
    // Two presses at once are one.
    await page.evaluate(() => {
      const button = document.getElementById('more')!;
      button.click();
      button.click();
    });
    await untilEqual('ids', idsOf(all.slice(0, 140)));
    await more();
    await untilEqual('ids', idsOf(all));
    const state = await until<State>('state', (state) => !state.isFetching);
    expect(state).toMatchObject({ hasMore: false, token: null, error: null });
    await more();
    expect(gate.passed('/sessions')).toHaveLength(3);
  });

  test('filters, and other filters later, show what they let through', async () => {
    const squats = all.filter((session) => session['Session Name'] === 'Hip Hinge Test');
    await show('List', { filters: { name: 'Hip Hinge Test' } }, through());
    await untilEqual('ids', idsOf(squats));
    const [athlete] = all.map((session) => session['Athlete ID']);
    await show('List', { filters: { athleteID: athlete } });
    await untilEqual('ids', idsOf(all.filter((session) => session['Athlete ID'] === athlete)));
  });

  test('a list that goes while it waits is given up on the wire', async () => {
    gate.decide(({ path }) => (path.startsWith('/sessions') ? 'hold' : 'pass'));
    await show('List', {}, through());
    await eventually(() => gate.passed('/sessions').some(({ givenUp }) => !givenUp));
    const asked = gate.passed('/sessions').length;
    await show('Nothing');
    await eventually(() => gate.passed('/sessions').every(({ givenUp }) => givenUp));
    expect(gate.passed('/sessions')).toHaveLength(asked);
  });

  test('a list that comes back has what it had, and goes on where it ended', async () => {
    await show('List', { filters: { limit: 50 } }, through());
    await untilEqual('ids', idsOf(all.slice(0, 50)));
    await more();
    await untilEqual('ids', idsOf(all.slice(0, 100)));
    gate.decide(({ path }) => (path.startsWith('/sessions') ? 'hold' : 'pass'));
    await more();
    await eventually(() => gate.passed('/sessions').length === 3);
    await show('Nothing');
    await eventually(() => gate.passed('/sessions')[2]!.givenUp);
    // At once, while the server is silent.
    await show('List', { filters: { limit: 50 } });
    await untilEqual('ids', idsOf(all.slice(0, 100)));
    gate.decide(() => 'pass');
    await show('Nothing');
    await show('List', { filters: { limit: 50 } });
    await until<State>('state', (state) => !state.isFetching);
    await more();
    await untilEqual('ids', idsOf(all.slice(0, 150)));
  });

  test('a list goes on behind a token that was kept for another day', async () => {
    const { token } = await client.sessions.list({ limit: 100 });
    await show('List', { filters: { limit: 50 }, options: { token } }, through());
    await untilEqual('ids', idsOf(all.slice(100, 150)));
    await more();
    await untilEqual('ids', idsOf(all.slice(100)));
  });

  test('a token that the server ends in the middle of a list is replaced unseen', async () => {
    expected = /status of 40[01]/;
    await show('List', { filters: { limit: 70 } }, through());
    await untilEqual('ids', idsOf(all.slice(0, 70)));
    const { AccessToken } = await server.signIn(username, password, clientId);
    const signedOut = await fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.GlobalSignOut',
      },
      body: JSON.stringify({ AccessToken }),
    });
    expect(signedOut.status).toBe(200);
    await more();
    await untilEqual('ids', idsOf(all.slice(0, 140)));
    const tokens = gate.passed('/sessions').map(({ headers }) => headers.authorization);
    expect(new Set(tokens).size).toBe(2);
    client = createClient({ url: server.url, ...account });
  });

  test('an error leaves what was there, says what it is, and the next press goes on', async () => {
    expected = /status of 503/;
    await show('List', { filters: { limit: 70 } }, through());
    await untilEqual('ids', idsOf(all.slice(0, 70)));
    gate.decide(({ path }) => (path.startsWith('/sessions') ? 503 : 'pass'));
    await more();
    const failed = await until<State>('state', (state) => state.error !== null && !state.isFetching);
    expect(failed).toMatchObject({ error: { code: 'unavailable', status: 503 }, hasMore: true });
    await untilEqual('ids', idsOf(all.slice(0, 70)));
    gate.decide(() => 'pass');
    await more();
    await untilEqual('ids', idsOf(all.slice(0, 140)));
    expect((await until<State>('state', (state) => !state.isFetching)).error).toBe(null);
  });

  test('athletes, exercises, assessments, a session, its report and its series', async () => {
    const [session] = all.filter((each) => each['Session Name'] === 'Hip Hinge Test');
    const counts = [
      (await client.athletes.list().all()).length,
      1,
      (await client.assessments.list({ athleteID: session!['Athlete ID'] }).all()).length,
    ];
    await show('Records', { athleteID: session!['Athlete ID'], name: 'Squat' }, through());
    await untilEqual('counts', counts);
    await show('One', { id: session!['Session ID'], s3Key: session!.s3Key, choice: { points: 40 } });
    await untilEqual('session', 'Hip Hinge Test');
    await untilEqual('report', 1);
    await untilEqual('series', 40);
  });

  test('nothing is asked for while it is not known what', async () => {
    await show('One', { id: null, s3Key: '' }, through());
    await untilEqual('waiting', ['idle', 'idle', 'idle']);
    await show('Records', {}, through());
    await until<number[]>('counts', (counts) => counts.every((count) => typeof count === 'number'));
    expect(gate.passed('/sessions')).toEqual([]);
    expect(gate.passed('/ikData')).toEqual([]);
  });

  test('what is not there is an error with its code', async () => {
    expected = /status of 404/;
    await show('One', { id: 'no-such-session', s3Key: 'no/such/key' }, through());
    const absent = { code: 'not_found', status: 404 };
    await untilEqual('session', absent);
    await untilEqual('report', absent);
    await untilEqual('series', absent);
    // The client decides what is tried again, and this is not.
    expect(gate.passed('/reportData')).toHaveLength(1);
  });

  test('a wrong password is an error of every hook, and another account a new beginning', async () => {
    expected = /status of 400/;
    await show('List', {}, through({ password: 'wrong' }));
    const { error } = await until<State>('state', (state) => state.error !== null);
    expect(error).toMatchObject({ code: 'NotAuthorizedException' });
    const other = DEMO[1]!;
    await show('List', {}, through());
    await untilEqual('ids', idsOf(all.slice(0, 100)));
    await show(
      'List',
      {},
      through({ username: other.username, password: other.password, clientId: other.clientId }),
    );
    const theirs = await until<string[]>('ids', (ids) => ids.length > 0 && ids.length !== 100);
    expect(idsOf(all).filter((id) => theirs.includes(id))).toEqual([]);
  });

  describe('changes', () => {
    const patch = (session: Session, name: string) =>
      client.sessions.patch(session['Session ID'], { 'Session Name': name });
    const watched = () => until('watching', (watching: { token: boolean }) => watching.token);

    test('an edit on the server appears by itself, and a removal too', async () => {
      const [session] = all;
      await show('Live', { filters: { limit: 50 } }, through());
      await untilEqual('ids', idsOf(all.slice(0, 50)));
      await watched();
      await untilEqual('changes', []);
      await patch(session!, 'Renamed on the server');
      await until<string[]>('names', (names) => names[0] === 'Renamed on the server');
      const seen = { kind: 'session', id: session!['Session ID'], deleted: false };
      await untilEqual('changes', [seen]);
      expect(await page.evaluate(() => window.heard)).toEqual([`session ${session!['Session ID']}`]);

      await client.sessions.delete(session!['Session ID']);
      await untilEqual('ids', idsOf(all.slice(1, 51)));
      await untilEqual('changes', [
        seen,
        { ...seen, deleted: true },
        { ...seen, kind: 'report', deleted: true },
      ]);
      all = all.slice(1);
    });

    test('a list that was read far takes changes in without being asked for again', async () => {
      await show('Live', { filters: { limit: 10 } }, through());
      for (let pages = 1; pages < 6; pages++) {
        await untilEqual('ids', idsOf(all.slice(0, 10 * pages)));
        await more();
      }
      await untilEqual('ids', idsOf(all.slice(0, 60)));
      await watched();
      const asked = gate.passed('/sessions').length;
      await patch(all[42]!, 'Renamed far down');
      await until<string[]>('names', (names) => names[42] === 'Renamed far down');
      await client.sessions.delete(all[7]!['Session ID']);
      all = all.toSpliced(7, 1);
      await untilEqual('ids', idsOf(all.slice(0, 59)));
      expect(gate.passed('/sessions')).toHaveLength(asked);
      await more();
      await untilEqual('ids', idsOf(all.slice(0, 69)));
    });

    test('a report that is computed again is read again, and a session by its id', async () => {
      const session = all.find((each) => each['Session Name'] === 'Hip Hinge Test')!;
      const { Repetitions, Provenance } = await client.reportData(session.s3Key);
      await show('Live', { id: session['Session ID'], s3Key: session.s3Key }, through());
      await untilEqual('report', Provenance.ReportVersion);
      await watched();
      await client.sessions.repetitions(session['Session ID'], {
        Repetitions: Repetitions.slice(1).map(({ Start, Peak, End }) => ({ Start, Peak, End })),
        Version: Provenance.ReportVersion,
      });
      await untilEqual('report', Provenance.ReportVersion + 1);
      await patch(session, 'Hinge');
      await untilEqual('session', 'Hinge');
      await patch(session, 'Hip Hinge Test');
      await untilEqual('session', 'Hip Hinge Test');
    });

    test('what was changed since a token that was kept comes first', async () => {
      const { token } = await client.changes({ since: 'now' });
      await patch(all[1]!, 'Changed meanwhile');
      await show('Live', { watch: { since: token, kinds: ['session'] } }, through());
      await until<{ id: string }[]>('changes', (changes) => changes.length === 1);
      await untilEqual('changes', [{ kind: 'session', id: all[1]!['Session ID'], deleted: false }]);
    });

    test('a server that is away for a while is only that', async () => {
      expected = /status of 503/;
      await show('Live', { filters: { limit: 50 } }, through());
      await watched();
      gate.decide(({ path }) => (path.startsWith('/changes') ? 503 : 'pass'));
      await until<{ error: { code: string } | null }>(
        'watching',
        ({ error }) => error?.code === 'unavailable',
      );
      await patch(all[2]!, 'Renamed while away');
      gate.decide(() => 'pass');
      await until<string[]>('names', (names) => names.includes('Renamed while away'));
      await until<{ error: object | null }>('watching', ({ error }) => error === null);
    });

    test('a server without a feed is asked no more, and the rest goes on', async () => {
      // The browser says aloud that the preflight does not let `Prefer` through.
      expected = /status of 404|blocked by CORS policy: Request header field prefer|net::ERR_FAILED/;
      const bare = await startBareServer(server.url, { strict: true });
      try {
        await show('Live', { filters: { limit: 50 } }, { ...through(), url: bare.url });
        await until<{ error: { code: string } | null }>(
          'watching',
          ({ error }) => error?.code === 'not_offered',
        );
        await until<string[]>('ids', (ids) => ids.length === 50);
        const asked = bare.asked.filter((request) => request.includes('/changes')).length;
        await show('Live', { filters: { limit: 60 } });
        await until<string[]>('ids', (ids) => ids.length === 60);
        expect(bare.asked.filter((request) => request.includes('/changes'))).toHaveLength(asked);
      } finally {
        await bare.end();
      }
    });

    test('nobody looks who is told not to, and whoever leaves looks no more', async () => {
      await show('Live', { watch: { enabled: false } }, through());
      await until<string[]>('ids', (ids) => ids.length === 100);
      expect(gate.passed('/changes')).toEqual([]);
      gate.decide(({ path }) => (path.startsWith('/changes') ? 'hold' : 'pass'));
      await show('Live', { watch: { enabled: true } });
      await eventually(() => gate.passed('/changes').some(({ givenUp }) => !givenUp));
      await show('Nothing');
      await eventually(() => gate.passed('/changes').every(({ givenUp }) => givenUp));
    });

    test('a change that comes before the list that it is in is not lost', async () => {
      gate.decide(({ path }) => (path.startsWith('/sessions') ? 'keep' : 'pass'));
      await show('Live', { filters: { limit: 50 } }, through());
      await watched();
      await eventually(() => gate.kept() > 0);
      await patch(all[5]!, 'Renamed before it was shown');
      await until<object[]>('changes', (changes) => changes.length > 0);
      gate.decide(() => 'pass');
      gate.release();
      await until<string[]>('names', (names) => names.includes('Renamed before it was shown'));
    });

    test('who looks again after a while hears of what came meanwhile', async () => {
      const props = { filters: { limit: 50 } };
      await show('Live', { ...props, watch: { enabled: true } }, through());
      await watched();
      await show('Live', { ...props, watch: { enabled: false } });
      await patch(all[4]!, 'Renamed while nobody looked');
      await show('Live', { ...props, watch: { enabled: true } });
      await until<string[]>('names', (names) => names.includes('Renamed while nobody looked'));
    });

    test('a fault in what hears of changes is the program’s own, and stops nothing', async () => {
      expected = /a fault of the program’s own/;
      await show('Live', { filters: { limit: 50 }, fails: true }, through());
      await watched();
      for (const name of ['First', 'Second']) {
        await patch(all[3]!, name);
        await until<string[]>('names', new Function('names', `return names.includes('${name}')`) as never);
      }
      expect(errors.length).toBeGreaterThanOrEqual(2);
    });
  });

  describe('the provider', () => {
    test('takes a client that is there already, and the QueryClient around it', async () => {
      const session = all.find((each) => each['Session Name'] === 'Hip Hinge Test')!;
      await page.evaluate(([made, s3Key]) => window.prefetch(made, s3Key), [
        through(),
        session.s3Key,
      ] as const);
      expect(gate.passed('/reportData')).toHaveLength(1);
      gate.decide(() => 'hold');
      await show('One', { id: null, s3Key: session.s3Key }, undefined, true);
      await until<number>('report', (version) => version >= 1);
      expect(await page.evaluate(() => window.held())).toBeGreaterThanOrEqual(1);
    });

    test('is made anew for another account only, not for each rendering', async () => {
      await show('List', { filters: { limit: 10 } }, through());
      await untilEqual('ids', idsOf(all.slice(0, 10)));
      for (const limit of [20, 30]) {
        await show('List', { filters: { limit } }, through());
        await untilEqual('ids', idsOf(all.slice(0, limit)));
      }
      expect(gate.passed('/').filter(({ method }) => method === 'POST')).toHaveLength(1);
    });

    test('is missed by name', async () => {
      await buildPage(
        'alone',
        `import { createElement } from 'react';
        import { createRoot } from 'react-dom/client';
        import { useClient } from '@kinebase/client/react';
        const Alone = () => useClient() && null;
        createRoot(document.getElementById('root'), { onUncaughtError: (error) => { document.title = error.message; } }).render(createElement(Alone));`,
      );
      const alone = await openPage(browser, `${pages.url}/alone/`);
      await alone.page.waitForFunction(() => document.title.includes('<KinebaseProvider>'));
      await alone.page.close();
    });
  });

  test('the six lines of the README replace the documented sample', async () => {
    const readme = readFileSync(join(consumer.installed, 'README.md'), 'utf8');
    const [, lines = ''] = /```jsx\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(lines.trim().split('\n')).toHaveLength(6);
    consumer.write('sample/Sample.jsx', lines.replace('http://127.0.0.1:4750', server.url));
    await buildPage(
      'sample',
      `import { createRoot } from 'react-dom/client';
      import Sample from './Sample.jsx';
      createRoot(document.getElementById('root')).render(<Sample />);`,
    );
    const sample = await openPage(browser, `${pages.url}/sample/`);
    const shown = async (count: number) => {
      await sample.page.waitForFunction(
        (count) => JSON.parse(document.querySelector('pre')?.textContent ?? '[]').length === count,
        count,
      );
      return JSON.parse((await sample.page.textContent('pre'))!);
    };
    const now = await createClient({ url: server.url, ...account })
      .sessions.list()
      .all();
    expect(await shown(100)).toEqual(now.slice(0, 100));
    await sample.page.click('button');
    expect(await shown(now.length)).toEqual(now);
    expect(await sample.page.locator('button').count()).toBe(0);
    expect(sample.errors).toEqual([]);
    await sample.page.close();
  });
});
