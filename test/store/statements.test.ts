import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANGE_KINDS } from '../../src/contract/changes.ts';
import * as assessments from '../../src/store/assessments.ts';
import * as athletes from '../../src/store/athletes.ts';
import { BEGINNING, changesAfter, wholeVersion } from '../../src/store/changes.ts';
import * as channels from '../../src/store/channels.ts';
import * as clients from '../../src/store/clients.ts';
import type { Db } from '../../src/store/db.ts';
import * as exercises from '../../src/store/exercises.ts';
import * as failed from '../../src/store/failedSignIns.ts';
import * as issuers from '../../src/store/issuers.ts';
import * as jobs from '../../src/store/jobs.ts';
import * as keys from '../../src/store/keys.ts';
import { listChanges } from '../../src/store/listedSessions.ts';
import * as loose from '../../src/store/looseObjects.ts';
import { migrate, readMigrations, statementsFor } from '../../src/store/migrate.ts';
import { openDb } from '../../src/store/open.ts';
import * as organizations from '../../src/store/organizations.ts';
import * as recomputation from '../../src/store/recomputation.ts';
import { reportPage, reportSlice } from '../../src/store/reportLines.ts';
import * as reports from '../../src/store/reports.ts';
import * as revocations from '../../src/store/revocations.ts';
import * as secrets from '../../src/store/secrets.ts';
import { sessionSlice } from '../../src/store/sessionSlice.ts';
import * as sessions from '../../src/store/sessions.ts';
import * as signIns from '../../src/store/signIns.ts';
import * as signingKeys from '../../src/store/signingKeys.ts';
import { sliceNames } from '../../src/store/sliceNames.ts';
import type { StoredSession } from '../../src/store/storedSession.ts';
import * as users from '../../src/store/users.ts';
import * as queue from '../../src/store/webhookQueue.ts';
import * as webhooks from '../../src/store/webhooks.ts';
import { ENGINES, POOLED, watched } from './engines.ts';
import { lintStatement, plain, tenantTables, writtenStatements } from './portable.ts';
import { assessment, athlete, channel, exercise, furnish, page, record, session } from './records.ts';

