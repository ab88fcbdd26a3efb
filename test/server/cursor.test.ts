import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCursor, writeCursor } from '../../src/server/cursor.ts';
import { ApiError } from '../../src/server/errors.ts';
import type { Position, SessionFilter } from '../../src/store/sessionPage.ts';

const SECRET = Buffer.alloc(32, 7);
const FILTER: SessionFilter = { order: 'newest', athleteIds: ['A1', 'A2'], from_us: 5 };
const POSITION: Position = {
  recordedAt_us: 1_777_000_000_123_456,
  sessionId: '0190ABCD-0000-7000-8000-000000000001',
};

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError);
    return (error as ApiError).code;
  }
  return 'none';
}

const positions = fc.record({
  recordedAt_us: fc.integer({ min: Date.UTC(1900, 0) * 1000, max: Date.UTC(2200, 0) * 1000 }),
  sessionId: fc.oneof(
    fc.uuid(),
    fc.uuid().map((id) => id.toUpperCase()),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  ),
});

test('a token gives back its position, and is safe in a header and in JSON', () => {
  fc.assert(
    fc.property(positions, (position) => {
      const token = writeCursor(SECRET, 'one', FILTER, position);
      expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(readCursor(SECRET, 'one', FILTER, token)).toEqual(position);
    }),
  );
});

test('the order in which athletes are named does not matter, everything else does', () => {
  const token = writeCursor(SECRET, 'one', FILTER, POSITION);
  expect(readCursor(SECRET, 'one', { ...FILTER, athleteIds: ['A2', 'A1'] }, token)).toEqual(POSITION);
  const others: SessionFilter[] = [
    { ...FILTER, order: 'oldest' },
    { ...FILTER, athleteIds: ['A1'] },
    { ...FILTER, athleteIds: ['A1', 'A2', 'A3'] },
    { order: 'newest', from_us: 5 },
    { ...FILTER, from_us: 6 },
    { ...FILTER, before_us: 5 },
    { ...FILTER, name: 'Squat' },
    { ...FILTER, exerciseId: 'E1' },
    { ...FILTER, assessmentId: 'E1' },
  ];
  for (const other of others)
    expect(codeOf(() => readCursor(SECRET, 'one', other, token))).toBe('continuation_token_mismatch');
});

test('a token of another organization or another installation is not ours', () => {
  const token = writeCursor(SECRET, 'one', FILTER, POSITION);
  expect(codeOf(() => readCursor(SECRET, 'two', FILTER, token))).toBe('invalid_continuation_token');
  expect(codeOf(() => readCursor(Buffer.alloc(32, 8), 'one', FILTER, token))).toBe(
    'invalid_continuation_token',
  );
});

test('every token in which a single character was changed, added or left out is refused', () => {
  const token = writeCursor(SECRET, 'one', FILTER, POSITION);
  for (let i = 0; i < token.length; i++) {
    const other = token[i] === 'A' ? 'B' : 'A';
    for (const damaged of [
      token.slice(0, i) + other + token.slice(i + 1),
      token.slice(0, i) + token.slice(i + 1),
      `${token.slice(0, i)}A${token.slice(i)}`,
    ]) {
      if (damaged !== token)
        expect(codeOf(() => readCursor(SECRET, 'one', FILTER, damaged))).toBe('invalid_continuation_token');
    }
  }
});

test('whatever a client makes up is refused, never a fault', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc
          .uint8Array({ minLength: 30, maxLength: 80 })
          .map((bytes) => Buffer.from(bytes).toString('base64url')),
      ),
      (text) => {
        expect(codeOf(() => readCursor(SECRET, 'one', FILTER, text))).toBe('invalid_continuation_token');
      },
    ),
  );
  expect(codeOf(() => readCursor(SECRET, 'one', FILTER, 'A'.repeat(100_000)))).toBe(
    'invalid_continuation_token',
  );
});
