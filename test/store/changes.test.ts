import { expect, test } from 'vitest';
import { CHANGE_KINDS, type ChangeKind } from '../../src/contract/changes.ts';
import { changeAssessment, deleteAssessment } from '../../src/store/assessments.ts';
import { athletesAt, changeAthlete, createAthlete, deleteAthlete } from '../../src/store/athletes.ts';
import { BEGINNING, changesAfter, type FeedPlace, wholeVersion } from '../../src/store/changes.ts';
import { deleteChannel, putChannel } from '../../src/store/channels.ts';
import type { Db } from '../../src/store/db.ts';
import { createExercises, deleteExercise } from '../../src/store/exercises.ts';
import { markLoose } from '../../src/store/looseObjects.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { connect } from '../../src/store/open.ts';
import { bury, createOrganization, nextVersion, organizationVersion } from '../../src/store/organizations.ts';
import { currentReportsAt } from '../../src/store/reports.ts';
import {
  changeSession,
  deleteSession,
  insertSessions,
  replaceReport,
  sessionsAt,
  toSession,
} from '../../src/store/sessions.ts';
import type { StoredSession } from '../../src/store/storedSession.ts';
import { describeEngines, watched } from './engines.ts';
import { athlete, channel, exercise, furnish, record, session } from './records.ts';

/** Entries as they come, `kind id@version`, `-` before what is deleted. */
async function read(
  db: Db,
  organization: string,
  after: FeedPlace = BEGINNING,
  { kinds = CHANGE_KINDS as readonly ChangeKind[], limit = 1000 } = {},
): Promise<{ told: string[]; place: FeedPlace }> {
  const head = await organizationVersion(db, organization);
  let place = after;
  const told: string[] = [];
  for (;;) {
    const feed = await changesAfter(db, organization, place, head, kinds, limit);
    expect(feed.entries.length).toBeLessThanOrEqual(limit);
    for (const { kind, id, version, deleted } of feed.entries)
      told.push(`${deleted ? '-' : ''}${kind} ${id}@${version}`);
    place = feed.place;
    if (!feed.more) return { told, place };
  }
}

const rename = (db: Db, organization: string, id: string) =>
  changeAthlete(db, organization, id, (found) => ({ ...found, FirstName: `${found.FirstName}!` }), 1);

const replace = async (
  db: Db,
  organization: string,
  id: string,
  edit: (found: StoredSession) => StoredSession = (found) => found,
) => {
  await markLoose(db, organization, `${id}.again`, 1e9);
  const next = (found: StoredSession) => ({ ...edit(found), reportVersion: found.reportVersion + 1 });
  const report = { object: 'again/report', reason: 'recomputed', loose: `${id}.again` } as const;
  return replaceReport(db, organization, id, next, report, 7);
};

