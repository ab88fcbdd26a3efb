import { expect, test } from 'vitest';
import type { TokenOrigin } from '../../../src/server/auth/standing.ts';
import { createVerifiedTokens } from '../../../src/server/auth/verifiedTokens.ts';

const token = (origin: TokenOrigin) => ({
  origin,
  principal: {} as never,
  until_ms: 0,
  checked_ms: 0,
  revocations: 0,
  check: () => Promise.reject(new Error('not asked')),
});

test('never holds more than its bound; the oldest leaves', () => {
  const tokens = createVerifiedTokens(3);
  for (const name of ['a', 'b', 'c', 'd']) tokens.set(name, token({ user: name }), 0);
  expect(tokens.size).toBe(3);
  expect(tokens.get('a')).toBeUndefined();
  expect(tokens.get('d')).toBeDefined();
});

test('drops what hangs on the thing that ended, and nothing else', () => {
  const tokens = createVerifiedTokens();
  tokens.set('a', token({ user: '1', signIn: 's1', client: 'x' }), 0);
  tokens.set('b', token({ user: '1', signIn: 's2', client: 'x' }), 0);
  tokens.set('c', token({ key: '1' }), 0);
  tokens.drop({ signIn: 's1' });
  expect([tokens.get('a'), tokens.size]).toEqual([undefined, 2]);
  tokens.drop({ user: '1' });
  expect([tokens.get('b'), tokens.size]).toEqual([undefined, 1]);
});

test('does not take an answer that is older than the last drop', () => {
  const tokens = createVerifiedTokens();
  const { generation } = tokens;
  tokens.drop({ user: '1' });
  tokens.set('a', token({ user: '1' }), generation);
  expect(tokens.size).toBe(0);
});