/** Calls every function of the store; answers what they answered. */
async function story(db: Db): Promise<unknown[]> {
  const told: unknown[] = [];
  const tell = async (answer: unknown) => void told.push(await answer);
  const secret = await secrets.getOrCreateSecret(db, 'cursor');
  await tell((await secrets.getOrCreateSecret(db, 'cursor')).equals(secret));

  await tell(organizations.createOrganization(db, 'one', 'One', 1));
  await tell(organizations.getOrganization(db, 'one'));
  await tell(organizations.listOrganizations(db));
  await tell(organizations.organizationCreated(db, 'one'));
  await tell(organizations.nextVersion(db, 'one', 3));
  await tell(organizations.organizationVersion(db, 'one'));
  await tell(organizations.organizationVersion(db, 'nobody'));
  await tell([...(await organizations.organizationVersions(db, ['one', 'nobody']))]);

  await tell(revocations.revocations(db));
  await revocations.countRevocation(db);
  await revocations.countRevocation(db);
  await tell(revocations.revocations(db));
  await tell(failed.countFailure(db, 'pair', 10, 20));
  await tell(failed.countFailure(db, 'pair', 11, 21));
  await tell(failed.findFailures(db, 'pair', 19));
  await tell(failed.findFailures(db, 'pair', 20));
  await tell(failed.countFailure(db, 'pair', 20, 30));
  await failed.sweepFailures(db, 30);
  await tell(failed.findFailures(db, 'pair', 0));
  await issuers.addIssuer(db, 'https://a.example', 1);
  await issuers.addIssuer(db, 'https://a.example', 2);
  await tell(issuers.listIssuers(db));

  await tell(users.anyOperator(db));
  const user = {
    UserID: 'U1',
    Username: 'Ann@x.example',
    Role: 'admin',
    Enabled: true,
    Operator: true,
  } as const;
  const credentials = { passwordHash: 'h1', srpSalt: 's', srpVerifier: 'v' };
  await tell(users.createUser(db, 'one', user, credentials, 1));
  await tell(users.createUser(db, 'one', { ...user, UserID: 'U2' }, credentials, 1));
  await tell(users.findAccount(db, 'ann@X.example'));
  await tell(users.getUser(db, 'one', 'U1'));
  await tell(users.listUsers(db, 'one'));
  await tell(users.anyOperator(db));
  await tell(users.hasOtherAdministrator(db, 'one', 'U1'));
  await tell(users.hasOtherAdministrator(db, 'one', 'U9'));
  await tell(users.patchUser(db, 'one', 'U1', { Role: 'coach' }));
  await tell(users.patchUser(db, 'one', 'U1', { Enabled: true }));
  await tell(clients.createClient(db, 'one', { ClientID: 'c', Name: 'C', BodyForm: 'json' }, 1));
  await tell(clients.createClient(db, null, { ClientID: 'open', Name: 'Open', BodyForm: 'string' }, 1));
  await tell(clients.findClient(db, 'c'));
  await tell(clients.listClients(db, 'one'));
  await tell(clients.patchClient(db, 'one', 'c', { Name: 'D' }));
  const signIn = { origin: 'o1', userId: 'U1', clientId: 'c', issued_us: 5, expires_us: 10 };
  await tell(signIns.insertSignIn(db, signIn, 't1', 'h1'));
  await tell(signIns.insertSignIn(db, signIn, 't1', 'h1'));
  await tell(signIns.insertSignIn(db, { ...signIn, origin: 'o2' }, 't2', 'wrong'));
  await tell(signIns.insertSignIn(db, { ...signIn, origin: 'o3', expires_us: 99 }, 't3', 'h1'));
  await tell(signIns.findSignIn(db, 'o1'));
  await tell(signIns.findSignInByToken(db, 't1'));
  await tell(signIns.revokeSignIn(db, 'o1', 7));
  await tell(signIns.findSignIn(db, 'o1'));
  await tell(signIns.revokeSignInsOf(db, 'U1', 8, 'o1'));
  await tell(signIns.findSignIn(db, 'o3'));
  await tell(signIns.deleteExpiredSignIns(db, 50));
  await tell(signIns.findSignIn(db, 'o1'));
  await tell(users.setPassword(db, 'one', 'U1', { ...credentials, passwordHash: 'h2' }));
  await tell(users.setPassword(db, 'one', 'U1', credentials, 'h1'));
  await tell(users.setSignedOut(db, 'one', 'U1', 77));
  await tell(users.findAccount(db, 'ann@x.example'));
  await tell(clients.deleteClient(db, 'one', 'c'));
  await tell(users.deleteUser(db, 'one', 'U1'));
  const key = {
    KeyID: 'K1',
    Name: 'K',
    Scopes: ['read', 'record'],
    BodyForm: 'json',
    Expires: '2026-01-01T00:00:00Z',
  } as const;
  await tell(keys.createKey(db, 'one', { ...key, Scopes: [...key.Scopes] }, 'kb_x', 1));
  await tell(keys.listKeys(db, 'one'));
  await tell(keys.findKey(db, 'kb_x'));
  await tell(keys.revokeKey(db, 'one', 'K1', 9));
  await tell(keys.findKey(db, 'kb_x'));
  const pair = { id: 'k', privateJwk: { d: 'x' }, publicJwk: { n: 'y' }, created_us: 1 };
  await tell(signingKeys.insertSigningKey(db, pair));
  await tell(signingKeys.insertSigningKey(db, { ...pair, id: 'l', created_us: 2 }));
  await tell(signingKeys.deleteRetiredSigningKeys(db, 9));
  await tell(signingKeys.listSigningKeys(db));

  await furnish(db, 'one');
  await tell(athletes.createAthlete(db, 'one', athlete('A3', { ExternalID: 'x' }), 2));
  await tell(athletes.listAthletes(db, 'one'));
  await tell(athletes.listAthletes(db, 'one', 'x'));
  await tell(athletes.changeAthlete(db, 'one', 'A1', (found) => ({ ...found, ExternalID: 'x' }), 3));
  await tell(athletes.changeAthlete(db, 'one', 'A1', (found) => ({ ...found, ExternalID: 'y' }), 3));
  await tell(assessments.listAssessments(db, 'one'));
  await tell(assessments.listAssessments(db, 'one', 'A1'));
  await tell(
    assessments.changeAssessment(db, 'one', 'S1', () => assessment('S1', { 'Athlete ID': 'A1' }), 3),
  );
  await tell(exercises.createExercises(db, 'one', [exercise('E1'), exercise('E3')], 3));
  await tell(exercises.listExercises(db, 'one'));
  await tell(exercises.listExercises(db, 'one', 'Exercise E3'));
  await tell(
    exercises.changeExercise(db, 'one', 'E3', (found) => ({ ...found, 'Exercise Name': 'Exercise E1' }), 3),
  );
  await tell(exercises.changeExercise(db, 'one', 'E3', (found) => ({ ...found, Metrics: null }), 3));
  const free = () => {};
  await tell(channels.putChannel(db, 'one', channel('Knie'), free, 3));
  await tell(channels.putChannel(db, 'one', channel('Knie', { Max: 150, Min: 0 }), free, 4));
  await tell(channels.listChannels(db, 'one'));
  await tell(channels.deleteChannel(db, 'one', 'Knie', 5));
  await tell(channels.deleteChannel(db, 'one', 'Knie', 5));
  await tell(record(db, 'one', session('R1')));
  await tell(record(db, 'one', session('R1')));
  await tell(sessions.insertSessions(db, 'one', [session('R2'), session('R3', { recordedAt_us: -5 })], 4));
  await tell(sessions.getSession(db, 'one', 'R1'));
  await tell(sessions.getSessionByKey(db, 'one', 'ik-R2'));
  await tell(
    sessions.changeSession(
      db,
      'one',
      'R1',
      (found) => ({ ...found, assessmentId: 'S1', kind: 'assessment' }),
      5,
    ),
  );
  for (const order of ['newest', 'oldest'] as const) {
    for (const more of [
      {},
      { athleteIds: ['A1'] },
      { athleteIds: ['A1', 'A2'] },
      { exerciseId: 'E1' },
      { assessmentId: 'S1' },
      { assessmentId: 'singleExercise' },
      { name: 'Squat' },
      { from_us: 0, before_us: 1e16 },
    ]) {
      const first = await page(db, 'one', { order, ...more }, null, 1);
      await tell(first);
      if (first.next) await tell(page(db, 'one', { order, ...more }, first.next, 5));
    }
  }
  await tell(sessionSlice(db, 'one', { order: 'newest', name: 'Squat' }, '', 2));
  await tell(sessionSlice(db, 'one', { order: 'newest', athleteIds: ['A1'] }, 'R2', 2));
  await tell(sessionSlice(db, 'one', { order: 'newest' }, 'R3', 2));
  await tell(sliceNames(db, 'one', '', 'R2'));
  await tell(sliceNames(db, 'one', 'R2', null));
  await tell(reportSlice(db, 'one', { order: 'newest', name: 'Squat' }, '', 2));
  await tell(reportSlice(db, 'one', { order: 'newest' }, 'R3', 2));
  await tell(reports.keepFlat(db, 'one', [{ sessionId: 'R1', version: 1, flat: '[[],[],[]]' }]));
  for (const order of ['newest', 'oldest'] as const) {
    const { next, ...first } = await reportPage(db, 'one', { order }, null, 1);
    await tell(first);
    await tell(reportPage(db, 'one', { order }, next, 5));
  }
  await loose.markLoose(db, 'one', 'R1.0/7', 9);
  const newer = (found: StoredSession) => ({ ...found, reportVersion: 2, pipelineVersion: 2 });
  const renewed = { object: '7/report', reason: 'repetitions edited', loose: 'R1.0/7' } as const;
  await tell(sessions.replaceReport(db, 'one', 'R1', newer, renewed, 6));
  await tell(sessions.replaceReport(db, 'one', 'R1', newer, renewed, 6));
  await tell(sessions.replaceReport(db, 'one', 'R9', newer, renewed, 6));
  await tell(reports.getReport(db, 'one', 'R1', 2));
  await tell(reports.getReport(db, 'one', 'R1', 9));
  await tell(reports.listReports(db, 'one', 'R1'));

  const head = await organizations.organizationVersion(db, 'one');
  await tell(changesAfter(db, 'one', BEGINNING, head, CHANGE_KINDS, 3));
  await tell(changesAfter(db, 'one', BEGINNING, head, CHANGE_KINDS, 100));
  await tell(changesAfter(db, 'one', wholeVersion(5), head, CHANGE_KINDS, 100));
  for (const kind of CHANGE_KINDS) await tell(changesAfter(db, 'one', BEGINNING, head, [kind], 100));
  await tell(athletes.athletesAt(db, 'one', 0, head));
  await tell(assessments.assessmentsAt(db, 'one', 0, head));
  await tell(exercises.exercisesAt(db, 'one', 0, head));
  await tell(sessions.sessionsAt(db, 'one', 0, head));
  await tell(reports.currentReportsAt(db, 'one', 0, head));

  const order = { pipelineVersion: 2, anyway: false, again: false };
  await tell(recomputation.countOutdated(db, 'one', 2));
  await tell(recomputation.nextOutdated(db, 'one', 0, 2));
  await tell(recomputation.nextOutdated(db, 'one', 2, 2));
  const outdated = { pipelineVersion: 1 };
  await tell(recomputation.queueSlice(db, 'one', outdated, order, '', 1, 10));
  await tell(recomputation.queueSlice(db, 'one', outdated, order, 'R2', 5, 10));
  await tell(recomputation.queueSlice(db, 'one', outdated, order, 'R3', 5, 10));
  const job = (await jobs.claimJob(db, 'one', 'c1', 11, 20))!;
  await tell(job);
  await tell(jobs.renewClaim(db, 'one', job, 30));
  await tell(jobs.renewClaim(db, 'one', { ...job, claim: 'other' }, 30));
  await tell(jobs.postponeJob(db, 'one', job, 'no', 13, 12));
  await tell(jobs.finishJob(db, 'one', job, 12));
  const second = (await jobs.claimJob(db, 'one', 'c2', 14, 20))!;
  await tell(jobs.failJob(db, 'one', second, 'never', 15));
  await tell(jobs.failedJobs(db, 'one'));
  const all = { ...order, anyway: true };
  await tell(recomputation.queueSlice(db, 'one', { failed: true }, all, '', 5, 16));
  await tell(recomputation.queueSlice(db, 'one', { exerciseId: 'E1', sessionId: 'R2' }, all, '', 5, 16));
  await tell(jobs.claimJob(db, 'one', 'c3', 17, 18));
  await tell(jobs.releaseJobs(db, 'one', 17));
  await tell(jobs.countJobs(db, 'one'));
  const third = (await jobs.claimJob(db, 'one', 'c4', 18, 20))!;
  await tell(jobs.finishJob(db, 'one', third, 19));
  await tell(jobs.sweepJobs(db, 'one', 20));
  await tell(jobs.countJobs(db, 'one'));
  await tell(jobs.claimJob(db, 'one', 'c5', 1, 2));

  const hook = {
    webhookId: 'W1',
    name: 'W',
    url: 'https://x.example/',
    kinds: [...CHANGE_KINDS],
    secret: 's1',
  };
  await tell(webhooks.createWebhook(db, 'one', hook, 2, 20));
  await tell(webhooks.createWebhook(db, 'one', { ...hook, webhookId: 'W2', kinds: ['report'] }, 2, 21));
  await tell(webhooks.createWebhook(db, 'one', { ...hook, webhookId: 'W3' }, 2, 22));
  await tell(queue.organizationsWithWebhooks(db));
  await tell(webhooks.getWebhook(db, 'one', 'W1'));
  await tell(webhooks.getWebhook(db, 'one', 'W9'));
  await tell(webhooks.changeWebhook(db, 'one', 'W2', { name: 'Two' }, 23));
  await tell(webhooks.changeWebhook(db, 'one', 'W2', { enabled: false }, 24));
  await tell(webhooks.changeWebhook(db, 'one', 'W9', { enabled: false }, 24));
  await tell(webhooks.replaceSecret(db, 'one', 'W2', 's2', 99, 25));
  await tell(webhooks.replaceSecret(db, 'one', 'W9', 's2', 99, 25));
  const ahead = (await organizations.organizationVersion(db, 'one')) + 1;
  await tell(queue.nextDue(db, 'one', ahead));
  await tell(queue.claimWebhook(db, 'one', 'k1', ahead - 1, 30, 40));
  const claimed = (await queue.claimWebhook(db, 'one', 'k1', ahead, 30, 40))!;
  await tell(claimed);
  const settled = { deliveryId: 'D1', until: ahead, at_us: 31 };
  await tell(queue.settleDelivery(db, 'one', claimed, settled, 50));
  await tell(queue.settleDelivery(db, 'one', { ...claimed, claim: 'other' }, settled, 50));
  await tell(queue.nextDue(db, 'one', ahead));
  const attempt = {
    deliveryId: 'D1',
    started_us: 32,
    duration_ms: 4,
    status: 500,
    error: 'no',
    attempt: 1,
    changes: 2,
    test: false,
  };
  const outcomes: queue.Outcome[] = [
    { kind: 'failed', due_us: 60 },
    { kind: 'given up', reason: 'gone' },
    { kind: 'released' },
    { kind: 'delivered', until: ahead },
  ];
  for (const [place, outcome] of outcomes.entries()) {
    const again = (await queue.claimWebhook(db, 'one', `k${place}`, ahead, 70, 80)) ?? claimed;
    await tell(again);
    await tell(queue.releaseWebhook(db, 'one', again, outcome, place === 2 ? null : attempt, 71));
    await tell(webhooks.getWebhook(db, 'one', 'W1'));
    await webhooks.changeWebhook(db, 'one', 'W1', { enabled: true }, 72);
    await tell(queue.countWebhooks(db, 'one'));
    if (place === 0) await queue.releaseWebhooks(db, 'one', 70);
  }
  await tell(queue.releaseWebhook(db, 'one', claimed, { kind: 'released' }, attempt, 73));
  await webhooks.noteAttempt(db, 'one', 'W2', { ...attempt, status: null, error: null, test: true });
  await webhooks.noteAttempt(db, 'one', 'W9', attempt);
  await tell(webhooks.listAttempts(db, 'one', 'W1'));
  await tell(webhooks.listAttempts(db, 'one', 'W2'));
  await tell(webhooks.listWebhooks(db, 'one'));
  await tell(webhooks.deleteWebhook(db, 'one', 'W2'));
  await tell(webhooks.deleteWebhook(db, 'one', 'W2'));
  await tell(queue.organizationsWithWebhooks(db));

  await tell(athletes.deleteAthlete(db, 'one', 'A1', 6));
  await tell(athletes.deleteAthlete(db, 'one', 'A2', 6));
  await tell(assessments.deleteAssessment(db, 'one', 'S1', 6));
  await tell(assessments.deleteAssessment(db, 'one', 'S2', 6));
  await tell(exercises.deleteExercise(db, 'one', 'E1', 6));
  await tell(exercises.deleteExercise(db, 'one', 'E3', 6));
  await tell(sessions.deleteSession(db, 'one', 'R1', 6));
  await tell(listChanges(db, 'one', 0, 100));
  await tell(listChanges(db, 'one', 0, 1));
  await tell(loose.markLoose(db, 'one', 'p', 5));
  await tell(loose.claim(db, 'one', 'p'));
  await tell(loose.claim(db, 'one', 'q'));
  await tell(loose.takeUp(db, 'one', 'p'));
  await tell(loose.claimDue(db, 'one', 7));
  await tell(loose.isLoose(db, 'one', 'p', 'p/7'));
  await tell(loose.forgetLoose(db, 'one', 'p'));
  await tell(organizations.getOrganization(db, 'one'));
  return told;
}

