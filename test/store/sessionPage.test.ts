import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { unescapeJson } from '../../src/contract/wire.ts';
import type { Db } from '../../src/store/db.ts';
import { markLoose } from '../../src/store/looseObjects.ts';
import type { Position, SessionFilter } from '../../src/store/sessionPage.ts';
import { changeSession, deleteSession, insertSession, insertSessions } from '../../src/store/sessions.ts';
import type { StoredSession } from '../../src/store/storedSession.ts';
import { fromIso } from '../../src/store/time.ts';
import { describeEngines, type Opened, watched } from './engines.ts';
import { furnish, page, session } from './records.ts';

/** Ids whose order depends on how texts are compared: case, punctuation, length, numbers. */
const IDS = fc.constantFrom(
  ...[
    'a',
    'A',
    'aa',
    'AA',
    'aA',
    'Aa',
    'b',
    'B',
    'a-b',
    'ab',
    'a_b',
    'A-B',
    '0',
    '00',
    '10',
    '9',
    '-',
    '_',
    '~',
    'z',
    'Z',
    'ZZ',
  ],
  ...['é', 'É', 'e', 'E', 'ﬀ', '日', '😀'],
);
const TIMES = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) },
  fc.integer({ min: fromIso('1900-01-01')!, max: fromIso('2199-12-31T23:59:59.999999Z')! }),
  fc.constantFrom(
    -1,
    -1_000_001,
    fromIso('1969-12-31T23:59:59.999999Z')!,
    fromIso('2199-12-31T23:59:59.999999Z')!,
  ),
);
const SESSIONS = fc.uniqueArray(
  fc.record({
    sessionId: IDS,
    recordedAt_us: TIMES,
    athleteId: fc.constantFrom('A1', 'A2'),
    exerciseId: fc.constantFrom('E1', 'E2'),
    assessmentId: fc.constantFrom(null, 'S1', 'S2'),
    name: fc.constantFrom('Squat', 'squat', 'L Squat', ''),
    kind: fc.constantFrom('exercise' as const, 'free' as const),
  }),
  { selector: (made) => made.sessionId, maxLength: 29 },
);
const FILTER = fc.record(
  {
    order: fc.constantFrom('newest' as const, 'oldest' as const),
    athleteIds: fc.constantFrom(['A1'], ['A2', 'A1'], ['A1', 'A9'], ['A9']),
    exerciseId: fc.constantFrom('E1', 'E9'),
    assessmentId: fc.constantFrom('S1', 'singleExercise', 'S9'),
    name: fc.constantFrom('Squat', 'squat', ''),
    from_us: TIMES,
    before_us: TIMES,
  },
  { requiredKeys: ['order'] },
) as fc.Arbitrary<SessionFilter>;

/** What a list holds, written down plainly. */
function model(all: readonly StoredSession[], filter: SessionFilter): string[] {
  const chosen = all.filter(
    (each) =>
      each.kind !== 'free' &&
      (filter.athleteIds === undefined || filter.athleteIds.includes(each.athleteId)) &&
      (filter.exerciseId === undefined || filter.exerciseId === each.exerciseId) &&
      (filter.assessmentId === undefined ||
        filter.assessmentId === (each.assessmentId ?? 'singleExercise')) &&
      (filter.name === undefined || filter.name === each.name) &&
      (filter.from_us === undefined || each.recordedAt_us >= filter.from_us) &&
      (filter.before_us === undefined || each.recordedAt_us < filter.before_us),
  );
  const direction = filter.order === 'oldest' ? 1 : -1;
  return chosen
    .sort(
      (a, b) =>
        direction *
        (a.recordedAt_us - b.recordedAt_us ||
          Buffer.compare(Buffer.from(a.sessionId), Buffer.from(b.sessionId))),
    )
    .map((each) => each.sessionId);
}

const idsOf = (items: string): string[] =>
  (JSON.parse(`[${unescapeJson(items)}]`) as Session[]).map((each) => each['Session ID']);

