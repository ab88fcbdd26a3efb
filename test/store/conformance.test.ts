import { expect, test } from 'vitest';
import { escapeJson } from '../../src/contract/wire.ts';
import * as assessments from '../../src/store/assessments.ts';
import * as athletes from '../../src/store/athletes.ts';
import * as channels from '../../src/store/channels.ts';
import type { Db } from '../../src/store/db.ts';
import * as exercises from '../../src/store/exercises.ts';
import { claimDue, forgetLoose, isLoose, markLoose, takeUp } from '../../src/store/looseObjects.ts';
import * as organizations from '../../src/store/organizations.ts';
import * as sessions from '../../src/store/sessions.ts';
import { describeEngines, ENGINES, POOLED } from './engines.ts';
import { assessment, athlete, channel, exercise, furnish, page, record, session } from './records.ts';

interface Stamp {
  version: number;
  created_at: number;
  updated_at: number;
}

const versionOf = async (db: Db, organization: string) =>
  (await organizations.getOrganization(db, organization))!.Version;

const stampOf = async (db: Db, organization: string, table: string, id: string) =>
  (
    await db
      .within(organization)
      .query<Stamp>(
        `select version, created_at, updated_at from ${table}s where org_id = $1 and ${table}_id = $2`,
        [organization, id],
      )
  )[0];

const tombstones = (db: Db, organization: string) =>
  db
    .within(organization)
    .query(
      'select version, kind, record_id, deleted_at from tombstones where org_id = $1 order by version limit 1000',
      [organization],
    );

const listed = async (db: Db, organization: string) => {
  const { items } = await page(db, organization, { order: 'newest' }, null, 1000);
  return items;
};

