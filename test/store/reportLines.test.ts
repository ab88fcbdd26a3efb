import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unescapeJson } from '../../src/contract/wire.ts';
import type { Db } from '../../src/store/db.ts';
import { markLoose } from '../../src/store/looseObjects.ts';
import { openDb } from '../../src/store/open.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { type ReportLines, reportPage, reportSlice } from '../../src/store/reportLines.ts';
import { keepFlat } from '../../src/store/reports.ts';
import type { SessionFilter } from '../../src/store/sessionPage.ts';
import { insertSessions, replaceReport } from '../../src/store/sessions.ts';
import { ENGINES, type Place } from './engines.ts';
import { furnish, session } from './records.ts';

/** Session ids with the line of the report of each. */
const pairs = ({ sessions, reports }: ReportLines): [string, string][] => {
  if (sessions === '') return [];
  const lines = reports.split('\n');
  const ids = unescapeJson(sessions)
    .split('\n')
    .map((text) => (JSON.parse(text) as { 'Session ID': string })['Session ID']);
  expect(lines.length).toBe(ids.length);
  return ids.map((id, place) => [id, lines[place]!]);
};

const NEWEST: SessionFilter = { order: 'newest' };
/** Names with everything that could be taken for the end of a text. */
const NAMES = ['two\nlines', '\\n', '\n{"Session ID":"', 'x'];

for (const engine of ENGINES) {
  describe.skipIf(!engine.available)(`lines of reports (${engine.name})`, () => {
    let place: Place;
    let db: Db;
    beforeAll(async () => {
      place = await engine.place();
      db = await openDb(place.url);
      for (const organization of ['one', 'other']) {
        await createOrganization(db, organization, organization, 0);
        await furnish(db, organization);
      }
      const made = Array.from({ length: 8 }, (_, index) => ({
        ...session(`R${index}`, {
          recordedAt_us: 1_777_000_000_000_000 - index * 60e6,
          name: NAMES[index % 4]!,
          athleteId: index % 2 === 0 ? 'A1' : 'A2',
          kind: index === 5 ? 'free' : 'exercise',
        }),
        ...(index === 3 ? {} : { flat: `["${index}"]` }),
      }));
      await insertSessions(db, 'one', made, 1);
      await insertSessions(db, 'other', [{ ...session('R1'), flat: '["other"]' }], 1);
    });
    afterAll(async () => {
      await db?.close();
      await place?.remove();
    });

    const EXPECTED: [string, string][] = [
      ['R0', '1 ["0"]'],
      ['R1', '1 ["1"]'],
      ['R2', '1 ["2"]'],
      ['R3', '1 '],
      ['R4', '1 ["4"]'],
      ['R6', '1 ["6"]'],
      ['R7', '1 ["7"]'],
    ];

    test.each([1, 2, 3, 8, 9])('slices of %i hold every listed session once', async (size) => {
      const found: [string, string][] = [];
      for (let after: string | null = ''; after !== null; ) {
        const slice = await reportSlice(db, 'one', NEWEST, after, size);
        found.push(...pairs(slice));
        after = slice.last;
      }
      expect(found).toEqual(EXPECTED);
    });

    test.each([1, 2, 3, 7, 8])('pages of %i do, in either order', async (limit) => {
      for (const order of ['newest', 'oldest'] as const) {
        const found: [string, string][] = [];
        let after: Awaited<ReturnType<typeof reportPage>>['next'] = null;
        do {
          const page = await reportPage(db, 'one', { order }, after, limit);
          expect(pairs(page).length).toBeLessThanOrEqual(limit);
          found.push(...pairs(page));
          after = page.next;
        } while (after !== null);
        expect(found).toEqual(order === 'newest' ? EXPECTED : EXPECTED.toReversed());
      }
    });

    test('filters choose', async () => {
      const filter = { ...NEWEST, athleteIds: ['A2'], name: NAMES[3]! };
      expect(pairs(await reportSlice(db, 'one', filter, '', 100)).map(([id]) => id)).toEqual(['R3', 'R7']);
      expect(pairs(await reportPage(db, 'one', filter, null, 100)).map(([id]) => id)).toEqual(['R3', 'R7']);
      expect(await reportSlice(db, 'one', { ...NEWEST, name: 'none' }, '', 100)).toEqual({
        sessions: '',
        reports: '',
        last: null,
      });
      expect(await reportPage(db, 'one', { ...NEWEST, name: 'none' }, null, 100)).toEqual({
        sessions: '',
        reports: '',
        next: null,
      });
    });

    test('another organization has its own', async () => {
      expect(pairs(await reportSlice(db, 'other', NEWEST, '', 100))).toEqual([['R1', '1 ["other"]']]);
      expect(pairs(await reportPage(db, 'other', NEWEST, null, 100))).toEqual([['R1', '1 ["other"]']]);
    });

    test('lines are those of the current report; kept ones are never replaced, and no version is taken', async () => {
      const version = async () =>
        (await db.query<{ version: number }>("select version from organizations where org_id = 'one'"))[0]!
          .version;
      const before = await version();
      await keepFlat(db, 'one', [
        { sessionId: 'R3', version: 1, flat: '["kept"]' },
        { sessionId: 'R4', version: 1, flat: '["too late"]' },
        { sessionId: 'gone', version: 1, flat: '["x"]' },
      ]);
      expect(await version()).toBe(before);
      await markLoose(db, 'one', 'R6.0/7', 1e15);
      const edit = (found: ReturnType<typeof session>) => ({ ...found, reportVersion: 2 });
      const newer = { object: '7/report', reason: 'recomputed', loose: 'R6.0/7' } as const;
      await replaceReport(db, 'one', 'R6', edit, { ...newer, flat: '["newer"]' }, 6);
      const found = new Map(pairs(await reportSlice(db, 'one', NEWEST, '', 100)));
      expect([found.get('R3'), found.get('R4'), found.get('R6')]).toEqual([
        '1 ["kept"]',
        '1 ["4"]',
        '2 ["newer"]',
      ]);
    });
  });
}
