import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Disk, realDisk } from '../../src/mirror/disk.ts';
import { diskFault } from '../../src/mirror/error.ts';
import {
  type Archive,
  doorClient,
  expectEqual,
  expectSound,
  newFolder,
  openArchive,
  sync,
  visibleFiles,
} from './archive.ts';
import type { Asked, Misdeed } from './door.ts';

/** Sessions of each archive; more than may go without a question. */
const SESSIONS = 13;
let ours: Archive;
let bare: Archive;
beforeAll(async () => {
  ours = await openArchive(SESSIONS);
  bare = await openArchive(SESSIONS, { bare: true });
});
afterEach(() => {
  ours.door.behave();
  bare.door.behave();
});
afterAll(async () => {
  await ours.end();
  await bare.end();
});

const isData = ({ path }: Asked) => /Data$|original$/.test(path);
const answer = (body: unknown, status = 200): Misdeed => ({
  kind: 'answer',
  answer: { status, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) },
});
const page = (items: readonly unknown[], token: string | null): Misdeed =>
  answer({ statusCode: 200, 'X-Continuation-Token': token, body: JSON.stringify(items) });
/** The sessions of a door's server, as its list has them. */
const listOf = ({ body }: { body: Buffer }): object[] => JSON.parse(JSON.parse(body.toString()).body);

test.each([{}, null, [], 'main', { OrganizationID: '' }])(
  'the answer %j, which does not say whose records they are, fails before the folder becomes a mirror of another',
  async (body) => {
    const folder = newFolder();
    ours.door.misbehave(({ path }) =>
      path === '/organization' ? answer({ statusCode: 200, body: JSON.stringify(body) }) : undefined,
    );
    await expect(sync(ours, folder)).rejects.toMatchObject({
      name: 'KinebaseError',
      code: 'bad_answer',
      message: expect.stringContaining('OrganizationID'),
    });
    expect(visibleFiles(folder)).toEqual([]);
    ours.door.behave();
    expect(await sync(ours, folder, { formats: ['json'] })).toMatchObject({ complete: true, failed: [] });
  },
);