describeEngines(
  'the store',
  (store) => {
    test('an organization is created once, found by id and listed by id', async () => {
      const { db } = store;
      const name = 'Bewegung "Süd" \\ 運動';
      expect(await organizations.createOrganization(db, 'zeta', name, 7_000_000)).toBe(true);
      expect(await organizations.createOrganization(db, 'zeta', 'Another', 8)).toBe(false);
      expect(await organizations.getOrganization(db, 'zeta')).toEqual({
        OrganizationID: 'zeta',
        Name: name,
        Version: 0,
      });
      expect(await organizations.getOrganization(db, 'nobody')).toBe(null);
      expect(await organizations.organizationCreated(db, 'zeta')).toBe(7_000_000);
      await expect(organizations.organizationCreated(db, 'nobody')).rejects.toThrow('no organization nobody');
      await organizations.createOrganization(db, 'alpha', 'Alpha', 1);
      const ids = (await organizations.listOrganizations(db)).map((found) => found.OrganizationID);
      expect(ids).toEqual([...ids].sort());
      expect(ids).toContain('alpha');
    });

    test('versions come one by one or as a range, and only inside an organization', async () => {
      const { db } = store;
      const organization = await store.organization();
      expect(await organizations.nextVersion(db, organization)).toBe(1);
      expect(await organizations.nextVersion(db, organization)).toBe(2);
      expect(await organizations.nextVersion(db, organization, 10)).toBe(12);
      await expect(organizations.nextVersion(db, 'nobody')).rejects.toThrow('no organization nobody');
    });

    test('an athlete lives: created, found, listed by name, changed, removed', async () => {
      const { db } = store;
      const organization = await store.organization();
      const zoe = athlete('A1', { FirstName: 'Zoë', LastName: 'Ärmel', ExternalID: 'x-1' });
      expect(await athletes.createAthlete(db, organization, zoe, 10)).toEqual(zoe);
      expect(await stampOf(db, organization, 'athlete', 'A1')).toEqual({
        version: 1,
        created_at: 10,
        updated_at: 10,
      });
      expect(await athletes.getAthlete(db, organization, 'A1')).toEqual(zoe);
      expect(await athletes.getAthlete(db, organization, 'a1')).toBe(null);

      const changed = await athletes.changeAthlete(
        db,
        organization,
        'A1',
        (found) => ({ ...found, FirstName: '' }),
        20,
      );
      expect(changed).toEqual({ ...zoe, FirstName: '' });
      expect(await stampOf(db, organization, 'athlete', 'A1')).toEqual({
        version: 2,
        created_at: 10,
        updated_at: 20,
      });
      expect(await athletes.changeAthlete(db, organization, 'A9', (found) => found, 20)).toBe(null);

      expect(await athletes.deleteAthlete(db, organization, 'A1', 30)).toBe('deleted');
      expect(await athletes.deleteAthlete(db, organization, 'A1', 31)).toBe('absent');
      expect(await athletes.listAthletes(db, organization)).toEqual([]);
      expect(await tombstones(db, organization)).toEqual([
        // Created, changed, removed: what was refused in between raised no version.
        { version: 3, kind: 'athlete', record_id: 'A1', deleted_at: 30 },
      ]);
    });

    test('a channel of an organization lives: described, described anew, listed by name, removed', async () => {
      const { db } = store;
      const [organization, other] = [await store.organization(), await store.organization()];
      const free = () => {};
      const knee = channel('Knie "rechts" 運動');
      const put = (entry = knee, now_us = 10) => channels.putChannel(db, organization, entry, free, now_us);
      expect(await put()).toBe('added');
      expect(await put(channel('Arm'))).toBe('added');
      expect(await channels.listChannels(db, organization)).toEqual([channel('Arm'), knee]);
      expect(await channels.listChannels(db, other)).toEqual([]);
      expect(await versionOf(db, organization)).toBe(2);
      expect(await put()).toBe('replaced');
      expect(await versionOf(db, organization)).toBe(2);
      const wider = { ...knee, Min: -10, Max: 150 };
      expect(await put(wider, 20)).toBe('replaced');
      expect(await channels.listChannels(db, organization)).toEqual([channel('Arm'), wider]);

      const refused = channels.putChannel(
        db,
        organization,
        channel('Bein'),
        (others) => {
          expect(others).toEqual([channel('Arm'), wider]);
          throw new Error('not this one');
        },
        30,
      );
      await expect(refused).rejects.toThrow('not this one');
      expect(await versionOf(db, organization)).toBe(3);

      expect(await channels.deleteChannel(db, other, knee.Channel, 40)).toBe(false);
      expect(await channels.deleteChannel(db, organization, knee.Channel, 40)).toBe(true);
      expect(await channels.deleteChannel(db, organization, knee.Channel, 41)).toBe(false);
      expect(await channels.listChannels(db, organization)).toEqual([channel('Arm')]);
      expect(await tombstones(db, organization)).toEqual([
        { version: 4, kind: 'channel', record_id: knee.Channel, deleted_at: 40 },
      ]);
    });

    test('athletes are listed by last name, first name and id, in the same order on every engine', async () => {
      const { db } = store;
      const organization = await store.organization();
      const names: [string, string][] = [
        ['Zoe', 'adams'],
        ['Amy', 'Zimmer'],
        ['amy', 'Adams'],
        ['Bea', 'Adams'],
        ['Bea', 'Adams'],
        ['', ''],
        ['É', 'Ärmel'],
        ['Al', "O'Neil"],
        ['Al', 'ONeil'],
        ['Al', 'O Neil'],
      ];
      for (const [place, [FirstName, LastName]] of names.entries()) {
        await athletes.createAthlete(
          db,
          organization,
          athlete(`A${names.length - place}`, { FirstName, LastName }),
          1,
        );
      }
      const found = (await athletes.listAthletes(db, organization)).map(
        ({ LastName, FirstName, ValorID }) => `${LastName}, ${FirstName} ${ValorID}`,
      );
      expect(found).toEqual([
        ',  A5',
        'Adams, Bea A6',
        'Adams, Bea A7',
        'Adams, amy A8',
        'O Neil, Al A1',
        "O'Neil, Al A3",
        'ONeil, Al A2',
        'Zimmer, Amy A9',
        'adams, Zoe A10',
        'Ärmel, É A4',
      ]);
    });

    test('an external id belongs to one athlete of an organization; none may stand any number of times', async () => {
      const { db } = store;
      const one = await store.organization();
      const two = await store.organization();
      expect(await athletes.createAthlete(db, one, athlete('A1', { ExternalID: 'x' }), 1)).not.toBe(null);
      expect(await athletes.createAthlete(db, one, athlete('A2', { ExternalID: 'x' }), 1)).toBe(null);
      expect(await athletes.createAthlete(db, one, athlete('A1'), 1)).toBe(null);
      expect(await athletes.createAthlete(db, one, athlete('A3'), 1)).not.toBe(null);
      expect(await athletes.createAthlete(db, one, athlete('A4'), 1)).not.toBe(null);
      expect(await athletes.createAthlete(db, two, athlete('A1', { ExternalID: 'x' }), 1)).not.toBe(null);
      const taking = (found: typeof athlete extends (...args: never) => infer A ? A : never) => ({
        ...found,
        ExternalID: 'x',
      });
      expect(await athletes.changeAthlete(db, one, 'A3', taking, 2)).toBe('taken');
      expect(await athletes.changeAthlete(db, one, 'A1', taking, 2)).toMatchObject({ ExternalID: 'x' });
      expect((await athletes.listAthletes(db, one, 'x')).map((found) => found.ValorID)).toEqual(['A1']);
      expect(await athletes.listAthletes(db, one, 'X')).toEqual([]);
    });

    test('an assessment lives: created, listed newest first and by athlete, changed, removed', async () => {
      const { db } = store;
      const organization = await store.organization();
      await athletes.createAthlete(db, organization, athlete('A1'), 1);
      const first = assessment('S1', { 'Athlete ID': 'A1', Date: '1969-07-20T20:17:40.000001Z' });
      const second = assessment('S2', { Date: '2199-12-31T23:59:59.999999Z' });
      const third = assessment('S3', { 'Athlete ID': 'A1', Date: '2199-12-31T23:59:59.999999Z' });
      for (const each of [first, second, third])
        expect(await assessments.createAssessment(db, organization, each, 3)).toEqual(each);
      expect(await assessments.createAssessment(db, organization, first, 4)).toBe(null);
      expect(await assessments.listAssessments(db, organization)).toEqual([third, second, first]);
      expect(await assessments.listAssessments(db, organization, 'A1')).toEqual([third, first]);
      expect(await assessments.listAssessments(db, organization, 'A2')).toEqual([]);
      expect(await assessments.getAssessment(db, organization, 'S1')).toEqual(first);
      expect(await assessments.getAssessment(db, organization, 'S9')).toBe(null);
      const change = (found: typeof first) => ({ ...found, 'Athlete ID': null });
      expect(await assessments.changeAssessment(db, organization, 'S1', change, 9)).toEqual({
        ...first,
        'Athlete ID': null,
      });
      expect(await assessments.changeAssessment(db, organization, 'S9', change, 9)).toBe(null);
      expect(await stampOf(db, organization, 'assessment', 'S1')).toMatchObject({
        created_at: 3,
        updated_at: 9,
      });
      await expect(
        assessments.createAssessment(db, organization, assessment('S4', { 'Athlete ID': 'A9' }), 1),
      ).rejects.toThrow();
      expect(await assessments.getAssessment(db, organization, 'S4')).toBe(null);
      expect(await assessments.deleteAssessment(db, organization, 'S2', 5)).toBe('deleted');
      expect(await assessments.deleteAssessment(db, organization, 'S2', 5)).toBe('absent');
      expect(await tombstones(db, organization)).toMatchObject([
        { kind: 'assessment', record_id: 'S2', deleted_at: 5 },
      ]);
    });

    test('an exercise lives: created, listed by name, changed, removed', async () => {
      const { db } = store;
      const organization = await store.organization();
      const squat = exercise('E1', { 'Exercise Name': 'squat' });
      const lunge = exercise('E2', {
        'Exercise Name': 'Lunge',
        PrimaryChannel: null,
        Polarity: -1,
        Metrics: null,
      });
      const empty = exercise('E3', { 'Exercise Name': 'Übung', Metrics: [] });
      expect(await exercises.createExercises(db, organization, [squat, lunge, empty], 3)).toEqual([
        squat,
        lunge,
        empty,
      ]);
      expect(await versionOf(db, organization)).toBe(3);
      expect(await exercises.listExercises(db, organization)).toEqual([lunge, squat, empty]);
      expect(await exercises.listExercises(db, organization, 'squat')).toEqual([squat]);
      expect(await exercises.listExercises(db, organization, 'Squat')).toEqual([]);
      expect(await exercises.getExercise(db, organization, 'E2')).toEqual(lunge);
      expect(await exercises.getExercise(db, organization, 'E9')).toBe(null);
      const again = [
        exercise('E1', { 'Exercise Name': 'new' }),
        exercise('E8', { 'Exercise Name': 'squat' }),
      ];
      expect(await exercises.createExercises(db, organization, again, 4)).toEqual([]);
      const rename = (name: string) => (found: typeof squat) => ({ ...found, 'Exercise Name': name });
      expect(await exercises.changeExercise(db, organization, 'E1', rename('Lunge'), 5)).toBe('taken');
      expect(await exercises.changeExercise(db, organization, 'E1', rename('squat'), 5)).toEqual(squat);
      expect(await exercises.changeExercise(db, organization, 'E1', rename('Deep squat'), 6)).toMatchObject({
        'Exercise Name': 'Deep squat',
      });
      expect(await exercises.changeExercise(db, organization, 'E9', rename('x'), 6)).toBe(null);
      expect(await stampOf(db, organization, 'exercise', 'E1')).toMatchObject({
        created_at: 3,
        updated_at: 6,
      });
      expect(await exercises.deleteExercise(db, organization, 'E3', 7)).toBe('deleted');
      expect(await exercises.deleteExercise(db, organization, 'E3', 7)).toBe('absent');
      expect(await tombstones(db, organization)).toMatchObject([
        { kind: 'exercise', record_id: 'E3', deleted_at: 7 },
      ]);
    });

    test('a session lives: inserted with its objects, found by id and key, changed, removed', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      const before = await versionOf(db, organization);
      const stored = session('R1', {
        name: 'L "Drop"\nJump \\ é 🦵',
        sourceRate_hz: 29.97,
        duration_s: 1 / 3,
        assessmentId: 'S1',
        kind: 'assessment',
      });
      expect(await record(db, organization, stored, 50)).toBe('inserted');
      expect(await sessions.getSession(db, organization, 'R1')).toEqual(stored);
      expect(await sessions.getSessionByKey(db, organization, 'ik-R1')).toEqual(stored);
      expect(await sessions.getSession(db, organization, 'r1')).toBe(null);
      expect(await sessions.getSessionByKey(db, organization, 'R1')).toBe(null);
      expect(await listed(db, organization)).toBe(escapeJson(JSON.stringify(sessions.toSession(stored))));
      expect(await stampOf(db, organization, 'session', 'R1')).toEqual({
        version: before + 1,
        created_at: 50,
        updated_at: 50,
      });
      expect(await claimDue(db, organization, 1e15)).toEqual([]);

      const change = (found: typeof stored) => ({
        ...found,
        name: 'R Jump',
        athleteId: 'A2',
        assessmentId: null,
        kind: 'exercise' as const,
        exerciseId: 'E2',
        recordedAt_us: -1,
        reportVersion: 2,
      });
      expect(await sessions.changeSession(db, organization, 'R1', change, 60)).toEqual(change(stored));
      expect(await sessions.getSession(db, organization, 'R1')).toEqual(change(stored));
      expect(await listed(db, organization)).toBe(
        escapeJson(JSON.stringify(sessions.toSession(change(stored)))),
      );
      expect(await stampOf(db, organization, 'session', 'R1')).toEqual({
        version: before + 2,
        created_at: 50,
        updated_at: 60,
      });
      expect(await sessions.changeSession(db, organization, 'R9', change, 60)).toBe(null);

      expect(await sessions.deleteSession(db, organization, 'R1', 70)).toBe(true);
      expect(await sessions.deleteSession(db, organization, 'R1', 71)).toBe(false);
      expect(await sessions.getSession(db, organization, 'R1')).toBe(null);
      expect(await listed(db, organization)).toBe('');
      expect(await tombstones(db, organization)).toMatchObject([
        { kind: 'session', record_id: 'R1', deleted_at: 70 },
      ]);
      expect(await claimDue(db, organization, 70)).toEqual([stored.objects]);
    });

    test('a session as clients see it has eight members in the documented order', () => {
      expect(JSON.stringify(sessions.toSession(session('R1')))).toBe(
        '{"Session ID":"R1","Date":"2026-04-24T03:06:40.123456Z","s3Key":"ik-R1","Duration":12.516667,"Athlete ID":"A1","Assessment ID":"singleExercise","Exercise ID":"E1","Session Name":"Squat"}',
      );
    });

    test('a session id is taken once, objects are taken up once, and not when a sweep has claimed them', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      expect(await record(db, organization, session('R1'))).toBe('inserted');
      const second = session('R1', { objects: 'R1.other' });
      expect(await record(db, organization, second)).toBe('taken');
      expect(await sessions.getSession(db, organization, 'R1')).toEqual(session('R1'));

      await markLoose(db, organization, 'R2.x', 100);
      expect(await claimDue(db, organization, 100)).toEqual(['R2.x']);
      expect(await sessions.insertSession(db, organization, session('R2', { objects: 'R2.x' }), 100)).toBe(
        'swept',
      );
      expect(
        await sessions.insertSession(db, organization, session('R3', { objects: 'never marked' }), 1),
      ).toBe('swept');
      expect(await sessions.getSession(db, organization, 'R2')).toBe(null);
      expect(await sessions.getSession(db, organization, 'R3')).toBe(null);
    });

    test('one thousand sessions are added in one go, each with its own version', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      const before = await versionOf(db, organization);
      const many = Array.from({ length: 1000 }, (_, i) =>
        session(`R${i}`, { recordedAt_us: i, kind: i % 10 === 0 ? 'free' : 'exercise' }),
      );
      for (const { objects } of many.slice(0, 3)) await markLoose(db, organization, objects, 1);
      await sessions.insertSessions(db, organization, many, 5);
      const rows = await db
        .within(organization)
        .query<{ version: number; session_id: string }>(
          'select version, session_id from sessions where org_id = $1 order by version limit 10000',
          [organization],
        );
      expect(rows.map((row) => row.session_id)).toEqual(many.map((each) => each.sessionId));
      expect(rows.map((row) => row.version)).toEqual(many.map((_, i) => before + 1 + i));
      expect(await versionOf(db, organization)).toBe(before + 1000);
      expect(await claimDue(db, organization, 1e15)).toEqual([]);
      const { count, next } = await page(db, organization, { order: 'oldest' }, null, 5000);
      expect([count, next]).toEqual([900, null]);
    });

    test('a load with one bad session in its middle leaves nothing behind, and the next one goes on', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      const before = await versionOf(db, organization);
      const many = Array.from({ length: 700 }, (_, i) => session(`R${i}`));
      const bad = many.map((each, i) => (i === 200 ? session('R200', { athleteId: 'A9' }) : each));
      await expect(sessions.insertSessions(db, organization, bad, 5)).rejects.toThrow();
      expect(await versionOf(db, organization)).toBe(before);
      expect(await sessions.getSession(db, organization, 'R0')).toBe(null);
      await sessions.insertSessions(db, organization, many, 5);
      expect((await page(db, organization, { order: 'oldest' }, null, 5000)).count).toBe(700);
    });

    test('a free session is found by id and key but never listed', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      await record(db, organization, session('R1', { kind: 'free' }));
      expect(await sessions.getSession(db, organization, 'R1')).not.toBe(null);
      expect(await sessions.getSessionByKey(db, organization, 'ik-R1')).not.toBe(null);
      expect(await page(db, organization, { order: 'newest' }, null, 10)).toEqual({
        items: '',
        count: 0,
        next: null,
      });
      expect(await page(db, organization, { order: 'newest', athleteIds: ['A1'] }, null, 10)).toEqual({
        items: '',
        count: 0,
        next: null,
      });
    });

    test('what sessions and assessments refer to cannot be removed, and must be there', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      await assessments.createAssessment(db, organization, assessment('S3', { 'Athlete ID': 'A2' }), 1);
      await record(db, organization, session('R1', { assessmentId: 'S1', kind: 'assessment' }));
      expect(await athletes.deleteAthlete(db, organization, 'A1', 1)).toBe('in use');
      expect(await athletes.deleteAthlete(db, organization, 'A2', 1)).toBe('in use');
      expect(await exercises.deleteExercise(db, organization, 'E1', 1)).toBe('in use');
      expect(await assessments.deleteAssessment(db, organization, 'S1', 1)).toBe('in use');
      expect(await tombstones(db, organization)).toEqual([]);

      for (const wrong of [{ athleteId: 'A9' }, { exerciseId: 'E9' }, { assessmentId: 'S9' }]) {
        await expect(record(db, organization, session('R2', wrong))).rejects.toThrow();
        expect(await sessions.getSession(db, organization, 'R2')).toBe(null);
        await expect(
          sessions.changeSession(db, organization, 'R1', (found) => ({ ...found, ...wrong }), 9),
        ).rejects.toThrow();
      }
      expect(await sessions.getSession(db, organization, 'R1')).toEqual(
        session('R1', { assessmentId: 'S1', kind: 'assessment' }),
      );
    });

    test('what a change throws leaves everything as it was, the version too', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      await record(db, organization, session('R1'));
      const before = await versionOf(db, organization);
      const refuse = () => {
        throw new Error('no');
      };
      await expect(athletes.changeAthlete(db, organization, 'A1', refuse, 9)).rejects.toThrow('no');
      await expect(assessments.changeAssessment(db, organization, 'S1', refuse, 9)).rejects.toThrow('no');
      await expect(exercises.changeExercise(db, organization, 'E1', refuse, 9)).rejects.toThrow('no');
      await expect(sessions.changeSession(db, organization, 'R1', refuse, 9)).rejects.toThrow('no');
      await expect(
        db.within(organization).transaction(async (db) => {
          await athletes.createAthlete(db, organization, athlete('A7'), 9);
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      expect(await athletes.getAthlete(db, organization, 'A7')).toBe(null);
      expect(await versionOf(db, organization)).toBe(before);
      expect(await sessions.getSession(db, organization, 'R1')).toEqual(session('R1'));
    });

    test('loose objects: due in their order, claimed for good, forgotten when gone', async () => {
      const { db } = store;
      const organization = await store.organization();
      await markLoose(db, organization, 'c', 30);
      await markLoose(db, organization, 'b', 10);
      await markLoose(db, organization, 'a', 10);
      await markLoose(db, organization, 'c', 20);
      expect(await isLoose(db, organization, 'a', 'none')).toBe(true);
      expect(await isLoose(db, organization, 'none', 'b')).toBe(true);
      expect(await isLoose(db, organization, 'none', 'neither')).toBe(false);
      expect(await claimDue(db, organization, 9)).toEqual([]);
      expect(await claimDue(db, organization, 10)).toEqual(['a', 'b']);
      expect(await takeUp(db, organization, 'a')).toBe(false);
      await markLoose(db, organization, 'a', 99);
      expect(await takeUp(db, organization, 'a')).toBe(false);
      await markLoose(db, organization, 'a', 10);
      expect(await takeUp(db, organization, 'c')).toBe(true);
      expect(await takeUp(db, organization, 'c')).toBe(false);
      expect(await claimDue(db, organization, 5)).toEqual(['a', 'b']);
      await forgetLoose(db, organization, 'a');
      expect(await claimDue(db, organization, 5)).toEqual(['b']);
      await forgetLoose(db, organization, 'b');
      await forgetLoose(db, organization, 'b');
      expect(await claimDue(db, organization, 1e15)).toEqual([]);
    });

    test('what belongs to one organization is never seen, changed or removed through another', async () => {
      const { db } = store;
      const mine = await store.organization();
      const theirs = await store.organization();
      await furnish(db, mine);
      const stored = session('R1', { assessmentId: 'S1', kind: 'assessment' });
      await record(db, mine, stored);
      await markLoose(db, mine, 'loose', 1);
      const before = await everything(db, mine);

      expect(await athletes.listAthletes(db, theirs)).toEqual([]);
      expect(await athletes.getAthlete(db, theirs, 'A1')).toBe(null);
      expect(await athletes.changeAthlete(db, theirs, 'A1', mustNotRun, 9)).toBe(null);
      expect(await athletes.deleteAthlete(db, theirs, 'A2', 9)).toBe('absent');
      expect(await assessments.listAssessments(db, theirs)).toEqual([]);
      expect(await assessments.listAssessments(db, theirs, 'A1')).toEqual([]);
      expect(await assessments.getAssessment(db, theirs, 'S1')).toBe(null);
      expect(await assessments.changeAssessment(db, theirs, 'S1', mustNotRun, 9)).toBe(null);
      expect(await assessments.deleteAssessment(db, theirs, 'S2', 9)).toBe('absent');
      expect(await exercises.listExercises(db, theirs)).toEqual([]);
      expect(await exercises.listExercises(db, theirs, 'Exercise E1')).toEqual([]);
      expect(await exercises.getExercise(db, theirs, 'E1')).toBe(null);
      expect(await exercises.changeExercise(db, theirs, 'E1', mustNotRun, 9)).toBe(null);
      expect(await exercises.deleteExercise(db, theirs, 'E2', 9)).toBe('absent');
      expect(await sessions.getSession(db, theirs, 'R1')).toBe(null);
      expect(await sessions.getSessionByKey(db, theirs, 'ik-R1')).toBe(null);
      expect(await sessions.changeSession(db, theirs, 'R1', mustNotRun, 9)).toBe(null);
      expect(await sessions.deleteSession(db, theirs, 'R1', 9)).toBe(false);
      expect(await takeUp(db, theirs, 'loose')).toBe(false);
      expect(await claimDue(db, theirs, 1e15)).toEqual([]);
      await forgetLoose(db, theirs, 'loose');
      for (const filter of [
        {},
        { athleteIds: ['A1'] },
        { athleteIds: ['A1', 'A2'] },
        { exerciseId: 'E1' },
        { assessmentId: 'S1' },
        { name: 'Squat' },
        { from_us: 0 },
        { before_us: 1e16 },
      ]) {
        expect(await page(db, theirs, { order: 'newest', ...filter }, null, 10)).toMatchObject({
          count: 0,
        });
      }
      // A record cannot refer to a record of another organization either.
      await expect(
        assessments.createAssessment(db, theirs, assessment('S9', { 'Athlete ID': 'A1' }), 9),
      ).rejects.toThrow();
      await expect(record(db, theirs, session('R9'))).rejects.toThrow();
      expect(await everything(db, mine)).toEqual(before);

      // The same ids, names and keys may stand in both, and each organization sees its own.
      await furnish(db, theirs);
      expect(await record(db, theirs, { ...stored, name: 'Other' })).toBe('inserted');
      expect(await sessions.getSession(db, mine, 'R1')).toEqual(stored);
      expect(await sessions.deleteSession(db, theirs, 'R1', 9)).toBe(true);
      expect(await everything(db, mine)).toEqual(before);
    });

    test('of changes at the same time none is lost: the order of commits is the order of versions', async () => {
      const { db } = store;
      const organization = await store.organization();
      const elsewhere = await store.organization();
      await furnish(db, organization);
      await furnish(db, elsewhere);
      await record(db, organization, session('R0'));
      const before = await versionOf(db, organization);
      const seen: number[] = [];
      // Somebody who asks again and again for all that came after what he knows must see every change once, in order.
      let following = true;
      const follow = async () => {
        while (following) {
          const rows = await db
            .within(organization)
            .query<{ version: number }>(
              `select version from sessions where org_id = $1 and version > $2 order by version limit 1000`,
              [organization, seen.at(-1) ?? before],
            );
          seen.push(...rows.map((row) => row.version));
        }
      };
      const follower = follow();
      await Promise.all(
        Array.from({ length: 8 }, async (_, writer) => {
          for (let i = 0; i < 10; i++) {
            await record(db, organization, session(`R-${writer}-${i}`));
            await sessions.changeSession(
              db,
              organization,
              'R0',
              (found) => ({ ...found, sourceBytes: found.sourceBytes + 1 }),
              9,
            );
            await athletes.createAthlete(db, elsewhere, athlete(`B-${writer}-${i}`), 1);
          }
        }),
      );
      following = false;
      await follower;
      expect(await versionOf(db, organization)).toBe(before + 160);
      const changed = (await sessions.getSession(db, organization, 'R0'))!;
      expect(changed.sourceBytes).toBe(session('R0').sourceBytes + 80);
      const rows = await db
        .within(organization)
        .query<{ version: number; session_id: string }>(
          'select version, session_id from sessions where org_id = $1 order by version limit 1000',
          [organization],
        );
      const versions = rows.map((row) => row.version);
      expect(new Set(versions).size).toBe(81);
      expect(versions.every((version) => version >= before && version <= before + 160)).toBe(true);
      const inserted = new Set(rows.filter((row) => row.session_id !== 'R0').map((row) => row.version));
      // Whatever was inserted and is final was seen by the follower, except what came after its last look.
      const last = seen.at(-1) ?? 0;
      expect([...inserted].filter((version) => version <= last && !seen.includes(version))).toEqual([]);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(new Set(seen).size).toBe(seen.length);
    });

    test('of twenty calls that create the same record one succeeds', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      const twenty = <T>(work: (i: number) => Promise<T>) =>
        Promise.all(Array.from({ length: 20 }, (_, i) => work(i)));
      const created = await twenty((i) =>
        athletes.createAthlete(db, organization, athlete(`N${i}`, { ExternalID: 'same' }), 1),
      );
      expect(created.filter((found) => found !== null).length).toBe(1);
      const outcomes = await twenty((i) => record(db, organization, session('R1', { objects: `R1.${i}` })));
      expect(outcomes.filter((outcome) => outcome === 'inserted').length).toBe(1);
      expect(outcomes.filter((outcome) => outcome === 'taken').length).toBe(19);
      const removed = await twenty(() => sessions.deleteSession(db, organization, 'R1', 3));
      expect(removed.filter(Boolean).length).toBe(1);
      expect((await tombstones(db, organization)).length).toBe(1);
    });

    test('a transaction inside a transaction is part of it', async () => {
      const { db } = store;
      const organization = await store.organization();
      await db.within(organization).transaction(async (db) => {
        await athletes.createAthlete(db, organization, athlete('A1'), 1);
        expect(await athletes.getAthlete(db, organization, 'A1')).not.toBe(null);
      });
      expect(await versionOf(db, organization)).toBe(1);
    });

    test('numbers of every size and texts of every script come back as they were', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      const texts = [
        '',
        ' ',
        "';--",
        '%_',
        '\\',
        '"',
        '\u{1F9B5}\u{1F3FD}',
        'e\u0301',
        '\u202E',
        'ß'.repeat(200),
      ];
      for (const [i, text] of texts.entries()) {
        const stored = session(`T${i}`, {
          name: text,
          sourceName: text,
          sourceBytes: Number.MAX_SAFE_INTEGER - i,
          duration_s: [5e-324, 1.7e308, 0.1 + 0.2, 0][i % 4]!,
        });
        await record(db, organization, stored);
        expect(await sessions.getSession(db, organization, `T${i}`)).toEqual(stored);
        expect(await page(db, organization, { order: 'newest', name: text }, null, 10)).toMatchObject({
          count: 1,
        });
      }
    });

    test('the longest name that may be given can be listed', async () => {
      const { db } = store;
      const organization = await store.organization();
      await furnish(db, organization);
      // 200 visible characters; the index that holds the wire text has a limit on PostgreSQL, and random text does not compress.
      const random = (length: number) =>
        Array.from({ length }, () => String.fromCodePoint(0x1f300 + Math.floor(Math.random() * 700))).join(
          '',
        );
      for (const name of ['"'.repeat(200), '\\'.repeat(200), random(200)]) {
        const id = `L${name.codePointAt(0)}`;
        expect(await record(db, organization, session(id, { name }))).toBe('inserted');
        expect((await sessions.getSession(db, organization, id))?.name).toBe(name);
      }
    });
  },
  [...ENGINES, POOLED],
);

function mustNotRun(): never {
  throw new Error('a record of another organization was handed out');
}

/** Every row that belongs to an organization. */
async function everything(db: Db, organization: string) {
  const tables = [
    ['organizations', 'org_id'],
    ['athletes', 'athlete_id'],
    ['assessments', 'assessment_id'],
    ['exercises', 'exercise_id'],
    ['sessions', 'session_id'],
    ['tombstones', 'version'],
    ['loose_objects', 'prefix'],
  ];
  return Promise.all(
    tables.map(([table, order]) =>
      db
        .within(organization)
        .query(`select * from ${table} where org_id = $1 order by ${order} limit 10000`, [organization]),
    ),
  );
}
