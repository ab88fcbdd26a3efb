import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patchSessions } from '../../src/react/patchSessions.ts';
import type { Change, Session, SessionFilters } from '../../src/sdk/index.ts';

/** A server's list, kept in the simplest way: every page of it, from its beginning. */
const session = (id: string, minute: number, athlete: string): Session => ({
  'Session ID': id,
  // Equal times, and fractions that do not sort as texts.
  Date: `2026-05-04T10:0${minute % 10}:00${['Z', '.5Z', '.500001Z'][minute % 3]}`,
  s3Key: `key-${id}`,
  Duration: 1,
  'Athlete ID': athlete,
  'Assessment ID': 'singleExercise',
  'Exercise ID': 'e',
  'Session Name': `n${minute}`,
});
const fraction = (date: string) => Number(date.slice(19, -1) || '0');
const earlier = (a: Session, b: Session) =>
  a.Date.slice(0, 19).localeCompare(b.Date.slice(0, 19)) ||
  fraction(a.Date) - fraction(b.Date) ||
  Number(a['Session ID'] > b['Session ID']) - Number(a['Session ID'] < b['Session ID']);
const listOf = (all: Iterable<Session>, { athleteID, order }: SessionFilters) => {
  const sorted = [...all].filter((each) => !athleteID || each['Athlete ID'] === athleteID).sort(earlier);
  return order === 'oldest' ? sorted : sorted.reverse();
};

const id = fc.constantFrom(...'ABCDEFGHIJKLMNOP');
const record = fc
  .tuple(id, fc.nat(9), fc.constantFrom('ada', 'joe'))
  .map(([id, minute, athlete]) => session(id, minute, athlete));
const change = fc.oneof(
  record.map(
    (record): Change => ({ kind: 'session', id: record['Session ID'], version: 1, deleted: false, record }),
  ),
  id.map((id): Change => ({ kind: 'session', id, version: 1, deleted: true, record: null })),
);

test('pages with changes put into them are a beginning of the list as the server has it then, and the next page goes on there', () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 20 }),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.constantFrom<SessionFilters>({}, { order: 'oldest' }, { athleteID: 'ada' }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
      (records, changes, filters, size, loaded) => {
        const store = new Map(records.map((each) => [each['Session ID'], each]));
        const list = listOf(store.values(), filters);
        const chunks = Array.from({ length: Math.max(1, Math.ceil(list.length / size)) }, (_, index) =>
          list.slice(index * size, (index + 1) * size),
        );
        const pages = chunks
          .slice(0, loaded)
          .map((items, index) => ({ items, token: index + 1 < chunks.length ? `t${index}` : null }));
        const last = pages.at(-1)!.items.at(-1);
        const more = pages.at(-1)!.token !== null;

        for (const { id, record } of changes)
          if (record === null) store.delete(id);
          else store.set(id, record as Session);
        const patched = patchSessions({ pages, pageParams: pages.map(() => null) }, changes, filters);

        const shown = patched.pages.flatMap(({ items }) => items);
        const after = listOf(store.values(), filters);
        // The token names the place behind what was last: everything up to there is shown, nothing beyond.
        const behind = (each: Session) =>
          filters.order === 'oldest' ? earlier(each, last!) > 0 : earlier(each, last!) < 0;
        expect(shown).toEqual(more ? after.filter((each) => !behind(each)) : after);
      },
    ),
    { numRuns: 2000 },
  );
});
