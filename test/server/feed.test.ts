import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change, ChangeKind, Changes } from '../../src/contract/changes.ts';
import type { Call, Deps } from '../../src/server/call.ts';
import { list } from '../../src/server/changes.ts';
import { createAssessment, deleteAssessment, listAssessments } from '../../src/store/assessments.ts';
import { changeAthlete, createAthlete, deleteAthlete, listAthletes } from '../../src/store/athletes.ts';
import type { Db } from '../../src/store/db.ts';
import { changeExercise, createExercises, deleteExercise, listExercises } from '../../src/store/exercises.ts';
import { markLoose } from '../../src/store/looseObjects.ts';
import { openDb } from '../../src/store/open.ts';
import { listReports } from '../../src/store/reports.ts';
import {
  changeSession,
  deleteSession,
  getSession,
  insertSessions,
  replaceReport,
} from '../../src/store/sessions.ts';
import type { StoredSession } from '../../src/store/storedSession.ts';
import { createVersions } from '../../src/store/versions.ts';
import { describeEngines, watched } from '../store/engines.ts';
import { assessment, athlete, exercise, furnish, page, record, session } from '../store/records.ts';

/**
 * Writers and readers at the same time on a real store, on PostgreSQL through two handles as two servers have them. Every
 * statement waits for its turn, which the scheduler draws: transactions stay open while others write and read.
 */
const SECRET = Buffer.alloc(32, 7);
const IDS = ['X1', 'X2', 'X3'] as const;

/** What a writer does; an id that is not there, or is there already, makes some of it come to nothing. */
const WORK: Readonly<
  Record<string, (db: Db, organization: string, id: string, now: number) => Promise<unknown>>
> = {
  'add athlete': (db, organization, id, now) => createAthlete(db, organization, athlete(id), now),
  'rename athlete': (db, organization, id, now) =>
    changeAthlete(db, organization, id, (found) => ({ ...found, FirstName: `${now}` }), now),
  'remove athlete': (db, organization, id, now) => deleteAthlete(db, organization, id, now),
  'add assessment': (db, organization, id, now) => createAssessment(db, organization, assessment(id), now),
  'remove assessment': (db, organization, id, now) => deleteAssessment(db, organization, id, now),
  'add exercises': (db, organization, id, now) =>
    createExercises(db, organization, [exercise(id), exercise(`${id}b`), exercise(`${id}c`)], now),
  'change exercise': (db, organization, id, now) =>
    changeExercise(db, organization, id, (found) => ({ ...found, Category: `${now}` }), now),
  'remove exercise': (db, organization, id, now) => deleteExercise(db, organization, id, now),
  record: (db, organization, id, now) => record(db, organization, session(id), now),
  'record freely': (db, organization, id, now) =>
    record(db, organization, session(`${id}f`, { kind: 'free' }), now),
  'record many': (db, organization, id, now) =>
    insertSessions(
      db,
      organization,
      Array.from({ length: 18 }, (_, place) => session(`${id}-${now}-${place}`)),
      now,
    ),
  'rename session': (db, organization, id, now) =>
    changeSession(db, organization, id, (found) => ({ ...found, name: `${now}` }), now),
  'report again': (db, organization, id, now) => again(db, organization, id, now, (found) => found),
  'process again': (db, organization, id, now) =>
    again(db, organization, id, now, (found) => ({ ...found, seriesVersion: found.seriesVersion + 1 })),
  'remove session': (db, organization, id, now) => deleteSession(db, organization, id, now),
};

async function again(
  db: Db,
  organization: string,
  id: string,
  now: number,
  edit: (found: StoredSession) => StoredSession,
): Promise<unknown> {
  const loose = `${id}.${now}`;
  await markLoose(db, organization, loose, 1e12);
  const next = (found: StoredSession) => ({ ...edit(found), reportVersion: found.reportVersion + 1 });
  return replaceReport(db, organization, id, next, { object: 'o', reason: 'recomputed', loose }, now);
}

interface Reader {
  limit: number;
  kinds: ChangeKind[] | null;
  /** Answers before which it forgets its token, as one that was ended before it could keep it. */
  forgets: number[];
}

type Copy = Map<string, unknown>;

function apply(copy: Copy, { kind, id, record }: Change): void {
  if (record === null) copy.delete(`${kind} ${id}`);
  else copy.set(`${kind} ${id}`, record);
}

