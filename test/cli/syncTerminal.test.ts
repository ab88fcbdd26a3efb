import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Archive, openArchive } from '../mirror/archive.ts';
import { collect, createShell, until } from './kinebase.ts';
import { hasTerminals, onTerminal } from './terminal.ts';

let bare: Archive;
let env: Record<string, string>;
const shell = createShell();
beforeAll(async () => {
  bare = await openArchive(4, { bare: true });
  const { username, password, clientId } = bare.account;
  env = {
    KINEBASE_URL: bare.door.url,
    KINEBASE_USERNAME: username,
    KINEBASE_CLIENT: clientId,
    KINEBASE_PASSWORD: password,
  };
});
afterEach(() => bare.door.behave());
afterAll(async () => {
  shell.end();
  await bare.end();
});

/** No reports come until it is called. */
function holdReports(): () => void {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  bare.door.misbehave(async ({ path }) => {
    if (path === '/reportData') await released;
    return undefined;
  });
  return release;
}

describe.skipIf(!hasTerminals)('on a terminal', () => {
  test('a sync counts what it reads while the lists are read, and clears that line at the end', async () => {
    let counted = () => {};
    const seen = new Promise<void>((resolve) => {
      counted = resolve;
    });
    // The list of sessions does not come before the athletes are seen to be counted.
    bare.door.misbehave(async ({ path }) => {
      if (path === '/sessions') await seen;
      return undefined;
    });
    const child = onTerminal(['sync', './seen'], env, shell.home);
    const ran = collect(child);
    await until(child, /[1-9]\d* records listed/);
    counted();
    const { stdout, code } = await ran;
    expect(code).toBe(0);
    expect(stdout).toMatch(/[━─] \d of 4 sessions/);
    const [, table] = stdout.split(/ +new +changed +deleted/);
    expect(stdout).toContain('\r\u001b[K  ');
    expect(table).not.toContain('\u001b');
    expect(stdout.trimEnd()).toMatch(/seen is complete: \d+ files written \([\d.]+ MB\), 0 removed$/);
  });

  test('one of some kinds does not say that the mirror is complete', async () => {
    const { stdout, code } = await collect(
      onTerminal(['sync', './few', '--only', 'athletes'], env, shell.home),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/few has what was asked for \(athletes\): 1 files written/);
  });

  test('one that is interrupted with Ctrl-C ends in order and says so', async () => {
    const release = holdReports();
    const child = onTerminal(['sync', './stopped'], env, shell.home);
    const ran = collect(child);
    await until(child, /0 of 4 sessions/);
    child.stdin!.write('\u0003');
    const { stdout, code } = await ran;
    release();
    expect(stdout).toMatch(/4 sessions were not come to/);
    expect(stdout.trimEnd()).toMatch(
      /\nInterrupted: \.\/stopped is not complete: 0 files written \(0\.0 MB\), 0 removed; the same command goes on$/,
    );
    expect(code).toBe(130);
  });
});

test('elsewhere each phase is told when it begins', async () => {
  const { stdout, code } = await shell.run(['sync', './told'], { env });
  expect(code).toBe(0);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const phases = lines.filter(({ event }) => event === 'progress').map(({ phase }) => phase);
  expect([...new Set(phases)]).toEqual(['reading', 'sessions', 'tables']);
});

test('elsewhere a summary says that it was interrupted, and by whatever signal it ends with 130', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const release = holdReports();
    const child = shell.start(['sync', './ended'], { env });
    const ran = collect(child);
    await until(child, /"phase":"sessions"/);
    child.kill(signal);
    const { stdout, code } = await ran;
    release();
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({
      event: 'summary',
      interrupted: true,
      complete: false,
      counts: { sessions: { new: 0 }, series: { new: 0 } },
      files: { written: 0 },
    });
    expect(code).toBe(130);
  }
});

test('a sync of some kinds counts those alone', async () => {
  const { stdout } = await shell.run(['sync', './some', '--only', 'athletes'], { env });
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({
    counts: { athletes: { new: 2 }, sessions: { new: 0, unchanged: 0 } },
    files: { written: 1 },
  });
});
