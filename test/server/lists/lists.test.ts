import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLists, type Lists } from '../../../src/server/lists/lists.ts';
import type { Db } from '../../../src/store/db.ts';
import { openDb } from '../../../src/store/open.ts';
import { createOrganization, organizationVersion } from '../../../src/store/organizations.ts';
import { sessionPage } from '../../../src/store/sessionPage.ts';
import { changeSession, deleteSession, insertSessions } from '../../../src/store/sessions.ts';
import { ENGINES, type Place } from '../../store/engines.ts';
import { furnish, session } from '../../store/records.ts';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Of a clock that runs fast: nothing rests. */
const listsOf = (db: Db, limit_bytes = 1e9): Lists => {
  let now_ms = 0;
  return createLists({ db, log: SILENT, limit_bytes, now: () => (now_ms += 60_000) });
};

/** The copy once there is one, asking as pages do. */
async function copyOf(lists: Lists, db: Db, organization: string) {
  for (;;) {
    const copy = await lists.at(organization, await organizationVersion(db, organization));
    if (copy !== null) return copy;
    await new Promise(setImmediate);
  }
}

/** Ids whose order differs by UTF-16 and by UTF-8, and few times, so that many sessions share one. */
const IDS = [
  'a',
  'b',
  'c',
  'B',
  'é',
  'zz',
  '\ufffd',
  '\u{1f600}',
  ...Array.from({ length: 120 }, (_, i) => `n${i}`),
];
const id = fc.constantFrom(...IDS);
const time = fc.integer({ min: 0, max: 12 }).map((minute) => 1_777_000_000_123_456 + minute * 60_000_001);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      ids: fc.uniqueArray(id, { minLength: 1, maxLength: 90 }),
      at: time,
      apart: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('exercise' as const, 'free' as const, 'exercise' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), id, at: time }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('rename' as const),
      id,
      name: fc.constantFrom('Squat', 'Lunge "deep", left', 'Kniebeuge – schräg', 'x'.repeat(190)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), id }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      after: fc.option(fc.record({ id, at: time })),
      limit: fc.integer({ min: 1, max: 140 }),
    }),
  },
);

describe.each(ENGINES)('copies of lists from $name', ({ available, place, dialect }) => {
  let at: Place;
  /** The second one is another server's, where there can be one. */
  let stores: Db[];
  let count = 0;

  beforeAll(async () => {
    if (!available) return;
    at = await place();
    stores = [await openDb(at.url)];
    if (dialect === 'postgres') stores.push(await openDb(at.url));
  });
  afterAll(async () => {
    for (const db of stores ?? []) await db.close();
    await at?.remove();
  });

  const newOrganization = async () => {
    const organization = `o${++count}`;
    await createOrganization(stores[0]!, organization, organization, 0);
    await furnish(stores[0]!, organization);
    return organization;
  };

  test.skipIf(!available)(
    'a page of a copy is the page of the store, whatever comes, goes and moves',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
          const organization = await newOrganization();
          const [db] = stores as [Db];
          const writer = stores.at(-1)!;
          const lists = listsOf(db);
          const look = async (after: { recordedAt_us: number; sessionId: string } | null, limit: number) => {
            const page = (await copyOf(lists, db, organization)).page(after, limit);
            const wanted = await sessionPage(db, organization, { order: 'newest' }, after, limit);
            expect([page.buffer.toString('utf8', page.start, page.end), page.next]).toEqual([
              wanted.items.toString(),
              wanted.next,
            ]);
          };
          for (const each of steps) {
            if (each.do === 'look') {
              await look(
                each.after && { recordedAt_us: each.after.at, sessionId: each.after.id },
                each.limit,
              );
            } else if (each.do === 'add') {
              for (const [place, sessionId] of each.ids.entries()) {
                if (await isThere(writer, organization, sessionId)) continue;
                await insertSessions(
                  writer,
                  organization,
                  [
                    session(sessionId, {
                      kind: each.kind,
                      recordedAt_us: each.at + place * each.apart,
                      s3Key: `${organization}-${sessionId}`,
                      objects: `${organization}.${sessionId}`,
                    }),
                  ],
                  1,
                );
              }
            } else if (each.do === 'remove') await deleteSession(writer, organization, each.id, 2);
            else {
              const edit = each.do === 'move' ? { recordedAt_us: each.at } : { name: each.name };
              await changeSession(writer, organization, each.id, (found) => ({ ...found, ...edit }), 3);
            }
          }
          let after = null;
          do {
            await look(after, 7);
            after = (await sessionPage(db, organization, { order: 'newest' }, after, 7)).next;
          } while (after !== null);
          lists.close();
        }),
        { numRuns: dialect === 'sqlite' ? 40 : 12 },
      );
    },
    120_000,
  );

  test.skipIf(!available)('a copy that fell far behind is made anew, and one that is worn too', async () => {
    const organization = await newOrganization();
    const db = stores[0]!;
    const lists = listsOf(db);
    await insertSessions(db, organization, many(organization, 0, 100), 1);
    const first = await copyOf(lists, db, organization);
    await insertSessions(db, organization, many(organization, 100, 2300), 1);
    const second = await copyOf(lists, db, organization);
    expect(second).not.toBe(first);
    const page = second.page(null, 5000);
    expect(page.buffer.toString('utf8', page.start, page.end)).toBe(
      (await sessionPage(db, organization, { order: 'newest' }, null, 5000)).items.toString(),
    );
    lists.close();
  });

  test.skipIf(!available)('a copy that was given up reads nothing any more', async () => {
    const organization = await newOrganization();
    const db = stores[0]!;
    await insertSessions(db, organization, many(organization, 0, 50), 1);
    const lists = listsOf(db);
    const copy = await copyOf(lists, db, organization);
    lists.close();
    expect(() => copy.page(null, 10)).toThrow('given up');
  });

  test.skipIf(!available)('without room there is no copy', async () => {
    const organization = await newOrganization();
    const db = stores[0]!;
    await insertSessions(db, organization, many(organization, 0, 50), 1);
    for (const limit_bytes of [0, 1000]) {
      const lists = listsOf(db, limit_bytes);
      for (let time = 0; time < 30; time++) {
        expect(await lists.at(organization, await organizationVersion(db, organization))).toBeNull();
        await new Promise(setImmediate);
      }
      lists.close();
    }
  });
});

const many = (organization: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) =>
    session(`s${from + place}`, {
      recordedAt_us: 1_777_000_000_000_000 + (from + place) * 1000,
      s3Key: `${organization}-${from + place}`,
      objects: `${organization}.${from + place}`,
    }),
  );

async function isThere(db: Db, organization: string, id: string): Promise<boolean> {
  const rows = await db
    .within(organization)
    .query('select 1 from sessions where org_id = $1 and session_id = $2', [organization, id]);
  return rows.length > 0;
}