describeEngines('the change feed', (store) => {
  test('begins with what is there, in the order of versions, and ends at the head', async () => {
    const { db } = store;
    const organization = await store.organization();
    await furnish(db, organization);
    await record(db, organization, session('R1'));
    const { told, place } = await read(db, organization);
    expect(told).toEqual([
      'athlete A1@1',
      'athlete A2@2',
      'assessment S1@3',
      'assessment S2@4',
      'exercise E1@5',
      'exercise E2@6',
      'session R1@7',
      'report R1@7',
    ]);
    expect(place).toEqual(wholeVersion(7));
    expect((await read(db, organization, place)).told).toEqual([]);
    expect((await read(db, await store.organization())).told).toEqual([]);
  });

  test('is the same in pages of any size, also of one, within a version too', async () => {
    const { db } = store;
    const organization = await store.organization();
    await furnish(db, organization);
    await insertSessions(
      db,
      organization,
      ['b', 'a', 'C', 'ä', 'B', '運'].map((id) => session(id)),
      1,
    );
    await deleteSession(db, organization, 'C', 2);
    // Many records and deletions under one version: what no function of the store does today.
    await db.within(organization).transaction(async (db) => {
      const version = await nextVersion(db, organization);
      await db.query('update sessions set version = $2, report_changed = $2 where org_id = $1', [
        organization,
        version,
      ]);
      for (const id of ['z', 'Y', 'x', 'Ö', 'o']) await bury(db, organization, 'athlete', id, version, 1);
    });
    const whole = await read(db, organization);
    expect(whole.told.length).toBe(6 + 5 + 5 + 2 + 5);
    for (const limit of [1, 2, 3, 7, 100])
      expect(await read(db, organization, BEGINNING, { limit })).toEqual(whole);
    for (const kinds of CHANGE_KINDS.map((kind) => [kind]))
      expect((await read(db, organization, BEGINNING, { kinds, limit: 1 })).told).toEqual(
        whole.told.filter((text) => text.replace('-', '').startsWith(kinds[0]!)),
      );
  });

  test('moves what is changed again behind the head, and does not lose it from a reader on the way', async () => {
    const { db } = store;
    const organization = await store.organization();
    await furnish(db, organization);
    const head = await organizationVersion(db, organization);
    const first = await changesAfter(db, organization, BEGINNING, head, CHANGE_KINDS, 1);
    expect(first.entries).toMatchObject([{ id: 'A1' }]);
    await rename(db, organization, 'A2');
    const rest = await changesAfter(db, organization, first.place, head, CHANGE_KINDS, 100);
    expect(rest.entries.map(({ id }) => id)).toEqual(['S1', 'S2', 'E1', 'E2']);
    expect((await read(db, organization, rest.place)).told).toEqual(['athlete A2@7']);
  });

  test('tells of deletions, of records that come back, and of those that go again', async () => {
    const { db } = store;
    const organization = await store.organization();
    await furnish(db, organization);
    const { place } = await read(db, organization);
    await createAthlete(db, organization, athlete('A3'), 1);
    await deleteAthlete(db, organization, 'A3', 2);
    expect((await read(db, organization, place)).told).toEqual(['-athlete A3@8']);
    await createAthlete(db, organization, athlete('A3'), 3);
    expect((await read(db, organization, place)).told).toEqual(['-athlete A3@8', 'athlete A3@9']);
    await deleteAthlete(db, organization, 'A3', 4);
    await deleteAssessment(db, organization, 'S2', 4);
    await deleteExercise(db, organization, 'E2', 4);
    expect((await read(db, organization, place)).told).toEqual([
      '-athlete A3@8',
      '-athlete A3@10',
      '-assessment S2@11',
      '-exercise E2@12',
    ]);
  });

  test('tells of a session with its report, of both when it goes, and of a report alone when that alone is new', async () => {
    const { db } = store;
    const organization = await store.organization();
    await furnish(db, organization);
    await record(db, organization, session('R1'));
    let { told, place } = await read(db, organization);
    const next = async () => {
      ({ told, place } = await read(db, organization, place));
      return told;
    };
    await changeSession(db, organization, 'R1', (found) => ({ ...found, name: 'Lunge' }), 6);
    expect(await next()).toEqual(['session R1@8']);
    await replace(db, organization, 'R1');
    expect(await next()).toEqual(['report R1@9']);
    await replace(db, organization, 'R1', (found) => ({ ...found, seriesVersion: 99 }));
    expect(await next()).toEqual(['session R1@10', 'report R1@10']);
    await replace(db, organization, 'R1', (found) => ({ ...found, exerciseId: 'E2' }));
    expect(await next()).toEqual(['session R1@11', 'report R1@11']);
    expect(await currentReportsAt(db, organization, 11, 11)).toEqual([
      {
        id: 'R1',
        version: 11,
        record: {
          'Session ID': 'R1',
          s3Key: 'ik-R1',
          Version: 4,
          ComputedAt: '1970-01-01T00:00:00.000007Z',
          Reason: 'recomputed',
          PipelineVersion: 1,
        },
      },
    ]);
    await deleteSession(db, organization, 'R1', 8);
    expect(await next()).toEqual(['-session R1@12', '-report R1@12']);
    expect((await read(db, organization, wholeVersion(7), { kinds: ['report'] })).told).toEqual([
      '-report R1@12',
    ]);
    await record(db, organization, session('R1'));
    expect(await next()).toEqual(['session R1@13', 'report R1@13']);
  });

  test('never tells of a free session, nor of its report, nor of its end', async () => {
    const { db } = store;
    const organization = await store.organization();
    await furnish(db, organization);
    const { place } = await read(db, organization);
    await record(db, organization, session('F1', { kind: 'free' }));
    await changeSession(db, organization, 'F1', (found) => ({ ...found, name: 'Freely' }), 6);
    await replace(db, organization, 'F1');
    expect(await read(db, organization, place)).toEqual({ told: [], place: wholeVersion(9) });
    await deleteSession(db, organization, 'F1', 7);
    expect((await read(db, organization, place)).told).toEqual([]);
    await record(db, organization, session('R1'));
    for (const kind of ['free', 'exercise'] as const) {
      const other = kind === 'free' ? 'R1' : 'F2';
      if (kind === 'exercise') await record(db, organization, session('F2', { kind: 'free' }));
      const turn = changeSession(db, organization, other, (found) => ({ ...found, kind }), 8);
      await expect(turn).rejects.toThrow(`cannot become ${kind}`);
    }
  });

  test('passes over what it does not tell of', async () => {
    const { db } = store;
    const organization = await store.organization();
    await putChannel(db, organization, channel('Knie'), () => {}, 1);
    await deleteChannel(db, organization, 'Knie', 2);
    expect(await read(db, organization)).toEqual({ told: [], place: wholeVersion(2) });
  });

  test('shows records as their own lists do', async () => {
    const { db } = store;
    const organization = await store.organization();
    await furnish(db, organization);
    await insertSessions(db, organization, [session('R1'), session('R2', { kind: 'free' })], 1);
    expect(await athletesAt(db, organization, 2, 9)).toEqual([
      { id: 'A2', version: 2, record: athlete('A2') },
    ]);
    expect(await sessionsAt(db, organization, 0, 99)).toEqual([
      { id: 'R1', version: 7, record: toSession(session('R1')) },
    ]);
  });

  test('shows each organization its own', async () => {
    const { db } = store;
    const [ours, theirs] = [await store.organization(), await store.organization()];
    await furnish(db, ours);
    await furnish(db, theirs);
    await createAthlete(db, theirs, athlete('T1'), 1);
    await deleteAthlete(db, theirs, 'T1', 1);
    const { told } = await read(db, ours);
    expect(told.length).toBe(6);
    expect(told.join()).not.toContain('T1');
  });

  test('asks nothing while there is nothing new', async () => {
    const organization = await store.organization();
    await furnish(store.db, organization);
    const place = wholeVersion(6);
    const refusing = watched(store.db, (sql) => {
      throw new Error(`asked: ${sql}`);
    });
    expect(await changesAfter(refusing, organization, place, 6, CHANGE_KINDS, 10)).toEqual({
      entries: [],
      place,
      more: false,
    });
  });
});

