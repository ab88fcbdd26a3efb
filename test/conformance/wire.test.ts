import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalUrl,
  envelope,
  escapeJson,
  pageEnvelope,
  preferredForm,
  readTokenHeader,
} from '../../src/contract/wire.ts';
import { readCursor, writeCursor } from '../../src/server/cursor.ts';

describe('the token header', () => {
  const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
  const token = fc
    .string({ unit: fc.constantFrom(...LETTERS), minLength: 1 })
    .filter((text) => text !== 'null');
  const blank = fc.constantFrom('', ' ', '\t', '  ');

  test('means the same raw, JSON-encoded once and twice, with blanks around it', () => {
    fc.assert(
      fc.property(token, blank, blank, (token, before, after) => {
        for (const spelling of [token, JSON.stringify(token), JSON.stringify(JSON.stringify(token))]) {
          expect(readTokenHeader(before + spelling + after)).toEqual({ kind: 'next', token });
        }
      }),
    );
  });

  test.each([undefined, '', ' ', '""', '"\\"\\""', 'null', ' null '])(
    'asks for the first page as %o',
    (header) => {
      expect(readTokenHeader(header)).toEqual({ kind: 'first' });
    },
  );

  test('asks for the empty page after the last as "null" in quotes', () => {
    expect(readTokenHeader('"null"')).toEqual({ kind: 'end' });
  });

  test('is never an accident, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        expect(['first', 'end', 'next']).toContain(readTokenHeader(header).kind);
      }),
    );
  });
});

describe('canonicalUrl', () => {
  const segment = fc.stringMatching(/^[A-Za-z0-9%._~-]{1,8}$/);
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).filter(([first]) => first !== 'production');
  const slashes = fc.constantFrom('/', '//', '///');
  const query = fc.oneof(
    fc.constant(''),
    fc.string({ unit: 'grapheme-ascii' }).map((text) => `?${text}`),
  );

  test('forgets the stage, doubled slashes and one at the end, and leaves the query alone', () => {
    fc.assert(
      fc.property(
        path,
        query,
        fc.boolean(),
        fc.boolean(),
        fc.infiniteStream(slashes),
        (segments, query, staged, closed, slash) => {
          const written = (staged ? ['production', ...segments] : segments).map(
            (text) => `${slash.next().value}${text}`,
          );
          const target = `${written.join('')}${closed ? slash.next().value : ''}${query}`;
          expect(canonicalUrl(target)).toBe(`/${segments.join('/')}${query}`);
        },
      ),
    );
  });

  test.each([
    ['/', '/'],
    ['', '/'],
    ['//', '/'],
    ['/production', '/'],
    ['/production/', '/'],
    ['//production//', '/'],
    ['/production?x=//', '/?x=//'],
    ['/productionathletes', '/productionathletes'],
    ['/production/production/athletes', '/production/athletes'],
    ['/sessions?next=/production//x', '/sessions?next=/production//x'],
  ])('%s is %s', (target, canonical) => {
    expect(canonicalUrl(target)).toBe(canonical);
  });
});

describe('the envelope', () => {
  test('holds any JSON value in both forms', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        expect(JSON.parse(JSON.parse(envelope(json, 'string')).body)).toEqual(JSON.parse(json));
        expect(JSON.parse(envelope(json, 'json'))).toEqual({ statusCode: 200, body: JSON.parse(json) });
      }),
    );
  });

  test('of a page holds any items in both forms', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (items) => {
        const escaped = items.map((item) => escapeJson(JSON.stringify(item))).join(',');
        const string = JSON.parse(pageEnvelope(escaped, 'abc', 'string'));
        const plain = JSON.parse(pageEnvelope(escaped, null, 'json'));
        expect([string['X-Continuation-Token'], plain['X-Continuation-Token']]).toEqual(['abc', null]);
        expect(JSON.parse(string.body)).toEqual(plain.body);
        expect(plain.body).toEqual(JSON.parse(JSON.stringify(items)));
      }),
    );
  });
});

test.each([
  ['body=json', 'json'],
  ['body="json"', 'json'],
  ['BODY=JSON', 'json'],
  ['respond-async, body=json; wait=1', 'json'],
  ['body=string', 'string'],
  ['return=representation', null],
  ['body=xml', null],
  ['somebody=json', null],
])('Prefer: %s asks for the form %s', (header, form) => {
  expect(preferredForm(header)).toBe(form);
});

describe('a continuation token', () => {
  const secret = randomBytes(32);
  const newest = { order: 'newest' } as const;
  const position = fc.record({
    recordedAt_us: fc.integer({ min: -2e15, max: 7e15 }),
    sessionId: fc.oneof(
      fc.uuid().map((id) => id.toUpperCase()),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 36 }),
    ),
  });
  const code = (read: () => unknown): string => {
    try {
      return `accepted: ${JSON.stringify(read())}`;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test('brings back its place, and is made of letters that are safe in a header', () => {
    fc.assert(
      fc.property(position, (position) => {
        const token = writeCursor(secret, 'riverside', newest, position);
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(readCursor(secret, 'riverside', newest, token)).toEqual(position);
      }),
    );
  });

  test('is refused when any one character is changed, added or missing', () => {
    fc.assert(
      fc.property(position, fc.nat(), fc.stringMatching(/^[\x20-\x7e]$/), (position, where, letter) => {
        const token = writeCursor(secret, 'riverside', newest, position);
        const at = where % token.length;
        for (const damaged of [
          token.slice(0, at) + letter + token.slice(at + 1),
          token.slice(0, at) + letter + token.slice(at),
          token.slice(0, at) + token.slice(at + 1),
        ]) {
          if (damaged !== token)
            expect(code(() => readCursor(secret, 'riverside', newest, damaged))).toBe(
              'invalid_continuation_token',
            );
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('belongs to its organization, its filters and its installation', () => {
    fc.assert(
      fc.property(position, (position) => {
        const token = writeCursor(secret, 'riverside', { ...newest, athleteIds: ['A', 'B'] }, position);
        expect(readCursor(secret, 'riverside', { ...newest, athleteIds: ['B', 'A'] }, token)).toEqual(
          position,
        );
        expect(code(() => readCursor(secret, 'riverside', newest, token))).toBe(
          'continuation_token_mismatch',
        );
        expect(
          code(() => readCursor(secret, 'northside', { ...newest, athleteIds: ['A', 'B'] }, token)),
        ).toBe('invalid_continuation_token');
        expect(code(() => readCursor(randomBytes(32), 'riverside', newest, token))).toBe(
          'invalid_continuation_token',
        );
      }),
    );
  });
});