const EVERYWHERE = [...ENGINES, POOLED];
const heard = new Map<string, { statements: Set<string>; answers: unknown[] }>();
beforeAll(async () => {
  for (const engine of EVERYWHERE.filter((each) => each.available)) {
    const place = await engine.place();
    const db = await openDb(place.url);
    const statements = new Set<string>();
    const answers = await story(watched(db, (sql) => void statements.add(plain(sql))));
    await db.close();
    await place.remove();
    heard.set(engine.name, { statements, answers });
  }
});
afterAll(() => heard.clear());

const sqlite = () => heard.get('SQLite')!;

for (const engine of EVERYWHERE.slice(1)) {
  test.skipIf(!engine.available)(
    `every function of the store says the same in the same words on SQLite and on ${engine.name}`,
    () => {
      const other = heard.get(engine.name)!;
      expect([...other.statements].sort()).toEqual([...sqlite().statements].sort());
      expect(other.answers).toEqual(sqlite().answers);
    },
  );
}

const FOLDER = new URL('../../src/store/', import.meta.url);
const SOURCES = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));

/** Statements as they stand in the source, what is put in at run time as a wildcard. */
const written = (file: string): string[] =>
  writtenStatements(readFileSync(new URL(file, FOLDER), 'utf8')).filter((text) =>
    /^(select|insert|update|delete|with)\s/i.test(text),
  );

