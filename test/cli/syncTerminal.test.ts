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