/** Follows the pages to the end; `meanwhile` runs after each. */
async function readAll(
  { db }: Opened,
  organization: string,
  filter: SessionFilter,
  limit: number,
  meanwhile: () => Promise<void> = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  let after: Position | null = null;
  do {
    const found: Awaited<ReturnType<typeof page>> = await page(db, organization, filter, after, limit);
    expect(found.count).toBeLessThanOrEqual(limit);
    const shown = idsOf(found.items);
    expect(shown.length).toBe(found.count);
    if (found.next !== null) expect(found.next.sessionId).toBe(shown.at(-1));
    ids.push(...shown);
    after = found.next;
    await meanwhile();
  } while (after !== null);
  return ids;
}

describeEngines('pages of sessions', (store) => {
  const stored = async (made: Partial<StoredSession>[]) => {
    const organization = await store.organization();
    await furnish(store.db, organization);
    const all = made.map((each) => session(each.sessionId!, each));
    await insertSessions(store.db, organization, all, 1);
    return { organization, all };
  };

  test('hold what a naive list holds, whatever the filters and the size of the pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        SESSIONS,
        fc.array(fc.tuple(FILTER, fc.integer({ min: 1, max: 31 })), { minLength: 5, maxLength: 5 }),
        async (made, questions) => {
          const { organization, all } = await stored(made);
          for (const [filter, limit] of questions) {
            expect(await readAll(store, organization, filter, limit)).toEqual(model(all, filter));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('show each session that is there throughout exactly once, whatever comes and goes meanwhile', async () => {
    const change = fc.record({
      remove: fc.nat(),
      move: fc.nat(),
      time: TIMES,
      add: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        SESSIONS,
        FILTER,
        fc.integer({ min: 1, max: 4 }),
        fc.array(change, { minLength: 1, maxLength: 12 }),
        async (made, filter, limit, changes) => {
          const { organization, all } = await stored(made);
          const { db } = store;
          const throughout = new Map(all.map((each) => [each.sessionId, each]));
          const added: string[] = [];
          let step = 0;
          const meanwhile = async () => {
            const now = changes[step++];
            if (now === undefined) return;
            const pick = (n: number) => (all.length > 0 ? all[n % all.length]!.sessionId : 'none');
            await deleteSession(db, organization, pick(now.remove), 1);
            throughout.delete(pick(now.remove));
            const moved = pick(now.move);
            await changeSession(
              db,
              organization,
              moved,
              (found) => ({ ...found, recordedAt_us: now.time }),
              1,
            );
            throughout.delete(moved);
            for (let i = 0; i < now.add; i++) {
              const id = `new-${step}-${i}`;
              const fresh = session(id, { recordedAt_us: now.time + i });
              await markLoose(db, organization, fresh.objects, 1);
              await insertSession(db, organization, fresh, 1);
              added.push(id);
            }
          };
          const seen = await readAll(store, organization, filter, limit, meanwhile);
          expect(seen.filter((id) => throughout.has(id))).toEqual(model([...throughout.values()], filter));
          for (const id of added) expect(seen.filter((found) => found === id).length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('are as good at depth as at the start: three thousand sessions of one instant in pages of seven', async () => {
    const made = Array.from({ length: 3000 }, (_, i) => ({
      sessionId: `${i}`.padStart(4, '0'),
      recordedAt_us: 5,
    }));
    const { organization } = await stored(made);
    const ids = made.map((each) => each.sessionId);
    expect(await readAll(store, organization, { order: 'oldest' }, 7)).toEqual(ids);
    expect(await readAll(store, organization, { order: 'newest' }, 1000)).toEqual([...ids].reverse());
    expect(await readAll(store, organization, { order: 'newest' }, 3000)).toEqual([...ids].reverse());
  });

  test('end when nothing follows: a page that is full to the brim has no next one', async () => {
    const { organization } = await stored([
      { sessionId: 'a' },
      { sessionId: 'b' },
      { sessionId: 'c', athleteId: 'A2' },
    ]);
    const { db } = store;
    expect((await page(db, organization, { order: 'newest' }, null, 3)).next).toBe(null);
    expect((await page(db, organization, { order: 'newest' }, null, 2)).next).not.toBe(null);
    expect((await page(db, organization, { order: 'oldest', athleteIds: ['A1'] }, null, 2)).next).toBe(null);
    const past = { recordedAt_us: -1e15, sessionId: 'z' };
    expect(await page(db, organization, { order: 'newest' }, past, 10)).toEqual({
      items: '',
      count: 0,
      next: null,
    });
  });

  test('take any text for a filter without reading it as SQL', async () => {
    const { organization } = await stored([{ sessionId: 'a' }]);
    const name = `'; drop table sessions; --`;
    expect(
      await page(store.db, organization, { order: 'newest', name, athleteIds: [name] }, null, 10),
    ).toMatchObject({ count: 0 });
    expect(await page(store.db, organization, { order: 'newest' }, null, 10)).toMatchObject({
      count: 1,
    });
  });
});

/** Every combination of filters, each with and without a position. */
const PARTS: Partial<SessionFilter>[] = [
  { athleteIds: ['A1'] },
  { exerciseId: 'E1' },
  { assessmentId: 'S1' },
  { assessmentId: 'singleExercise' },
  { name: 'Squat' },
  { from_us: 500 },
  { before_us: 2500 },
];

describeEngines('the plan of a page', (store, engine) => {
  const subsets = Array.from({ length: 2 ** PARTS.length }, (_, bits) =>
    PARTS.filter((_, i) => bits & (1 << i)),
  );
  // Two values for one filter are no combination.
  const combinations = subsets
    .filter((parts) => parts.filter((part) => 'assessmentId' in part).length < 2)
    .map((parts) => Object.assign({}, ...parts) as Partial<SessionFilter>);

  test('reads a range of an index, without sorting where there is one filter', async () => {
    const organization = await store.organization();
    await furnish(store.db, organization);
    const { db } = store;
    // Enough of other people's rows that an index is worth it, and statistics that say so.
    const others = await store.organization();
    await furnish(db, others);
    const rows = Array.from({ length: 3000 }, (_, i) =>
      session(`R${i}`, {
        recordedAt_us: i,
        athleteId: `A${1 + (i % 2)}`,
        exerciseId: `E${1 + (i % 2)}`,
        assessmentId: i % 3 === 0 ? null : `S${1 + (i % 2)}`,
        name: i % 2 === 0 ? 'Squat' : 'Lunge',
      }),
    );
    await insertSessions(db, organization, rows, 1);
    await insertSessions(db, others, rows, 1);
    await db.query('analyze');

    const explained: string[] = [];
    const explaining = watched(db, async (sql, values) => {
      explained.push(await plan(db, sql, values, 'enable_seqscan'));
    });
    for (const order of ['newest', 'oldest'] as const) {
      for (const combination of combinations) {
        for (const after of [null, { recordedAt_us: 1500, sessionId: 'R1500' }]) {
          explained.length = 0;
          await page(explaining, organization, { order, ...combination }, after, 10);
          const what = JSON.stringify({ order, ...combination, after });
          for (const text of explained) {
            expect(text, what).toMatch(
              engine.dialect === 'sqlite'
                ? /SEARCH sessions USING (COVERING )?INDEX/
                : /Index (Only )?Scan|Bitmap Index Scan/,
            );
            expect(text, what).not.toMatch(/SCAN sessions|Seq Scan/);
            const equalities = Object.keys(combination).filter((name) => !name.endsWith('_us')).length;
            if (equalities <= 1) expect(text, what).not.toMatch(/USE TEMP B-TREE|Sort/);
          }
        }
      }
    }
  });
});

describeEngines('the unfiltered page', (store, engine) => {
  test('comes from the index alone, without a look at a row', async () => {
    const organization = await store.organization();
    const { db } = store;
    const found: string[] = [];
    const explaining = watched(db, async (sql, values) => {
      found.push(await plan(db, sql, values, 'enable_seqscan', 'enable_bitmapscan'));
    });
    await page(explaining, organization, { order: 'newest' }, null, 10);
    expect(found.join('\n')).toMatch(
      engine.dialect === 'sqlite'
        ? /USING COVERING INDEX sessions_by_time/
        : /Index Only Scan .*using sessions_by_time/,
    );
  });
});

/** How the database would run a statement; on PostgreSQL without the ways that only pay on small tables. */
async function plan(
  db: Db,
  sql: string,
  values: readonly (string | number | null)[],
  ...without: string[]
): Promise<string> {
  if (db.dialect === 'sqlite') {
    const rows = await db.query<{ detail: string }>(`explain query plan ${sql}`, values);
    return rows.map((row) => row.detail).join('\n');
  }
  return db.within(String(values[0])).transaction(async (db) => {
    for (const setting of without) await db.query(`set local ${setting} = off`);
    const rows = await db.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}
