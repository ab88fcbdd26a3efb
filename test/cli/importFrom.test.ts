import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Archive, doorClient, openArchive } from '../mirror/archive.ts';
import { type Destination, expectFilled, openDestination } from '../mirror/destination.ts';
import { createShell, type Ran } from './kinebase.ts';

let archive: Archive;
let destination: Destination;
let env: Record<string, string>;
const shell = createShell();
beforeAll(async () => {
  archive = await openArchive(3);
  destination = await openDestination();
  env = {
    KINEBASE_URL: destination.server.url,
    KINEBASE_USERNAME: destination.account.username,
    KINEBASE_PASSWORD: destination.account.password,
    KINEBASE_FROM_USERNAME: archive.account.username,
    KINEBASE_FROM_PASSWORD: archive.account.password,
  };
});
afterAll(async () => {
  shell.end();
  await archive.end();
  await destination.end();
});

const kinebase = (...args: string[]) => shell.run(args, { env });
const summaryOf = ({ stdout }: Ran) => JSON.parse(stdout.trimEnd().split('\n').at(-1)!);

test('fills an organization, names what fails, and is finished by the same command', async () => {
  const [session] = await archive.client.sessions.list().all();
  archive.door.misbehave(({ path }) =>
    path === `/sessions/${session!['Session ID']}/original`
      ? { kind: 'answer', answer: { status: 404, body: Buffer.from('{"message":"It was lost."}') } }
      : undefined,
  );
  const first = await kinebase('import', '--from', archive.door.url);
  expect(first.code).toBe(1);
  expect(summaryOf(first)).toMatchObject({
    event: 'summary',
    complete: false,
    counts: { sessions: { new: 2, failed: 1 } },
    failed: [{ kind: 'sessions', id: session!['Session ID'], reason: 'source: It was lost.' }],
  });
  archive.door.behave();
  const second = await kinebase('import', '--from', archive.door.url, '--parallel', '2');
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(summaryOf(second).counts.sessions).toMatchObject({ new: 1, unchanged: 2, failed: 0 });
  await expectFilled(doorClient(archive), destination);
  const third = await kinebase('import', '--from', archive.door.url);
  expect(third).toMatchObject({ code: 0, stderr: '' });
  expect(
    third.stdout
      .trimEnd()
      .split('\n')
      .filter((line) => !line.includes('"progress"')),
  ).toHaveLength(1);
});

test.each([
  [
    'a file beside it',
    ['squats.mot', '--from', 'http://127.0.0.1:1'],
    /squats\.mot is for an import of files/,
  ],
  [
    'an option of files',
    ['--from', 'http://127.0.0.1:1', '--athlete', 'Ada'],
    /--athlete is for an import of files/,
  ],
  ['nothing', [], /name a file, or another server with --from/],
  ['a file without an athlete', ['squats.mot'], /--athlete/],
  ['too many at a time', ['--from', 'http://127.0.0.1:1', '--parallel', '1000'], /from 1 to 64/],
])('%s is a mistake that is named', async (_what, args, message) => {
  const { code, stderr } = await kinebase('import', ...args);
  expect(stderr).toMatch(message);
  expect(code).toBeGreaterThan(0);
});

test('an unknown account at the source, and a source that is away, end it before anything is written', async () => {
  const asked = destination.door.asked.length;
  const refused = await shell.run(['import', '--from', archive.door.url], {
    env: { ...env, KINEBASE_FROM_PASSWORD: 'wrong' },
  });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: source: /) });
  const none = await shell.run(['import', '--from', archive.door.url], {
    env: { KINEBASE_KEY: 'x', KINEBASE_URL: destination.server.url },
  });
  expect(none.stderr).toMatch(/not signed in to .*KINEBASE_FROM_KEY/);
  expect(destination.door.asked.length).toBe(asked);
});