describeEngines('the plan of an answer of the feed', (store, engine) => {
  test('is one range of an index in every lane, whatever the feed holds', async () => {
    const { db } = store;
    const organization = await store.organization();
    await furnish(db, organization);
    const rows = Array.from({ length: 2000 }, (_, i) => session(`R${i}`, { recordedAt_us: i }));
    await insertSessions(db, organization, rows, 1);
    for (let i = 0; i < 200; i++) {
      await createAthlete(db, organization, athlete(`A${100 + i}`), 1);
      if (i % 2 === 0) await deleteAthlete(db, organization, `A${100 + i}`, 2);
      else await changeAssessment(db, organization, 'S1', (found) => found, 2);
      await createExercises(db, organization, [exercise(`E${100 + i}`)], 1);
    }
    await db.query('analyze');
    const head = await organizationVersion(db, organization);
    let explained = '';
    const explaining = watched(db, async (sql, values) => {
      const question = `explain ${engine.dialect === 'sqlite' ? 'query plan ' : ''}${sql}`;
      const lines = await db.within(organization).transaction(async (db) => {
        if (engine.dialect === 'postgres')
          for (const way of ['seqscan', 'bitmapscan']) await db.query(`set local enable_${way} = off`);
        return db.query<Record<string, string>>(question, values);
      });
      explained = lines.map((line) => line.detail ?? line['QUERY PLAN']).join('\n');
    });
    for (const after of [BEGINNING, { ...wholeVersion(500), lane: 3, id: 'R1' }]) {
      await changesAfter(explaining, organization, after, head, CHANGE_KINDS, 100);
      const reads = explained.split('\n').filter((line) => /SEARCH (?!lane)|SCAN (?!lane)|Scan/.test(line));
      const direct = reads.filter((line) => !/Subquery Scan/.test(line));
      expect(direct.length, explained).toBe(10);
      for (const line of direct)
        expect(line).toMatch(
          engine.dialect === 'sqlite'
            ? /SEARCH \w+ USING COVERING INDEX \w+ \(.*\((version|report_changed),\w+\)>/
            : /Index Only Scan using (\w+_by_(version|report|kind)|tombstones_pkey)/,
        );
      expect(explained).not.toMatch(/TEMP B-TREE FOR ORDER BY|^\s*(->)?\s*Sort /m);
    }
  });
});

describeEngines('a store from before the feed', (_, engine) => {
  test('knows afterwards since when each report is current', async () => {
    const place = await engine.place();
    const db = await connect(place.url, 'test');
    const all = readMigrations();
    const feed = all.findIndex(({ name }) => name === 'changes');
    await migrate(db, all.slice(0, feed));
    await createOrganization(db, 'one', 'One', 0);
    await furnish(db, 'one');
    const old = db.within('one');
    for (const [id, current] of [
      ['R1', 1],
      ['R2', 2],
    ] as const) {
      await old.query(
        `insert into sessions (org_id, session_id, recorded_at, athlete_id, exercise_id, session_name, kind, listed, duration_s, s3_key,
           wire, source_name, source_sha256, source_bytes, objects, series_version, report_version, version, created_at, updated_at)
         values ($1, $2, 1, 'A1', 'E1', 'Squat', 'exercise', 1, 1, $2, '', '', '', 1, $2, 1, $3, 20, 1, 1)`,
        ['one', id, current],
      );
      for (let version = 1; version <= current; version++)
        await old.query(
          `insert into reports (org_id, session_id, report_version, object, series_version, pipeline_version, reason, computed_at, version)
           values ($1, $2, $3, '', 1, 1, 'recorded', 1, $4)`,
          ['one', id, version, 10 + version],
        );
    }
    await migrate(db, all);
    expect(
      await old.query(
        'select session_id, report_changed from sessions where org_id = $1 order by session_id limit 9',
        ['one'],
      ),
    ).toEqual([
      { session_id: 'R1', report_changed: 11 },
      { session_id: 'R2', report_changed: 12 },
    ]);
    await db.close();
    await place.remove();
  });
});