describe('a server whose lists are wrong', () => {
  test('that names a token twice fails by name, and nothing goes on its account', async () => {
    const folder = newFolder();
    await sync(bare, folder, { formats: ['json'] });
    const all = await bare.client.sessions.list().all();
    bare.door.misbehave(({ path }) => (path === '/sessions' ? page(all.slice(0, 3), 'again') : undefined));
    const summary = await sync(bare, folder);
    expect(summary).toMatchObject({
      complete: false,
      failed: [{ kind: 'sessions', name: 'the list of sessions', code: 'repeated_token' }],
      counts: { sessions: { deleted: 0, unchanged: SESSIONS } },
    });
    bare.door.behave();
    expect((await sync(bare, folder)).complete).toBe(true);
    await expectEqual(folder, doorClient(bare), { originals: false });
  });

  test('a feed that never gets further fails by name', async () => {
    ours.door.misbehave(({ path }) =>
      path === '/changes'
        ? answer({ statusCode: 200, body: { changes: [], token: 'again', hasMore: true } })
        : undefined,
    );
    const summary = await sync(ours, newFolder());
    expect(summary).toMatchObject({
      complete: false,
      failed: [{ name: 'the change feed', code: 'repeated_token' }],
    });
  });

  test('with empty pages among the others is read to its end', async () => {
    const folder = newFolder();
    const all = await bare.client.sessions.list().all();
    bare.door.misbehave(({ path, headers }) => {
      if (path !== '/sessions') return undefined;
      switch (headers['x-continuation-token']) {
        case '""':
          return page([], 'one');
        case 'one':
          return page(all.slice(0, 7), 'two');
        case 'two':
          return page([], 'three');
        default:
          return page(all.slice(7), null);
      }
    });
    expect(await sync(bare, folder, { formats: ['json'] })).toMatchObject({ complete: true, failed: [] });
    bare.door.behave();
    await expectEqual(folder, doorClient(bare), { originals: false });
  });

  test('that suddenly lists nothing does not empty the mirror unless asked to', async () => {
    const folder = newFolder();
    await sync(bare, folder, { formats: ['json'] });
    bare.door.misbehave(({ path }) => (path === '/sessions' ? page([], null) : undefined));
    const summary = await sync(bare, folder);
    expect(summary.complete).toBe(false);
    expect(summary.failed).toMatchObject([
      {
        kind: 'sessions',
        reason: expect.stringContaining(
          `names 0 of ${SESSIONS} sessions that the mirror has: nothing is removed`,
        ),
      },
    ]);
    bare.door.behave();
    await expectEqual(folder, doorClient(bare), { originals: false });
    bare.door.misbehave(({ path }) => (path === '/sessions' ? page([], null) : undefined));
    const emptied = await sync(bare, folder, { followDeletions: true });
    expect(emptied).toMatchObject({ complete: true, counts: { sessions: { deleted: SESSIONS } } });
    expect(visibleFiles(folder)).toEqual([
      'assessments.json',
      'athletes.json',
      'exercises.json',
      'sessions.json',
    ]);
  });

  test('that leaves a session out once does not cost the mirror that session', async () => {
    const folder = newFolder();
    await sync(bare, folder, { formats: ['json'] });
    let times = 0;
    bare.door.misbehave(({ path }, answered) =>
      path === '/sessions' && times++ === 0 ? page(listOf(answered).slice(1), null) : undefined,
    );
    expect(await sync(bare, folder)).toMatchObject({ complete: true, counts: { sessions: { deleted: 0 } } });
    expect(times).toBe(2);
  });

  test('whose token ends in the middle of a list is asked from the beginning again', async () => {
    const folder = newFolder();
    const all = await bare.client.sessions.list().all();
    let ended = false;
    bare.door.misbehave(({ path, headers }) => {
      if (path !== '/sessions') return undefined;
      if (headers['x-continuation-token'] === '""') return page(all.slice(0, 5), 'next');
      if (ended) return page(all.slice(5), null);
      ended = true;
      return answer({ message: 'expired', code: 'invalid_continuation_token' }, 400);
    });
    expect(await sync(bare, folder, { formats: ['json'] })).toMatchObject({ complete: true, failed: [] });
    bare.door.behave();
    await expectEqual(folder, doorClient(bare), { originals: false });
  });

  test('whose sign-in ends in the middle is signed in to again', async () => {
    const folder = newFolder();
    let count = 0;
    ours.door.misbehave(({ path }) =>
      path !== '/' && ++count % 9 === 0
        ? answer({ message: 'The incoming token has expired' }, 401)
        : undefined,
    );
    expect(await sync(ours, folder, { formats: ['json'] })).toMatchObject({ complete: true, failed: [] });
    ours.door.behave();
    await expectEqual(folder, doorClient(ours));
  });

  test('whose place in the feed is not known any more, or that went back to a backup, is compared', async () => {
    for (const refusal of [
      { status: 400, body: { message: 'not ours', code: 'invalid_continuation_token' } },
      { status: 410, body: { message: 'a backup was put back', code: 'changes_lost' } },
    ]) {
      const folder = newFolder();
      const passing = await ours.record(50);
      await sync(ours, folder, { formats: ['json'] });
      await ours.client.sessions.delete(passing['Session ID']);
      ours.door.misbehave(({ path, query }, answered) => {
        if (path !== '/changes') return undefined;
        if (query.get('since')) return answer(refusal.body, refusal.status);
        // The backup knows nothing of the deletion, either.
        const { statusCode, body } = JSON.parse(answered.body.toString());
        body.changes = body.changes.filter((change: { deleted: boolean }) => !change.deleted);
        return answer({ statusCode, body });
      });
      const summary = await sync(ours, folder);
      expect(summary).toMatchObject({
        complete: true,
        counts: { sessions: { deleted: 1, unchanged: SESSIONS } },
      });
      expect(summary.notes.join()).toMatch(/everything is compared/);
      ours.door.behave();
      expect((await sync(ours, folder)).files.written).toBe(0);
      await expectEqual(folder, doorClient(ours));
    }
  });
});