async function ask(db: Db, organization: string, since: string, { limit, kinds }: Reader): Promise<Changes> {
  const deps = { db, versions: createVersions(db), cursorSecret: SECRET } as unknown as Deps;
  const query = { since, limit: String(limit), kinds: kinds?.join(',') ?? '' };
  const answer = await list(deps, { organization, query, headers: {}, form: 'json' } as unknown as Call);
  if (answer.kind !== 'value') throw new Error(answer.kind);
  return answer.value as Changes;
}

/** What the lists hold, by kind and id. */
async function listed(db: Db, organization: string): Promise<Copy> {
  const copy: Copy = new Map();
  for (const found of await listAthletes(db, organization)) copy.set(`athlete ${found.ValorID}`, found);
  for (const found of await listAssessments(db, organization))
    copy.set(`assessment ${found['Assessment ID']}`, found);
  for (const found of await listExercises(db, organization))
    copy.set(`exercise ${found['Exercise ID']}`, found);
  const { items } = await page(db, organization, { order: 'newest' }, null, 100_000);
  for (const found of JSON.parse(JSON.parse(`"[${items}]"`))) {
    const id = found['Session ID'];
    copy.set(`session ${id}`, found);
    const { reportVersion } = (await getSession(db, organization, id))!;
    const current = (await listReports(db, organization, id)).find(
      ({ version }) => version === reportVersion,
    )!;
    copy.set(`report ${id}`, {
      'Session ID': id,
      s3Key: found.s3Key,
      Version: reportVersion,
      ComputedAt: expect.stringContaining(String(current.computedAt_us).padStart(6, '0').slice(-6)),
      Reason: current.reason,
      PipelineVersion: current.pipelineVersion,
    });
  }
  return copy;
}

const sorted = (copy: Copy) => Object.fromEntries([...copy].sort(([one], [other]) => (one < other ? -1 : 1)));

const works = fc.record({
  what: fc.constantFrom(...Object.keys(WORK)),
  id: fc.constantFrom(...IDS),
});
const writers = fc.array(fc.array(works, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 });
const readers = fc.array(
  fc.record({
    limit: fc.integer({ min: 1, max: 9 }),
    kinds: fc.constantFrom<ChangeKind[] | null>(null, null, ['athlete', 'report'], ['session']),
    forgets: fc.array(fc.nat(12), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 3 },
);

describeEngines('a copy that follows the feed', (store, engine) => {
  test('is what the lists hold, whatever was written and read in between', async () => {
    const other = engine.dialect === 'sqlite' ? store.db : await openDb(store.url);
    const turn = (place: number): Db => (place % 2 === 0 ? store.db : other);
    try {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), writers, readers, async (scheduler, writers, readers) => {
          const organization = await store.organization();
          await furnish(store.db, organization);
          const gated = (place: number): Db =>
            watched(turn(place), () => scheduler.schedule(Promise.resolve()) as Promise<void>);
          let now = 0;
          let writing = writers.length;
          const write = async (works: { what: string; id: string }[], place: number) => {
            for (const { what, id } of works) await WORK[what]!(gated(place), organization, id, ++now);
            writing--;
          };
          const copies: Copy[] = [];
          const read = async (reader: Reader, place: number) => {
            const copy: Copy = new Map();
            copies[place] = copy;
            let kept = '';
            let version = 0;
            for (let answers = 0; ; answers++) {
              const quiet = writing === 0;
              const { changes, token, hasMore } = await ask(gated(place + 1), organization, kept, reader);
              for (const change of changes) {
                expect(change.version).toBeGreaterThanOrEqual(version);
                version = change.version;
                apply(copy, change);
              }
              if (reader.forgets.includes(answers)) version = 0;
              else kept = token;
              if (quiet && !hasMore && kept === token) return;
            }
          };
          await scheduler.waitFor(Promise.all([...writers.map(write), ...readers.map(read)]));
          const truth = await listed(store.db, organization);
          readers.forEach(({ kinds }, place) => {
            const wanted = [...truth].filter(
              ([key]) => kinds === null || kinds.some((kind) => key.startsWith(`${kind} `)),
            );
            expect(sorted(copies[place]!)).toEqual(sorted(new Map(wanted)));
          });
        }),
        { numRuns: 30 },
      );
    } finally {
      if (other !== store.db) await other.close();
    }
  }, 300_000);
});