const wildcard = (text: string) =>
  new RegExp(
    text
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*?'),
  );

/** What opens and looks after a database, rather than keeping something in it. */
const ENGINE_ROOM = /^(citus|migrate|postgres\w*|sqlite|lock)\.ts$/;

test.each(SOURCES.filter((file) => !ENGINE_ROOM.test(file)))(
  'every statement written in src/store/%s is run by these tests',
  (file) => {
    const missing = written(file).filter(
      (text) => ![...sqlite().statements].some((sql) => wildcard(text).test(sql)),
    );
    expect(missing).toEqual([]);
  },
);

interface Table {
  name: string;
  columns: string[];
  /** Primary key and unique keys. */
  unique: string[][];
  foreign: string[][];
}

const list = (text: string) => text.split(',').map((part) => part.trim());

function tablesOf(dialect: Db['dialect']): Table[] {
  return readMigrations()
    .flatMap((migration) => statementsFor(migration.sql, dialect))
    .map(plain)
    .flatMap((sql) => {
      const match = /^create table (\w+) \((.*)\)$/.exec(sql);
      if (!match) return [];
      const [, name, body] = match as unknown as [string, string, string];
      const unique = [...body.matchAll(/(?:primary key|unique) \(([^)]*)\)/g)].map((found) =>
        list(found[1]!),
      );
      const foreign = [...body.matchAll(/foreign key \(([^)]*)\)/g)].map((found) => list(found[1]!));
      const columns = list(body.replace(/\([^)]*\)/g, '')).map((part) => part.split(' ')[0]!);
      for (const part of list(body.replace(/\([^)]*\)/g, ''))) {
        if (/ (primary key|unique)\b/.test(part) && !/^(primary|unique|foreign)\b/.test(part))
          unique.push([part.split(' ')[0]!]);
      }
      return [
        {
          name,
          columns: columns.filter((column) => !['primary', 'unique', 'foreign'].includes(column)),
          unique,
          foreign,
        },
      ];
    });
}