describe('answers that break', () => {
  /** What becomes of an answer, by how often it was asked for before. */
  const faults: [string, (before: number) => Misdeed | undefined][] = [
    ['are 503 in a burst', (before) => (before < 2 ? answer({ message: 'busy' }, 503) : undefined)],
    ['are 429 in a burst', (before) => (before < 2 ? answer({ message: 'slow down' }, 429) : undefined)],
    ['are 500 at first', (before) => (before < 1 ? answer('<html>oops</html>', 500) : undefined)],
    ['are cut before their head', (before) => (before < 1 ? { kind: 'cut' } : undefined)],
    ['are cut in the middle', (before) => (before < 1 ? { kind: 'truncate', bytes: 100 } : undefined)],
    ['are shorter than Content-Length', (before) => (before < 1 ? { kind: 'lie', bytes: 50 } : undefined)],
    ['are longer than Content-Length', (before) => (before < 1 ? { kind: 'lie', bytes: -50 } : undefined)],
  ];
  test.each(faults)('%s: everything comes all the same, whole', async (_, misdeed) => {
    for (const [archive, originals] of [
      [ours, true],
      [bare, false],
    ] as const) {
      const folder = newFolder();
      const times = new Map<string, number>();
      archive.door.misbehave(({ method, path, query }) => {
        const question = `${method} ${path} ${query}`;
        const before = times.get(question) ?? 0;
        times.set(question, before + 1);
        return misdeed(before);
      });
      expect(await sync(archive, folder, { formats: ['json'] })).toMatchObject({
        complete: true,
        failed: [],
      });
      archive.door.behave();
      await expectEqual(folder, doorClient(archive), { originals });
    }
  });

  const wrong: [string, RegExp, string, RegExp][] = [
    ['/ikData', /./, 'not json', /no JSON/],
    ['/ikData', /./, '{"statusCode":200,"body":"{\\"time\\":[0,1"}', /no JSON/],
    ['/ikData', /./, '{"statusCode":200,"body":[1,2]}', /no JSON object/],
    ['/ikData', /./, '{"statusCode":200,"body":{"knee":[1]}}', /have no time/],
    ['/ikData', /./, '{"statusCode":200,"body":{"time":[]}}', /no frames/],
    ['/ikData', /./, '{"statusCode":200,"body":{"time":[0,1],"knee":[1]}}', /"knee" has 1 value, time has 2/],
    ['/ikData', /./, '{"statusCode":200,"body":{"time":[0],"knee":["1"]}}', /"knee" holds "1"/],
    ['/ikData', /./, '{"statusCode":200,"body":{"time":[null]}}', /"time" holds "null"/],
    ['/ikData', /./, '{"statusCode":500,"body":"{\\"message\\":\\"inner\\"}"}', /inner/],
    ['/reportData', /./, '{"statusCode":200,"body":"{}"}', /no WorkoutMetrics/],
    [
      '/reportData',
      /./,
      '{"statusCode":200,"body":{"WorkoutMetrics":{"Ang":{"Knee":{"L":{"AvgMax":"wide"}}}}}}',
      /the report is none: avg_max/,
    ],
  ];
  test.each(wrong)(
    '%s that is wrong fails by name, and no part of it is there (%#)',
    async (path, _, body, reason) => {
      const folder = newFolder();
      const [session] = (await bare.client.sessions.list()).items;
      bare.door.misbehave(({ path: asked, query }) =>
        asked === path && query.get('s3Key') === session!.s3Key ? answer(body) : undefined,
      );
      const summary = await sync(bare, folder, { formats: ['parquet', 'json'] });
      expect(summary.complete).toBe(false);
      expect(summary.failed).toMatchObject([
        {
          kind: path === '/ikData' ? 'series' : 'reports',
          id: session!['Session ID'],
          reason: expect.stringMatching(reason),
        },
      ]);
      expectSound(folder);
      const id = session!['Session ID'];
      const part = path === '/ikData' ? 'series' : 'reports';
      expect(visibleFiles(folder).filter((file) => file.startsWith(part) && file.includes(id))).toEqual([]);
      bare.door.behave();
      const again = await sync(bare, folder);
      expect(again).toMatchObject({ complete: true, counts: { [part]: { new: 1, changed: 0 } } });
    },
  );

  test('an original whose bytes are not those of its checksum is not kept', async () => {
    const folder = newFolder();
    let spoiled = '';
    ours.door.misbehave(({ path }, { body }) => {
      const [, id] = /^\/sessions\/(.*)\/original$/.exec(path) ?? [];
      if (id === undefined || (spoiled !== '' && spoiled !== id)) return undefined;
      spoiled = id;
      const other = Buffer.from(body);
      other[body.length - 3]! ^= 1;
      return { kind: 'answer', answer: { body: other } };
    });
    const summary = await sync(ours, folder, { formats: ['json'] });
    expect(summary.failed).toMatchObject([
      { kind: 'originals', id: spoiled, reason: expect.stringMatching(/checksum/) },
    ]);
    expectSound(folder);
    ours.door.behave();
    expect((await sync(ours, folder)).counts.originals).toMatchObject({ new: 1 });
    await expectEqual(folder, doorClient(ours));
  });

  test('what the server has not got is missing, no failure, and is asked for again', async () => {
    const folder = newFolder();
    const [session] = (await bare.client.sessions.list()).items;
    bare.door.misbehave(({ path, query }) =>
      path === '/reportData' && query.get('s3Key') === session!.s3Key
        ? answer({ message: 'no report' }, 404)
        : undefined,
    );
    const summary = await sync(bare, folder, { formats: ['json'] });
    expect(summary).toMatchObject({
      complete: true,
      failed: [],
      missing: [{ kind: 'reports', id: session!['Session ID'] }],
    });
    bare.door.behave();
    expect((await sync(bare, folder)).counts.reports).toMatchObject({ new: 1 });
    await expectEqual(folder, doorClient(bare), { originals: false });
  });

  test('a server that is gone ends the sync soon, and says how much was not come to', async () => {
    const folder = newFolder();
    ours.door.misbehave((asked) => (isData(asked) ? { kind: 'cut' } : undefined));
    const before = ours.door.asked.length;
    const summary = await sync(ours, folder, { formats: ['json'], parallel: 2 });
    expect(summary.complete).toBe(false);
    expect(summary.left).toBeGreaterThan(0);
    expect(summary.notes.join()).toMatch(
      /the sync went no further: 8 sessions in a row could not be fetched/,
    );
    expect(ours.door.asked.length - before).toBeLessThan(3 * SESSIONS + 10);
    ours.door.behave();
    expect(await sync(ours, folder)).toMatchObject({ complete: true, left: 0 });
    await expectEqual(folder, doorClient(ours));
  });

  test('an account that is refused ends it at once', async () => {
    const folder = newFolder();
    let asked = 0;
    ours.door.misbehave((one) =>
      isData(one) && ++asked > 0
        ? answer({ message: 'Your key was revoked.', code: 'forbidden' }, 403)
        : undefined,
    );
    const summary = await sync(ours, folder, { parallel: 1 });
    expect(summary.notes).toContain('the sync went no further: Your key was revoked.');
    expect(asked).toBe(1);
    ours.door.misbehave(() =>
      answer({ __type: 'NotAuthorizedException', message: 'Incorrect username or password.' }, 400),
    );
    await expect(sync(ours, folder)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });
});

describe('a disk that takes no more', () => {
  /** A disk on which so many bytes are free. */
  const smallDisk = (free_bytes: number): Disk => {
    let left = free_bytes;
    const take = (bytes: number, path: string) => {
      left -= bytes;
      if (left < 0)
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
          code: 'ENOSPC',
          syscall: 'write',
          path,
        });
    };
    return {
      ...realDisk,
      write: (path, content) =>
        realDisk.write(
          path,
          (async function* () {
            for await (const chunk of content instanceof Uint8Array ? [content] : content) {
              // Half of it comes to lie there first.
              yield chunk.subarray(0, chunk.length >> 1);
              take(chunk.length, path);
              yield chunk.subarray(chunk.length >> 1);
            }
          })(),
        ),
      async append(path, bytes) {
        await realDisk.append(path, bytes.subarray(0, bytes.length >> 1));
        take(bytes.length, path);
        await realDisk.append(path, bytes.subarray(bytes.length >> 1));
      },
    };
  };

  test('at any place is named, leaves nothing half-written, and the same command goes on', async () => {
    for (let free = 200; free < 150_000; free = Math.ceil(free * 1.45)) {
      const folder = newFolder();
      const ran = await sync(ours, folder, { formats: ['json'], disk: smallDisk(free) }).catch(
        (error) => error,
      );
      if (ran.complete === true) break;
      expect(ran, `with ${free} bytes`).toMatchObject({
        name: 'MirrorError',
        code: 'disk',
        message: expect.stringMatching(
          /^the disk is full at .*: make room, and run the same command again to go on \(ENOSPC\)$/,
        ),
      });
      // Every file that is seen is whole: what the journal names has its checksum, and what it does not is removed.
      expect(await sync(ours, folder, { formats: ['json'] })).toMatchObject({ complete: true });
      await expectEqual(folder, doorClient(ours));
    }
  });

  const mounts = spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status === 0;
  const mounted = (options: string): string => {
    const folder = newFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', [folder]));
    return folder;
  };

  test.skipIf(!mounts)('a real file system of half a megabyte', async () => {
    const folder = mounted('size=500k');
    await expect(sync(ours, folder, { formats: ['parquet', 'csv', 'json'] })).rejects.toThrow(
      /^the disk is full.*: make room, .* \(ENOSPC\)$/,
    );
    expect(readdirSync(join(folder, '.kinebase/incoming'))).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=20m', folder]);
    expect(await sync(ours, folder, { formats: ['json'] })).toMatchObject({ complete: true });
    await expectEqual(folder, doorClient(ours));
  });

  test.skipIf(!mounts)('a real file system that is read-only', async () => {
    const folder = mounted('size=20m');
    await sync(ours, folder, { formats: ['json'] });
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    await expect(sync(ours, folder)).rejects.toMatchObject({
      code: 'disk',
      message: expect.stringMatching(
        /^the folder cannot be used at .*: its file system is mounted read-only; .* \(EROFS\)$/,
      ),
    });
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    expect(await sync(ours, folder)).toMatchObject({ complete: true });
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written', async () => {
    const folder = join(newFolder(), 'closed');
    mkdirSync(folder, { mode: 0o500 });
    await expect(sync(ours, folder)).rejects.toMatchObject({
      code: 'disk',
      message: expect.stringMatching(
        /^the folder cannot be used at .*: mend its permissions, .* \(EACCES\)$/,
      ),
    });
  });

  test('a file in the place of a folder is named', async () => {
    const folder = newFolder();
    await sync(ours, folder, { formats: ['json'] });
    rmSync(join(folder, 'series'), { recursive: true });
    writeFileSync(join(folder, 'series'), '');
    const named = { code: 'disk', message: inTheWay(join(folder, 'series')) };
    await expect(sync(ours, folder, { formats: ['csv'] })).rejects.toMatchObject(named);
    await expect(sync(ours, folder, { dryRun: true })).rejects.toMatchObject(named);
    rmSync(join(folder, 'series'));
    expect(await sync(ours, folder, { formats: ['json'] })).toMatchObject({ complete: true });
    await expectEqual(folder, doorClient(ours));
  });

  const inTheWay = (path: string) =>
    `a file stands where the mirror needs a folder at ${path}: rename or remove it, or choose another folder (ENOTDIR)`;

  test('a file in the place of the mirror itself, or above it, is named', async () => {
    const file = join(newFolder(), 'thesis');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'mirror')])
      for (const dryRun of [false, true])
        await expect(sync(ours, folder, { dryRun })).rejects.toMatchObject({
          code: 'disk',
          message: inTheWay(file),
        });
    const folder = newFolder();
    writeFileSync(join(folder, '.kinebase'), '');
    await expect(sync(ours, folder)).rejects.toMatchObject({ message: inTheWay(join(folder, '.kinebase')) });
  });

  test('a folder in the place of a file is named', async () => {
    const folder = newFolder();
    await sync(ours, folder, { formats: ['json'] });
    const path = join(folder, 'athletes.json');
    rmSync(path);
    mkdirSync(path);
    await expect(sync(ours, folder)).rejects.toMatchObject({
      message: `a folder stands where the mirror needs a file at ${path}: rename or remove it (EISDIR)`,
    });
  });

  test.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO', 'EEXIST'])('%s is named once', (code) => {
    const path = join(newFolder(), 'athletes.json');
    const error = Object.assign(new Error(`${code}: as Node has it, open '${path}'`), {
      code,
      syscall: 'open',
      path,
    });
    const { message } = diskFault(error)!;
    expect(message).toMatch(new RegExp(` at ${path}: .* \\(${code}\\)$`));
    expect(message.split(code)).toHaveLength(2);
    expect(message.split(path)).toHaveLength(2);
  });
});

