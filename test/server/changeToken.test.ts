import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChangeToken, writeChangeToken } from '../../src/server/changeToken.ts';
import { readCursor, writeCursor } from '../../src/server/cursor.ts';
import { type FeedPlace, LANES } from '../../src/store/changes.ts';

const SECRET = Buffer.alloc(32, 7);
const PLACE: FeedPlace = { version: 12, lane: 3, id: '0190ABCD-0000-7000-8000-000000000001' };

const refused = (work: () => unknown) =>
  expect(work).toThrow(expect.objectContaining({ code: 'invalid_continuation_token' }));

const places = fc.record({
  version: fc.maxSafeNat(),
  lane: fc.nat(LANES),
  id: fc.string({ unit: 'grapheme', maxLength: 200 }),
});

test('a token gives back its place, and is safe in a URL', () => {
  fc.assert(
    fc.property(places, (place) => {
      const token = writeChangeToken(SECRET, 'one', place);
      expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(readChangeToken(SECRET, 'one', token)).toEqual(place);
    }),
  );
});

test('a token of another organization or another installation is not ours', () => {
  const token = writeChangeToken(SECRET, 'one', PLACE);
  refused(() => readChangeToken(SECRET, 'two', token));
  refused(() => readChangeToken(Buffer.alloc(32, 8), 'one', token));
});

test('the token of a page and that of the feed are not taken for each other', () => {
  const filter = { order: 'newest' } as const;
  const page = writeCursor(SECRET, 'one', filter, { recordedAt_us: 5, sessionId: 'R1' });
  refused(() => readChangeToken(SECRET, 'one', page));
  refused(() => readCursor(SECRET, 'one', filter, writeChangeToken(SECRET, 'one', PLACE)));
});

test('every token in which a single character was changed, added or left out is refused', () => {
  const token = writeChangeToken(SECRET, 'one', PLACE);
  for (let i = 0; i < token.length; i++) {
    const other = token[i] === 'A' ? 'B' : 'A';
    for (const damaged of [
      token.slice(0, i) + other + token.slice(i + 1),
      token.slice(0, i) + token.slice(i + 1),
      `${token.slice(0, i)}A${token.slice(i)}`,
    ]) {
      if (damaged !== token) refused(() => readChangeToken(SECRET, 'one', damaged));
    }
  }
});

test('whatever a client makes up is refused, never a fault', () => {
  const bytes = fc.uint8Array({ maxLength: 80 }).map((made) => Buffer.from(made).toString('base64url'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), bytes), (text) => {
      refused(() => readChangeToken(SECRET, 'one', text));
    }),
  );
  refused(() => readChangeToken(SECRET, 'one', 'A'.repeat(100_000)));
});