describe('SQL keeps to what every engine and every shard can do', () => {
  const migrations = readMigrations();

  test('every migration has a number of its own', () => {
    const ids = migrations.map((migration) => migration.id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });

  test('both engines have the same tables with the same columns and keys', () => {
    expect(tablesOf('sqlite')).toEqual(tablesOf('postgres'));
  });

  test('only portable types stand in the migrations', () => {
    for (const migration of migrations) {
      for (const sql of statementsFor(migration.sql, 'postgres').map(plain)) {
        const body = /^create table \w+ \((.*)\)$/.exec(sql)?.[1];
        for (const column of list((body ?? '').replace(/\([^)]*\)/g, ''))) {
          if (column === '' || /^(primary|unique|foreign)\b/.test(column)) continue;
          expect(column).toMatch(/^\w+ (text|bigint|integer|smallint|double precision)\b/);
        }
      }
    }
  });

  test('every statement that is run names the organization whose rows it touches', () => {
    const tenants = tenantTables(migrations.flatMap((migration) => statementsFor(migration.sql, 'sqlite')));
    expect([...sqlite().statements].flatMap((sql) => lintStatement(sql, tenants))).toEqual([]);
  });

  test('every list has an order and a limit; what has none is found by a whole key', () => {
    const uniques = new Map(
      [...tablesOf('sqlite'), { name: 'migrations', unique: [['id']] }].map((table) => [
        table.name,
        table.unique,
      ]),
    );
    for (const sql of sqlite().statements) {
      if (!sql.startsWith('select')) continue;
      if (/\border by\b.*\blimit\b/.test(sql)) continue;
      if (/^select 1 .* limit 1$/.test(sql)) continue;
      const table = / from (\w+)/.exec(sql)![1]!;
      const fixed = new Set([...sql.matchAll(/(?:\w+\.)?(\w+) = \$\d/g)].map((match) => match[1]!));
      expect(
        uniques.get(table)?.some((key) => key.every((column) => fixed.has(column))),
        sql,
      ).toBe(true);
    }
  });
});

test('a store that is open already is migrated without a single change', async () => {
  const place = await ENGINES[0]!.place();
  const db = await openDb(place.url);
  const statements: string[] = [];
  await migrate(watched(db, (sql) => void statements.push(plain(sql))));
  expect(statements.filter((sql) => !/^(select|create table if not exists migrations)/.test(sql))).toEqual(
    [],
  );
  await db.close();
  await place.remove();
});