describe('what is wrong with the folder itself', () => {
  test('is found and mended by --verify, and files of others are left alone', async () => {
    const folder = newFolder();
    await sync(ours, folder, { formats: ['json', 'parquet'] });
    const [one, two, three] = visibleFiles(folder).filter((path) => path.startsWith('series/'));
    writeFileSync(join(folder, one!), 'spoiled');
    rmSync(join(folder, two!));
    const bytes = readFileSync(join(folder, three!));
    bytes[20]! ^= 1;
    writeFileSync(join(folder, three!), bytes);
    writeFileSync(join(folder, 'sessions.json'), '[]');
    writeFileSync(join(folder, 'series/notes.txt'), 'mine');
    const summary = await sync(ours, folder, { verify: true });
    expect(summary.complete).toBe(true);
    expect(summary.notes.join('\n')).toMatch(/^4 of \d+ files were damaged or gone, and are made again: /);
    for (const path of [one, two, three]) expect(summary.notes[0]).toContain(path);
    expect(summary.notes[1]).toBe('1 files are not of the mirror, and were left alone: series/notes.txt');
    rmSync(join(folder, 'series/notes.txt'));
    expectSound(folder);
    expect((await sync(ours, folder, { verify: true })).notes).toEqual([
      expect.stringMatching(/files are what they were$/),
    ]);
  });

  test.each([
    ['of Kinebase', () => ours, true],
    ['of a server with lists only', () => bare, false],
  ])('what is gone or of another length is made again by every sync %s', async (_, archive, originals) => {
    const folder = newFolder();
    await sync(archive(), folder, { formats: ['json'] });
    const [session] = (await archive().client.sessions.list()).items;
    const month = session!.Date.slice(0, 7);
    const gone = [
      'athletes.json',
      `reports/${month}.json`,
      `reports/${month}/${session!['Session ID']}.json`,
    ];
    for (const path of gone) rmSync(join(folder, path));
    writeFileSync(join(folder, 'sessions.json'), '[]');
    const before = visibleFiles(folder);
    const would = await sync(archive(), folder, { dryRun: true });
    expect(would.notes).toEqual([
      expect.stringMatching(/^4 of \d+ files are damaged or gone, and would be made again: /),
    ]);
    expect(would.counts.reports.new).toBe(1);
    expect(visibleFiles(folder)).toEqual(before);
    const summary = await sync(archive(), folder);
    expect(summary).toMatchObject({ complete: true, counts: { series: { new: 0, changed: 0 } } });
    expect(summary.notes).toEqual([
      expect.stringMatching(/^4 of \d+ files were damaged or gone, and are made again: /),
    ]);
    for (const path of gone) expect(summary.notes[0]).toContain(path);
    await expectEqual(folder, doorClient(archive()), { originals });

    rmSync(join(folder, 'series'), { recursive: true });
    const again = await sync(archive(), folder);
    expect(again.notes).toEqual([expect.stringContaining(`${SESSIONS} of `)]);
    await expectEqual(folder, doorClient(archive()), { originals });
    expect(await sync(archive(), folder)).toMatchObject({ notes: [], files: { written: 0, removed: 0 } });
  });

  test('is named by --verify --dry-run, which mends nothing', async () => {
    const folder = newFolder();
    await sync(ours, folder, { formats: ['json'] });
    const path = visibleFiles(folder).find((each) => each.startsWith('series/'))!;
    const bytes = readFileSync(join(folder, path));
    bytes[20]! ^= 1;
    writeFileSync(join(folder, path), bytes);
    writeFileSync(join(folder, 'series/notes.txt'), 'mine');
    const before = visibleFiles(folder);
    const would = await sync(ours, folder, { verify: true, dryRun: true });
    expect(would.notes).toEqual([
      expect.stringMatching(/^1 of \d+ files are damaged or gone, and would be made again: series/),
      '1 files are not of the mirror, and were left alone: series/notes.txt',
    ]);
    expect(would.notes[0]).toContain(path);
    expect(would.counts.series).toMatchObject({ new: 1, changed: 0 });
    expect(visibleFiles(folder)).toEqual(before);
    expect(readFileSync(join(folder, path))).toEqual(bytes);
  });

  test('a journal that is torn, damaged or gone costs a comparison, and never a wrong mirror', async () => {
    const journal = (folder: string) => join(folder, '.kinebase/journal-1.jsonl');
    const spoil: [string, (folder: string, bytes: Buffer) => void, RegExp | null][] = [
      ['torn', (folder, bytes) => writeFileSync(journal(folder), bytes.subarray(0, bytes.length - 37)), null],
      [
        'damaged',
        (folder, bytes) => {
          bytes[Math.floor(bytes.length / 3)]! ^= 4;
          writeFileSync(journal(folder), bytes);
        },
        /damaged/,
      ],
      ['gone', (folder) => rmSync(journal(folder)), /is gone/],
      ['empty', (folder) => writeFileSync(journal(folder), ''), null],
    ];
    for (const [how, change, note] of spoil) {
      const folder = newFolder();
      await sync(ours, folder, { formats: ['json'], parallel: 1 });
      change(folder, readFileSync(journal(folder)));
      const summary = await sync(ours, folder);
      expect([how, summary.complete]).toEqual([how, true]);
      if (note !== null) expect(summary.notes.join()).toMatch(note);
      await expectEqual(folder, doorClient(ours));
    }
  });
});
