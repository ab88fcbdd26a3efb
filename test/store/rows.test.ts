import { expect, test } from 'vitest';
import { oneAhead, rowTexts, slicesOf } from '../../src/store/rows.ts';

test('rows become one text of places and the values to bind, in their order', () => {
  const { texts, values } = rowTexts(
    [
      ['a', 1],
      ['b', null],
    ],
    ['org', 9],
    ['$2', '$2'],
  );
  expect(texts).toBe('($1, $3, $4, $2, $2), ($1, $5, $6, $2, $2)');
  expect(values).toEqual(['org', 9, 'a', 1, 'b', null]);
});

test('a text is another one for another number of rows, of values, of shared values, and for another end', () => {
  const row = ['a', 1];
  const texts = [
    rowTexts([row], ['org']),
    rowTexts([row, row], ['org']),
    rowTexts([[...row, 2]], ['org']),
    rowTexts([row], ['org', 9]),
    rowTexts([row], ['org', 9], ['$2']),
    rowTexts([row], ['org', 9], ['$2', '$2']),
  ].map(({ texts }) => texts);
  expect(texts).toEqual([
    '($1, $2, $3)',
    '($1, $2, $3), ($1, $4, $5)',
    '($1, $2, $3, $4)',
    '($1, $3, $4)',
    '($1, $3, $4, $2)',
    '($1, $3, $4, $2, $2)',
  ]);
});

test('slices hold every row once, in order, and have few sizes', () => {
  const rows = Array.from({ length: 300 }, (_, place) => place);
  const slices = [...slicesOf(rows)];
  expect(slices.flat()).toEqual(rows);
  expect([...new Set(slices.map(({ length }) => length))]).toEqual([128, 16, 1]);
});

test('the next slice is made ready while one is written, and a failure ends it', async () => {
  const told: string[] = [];
  const write = (slice: number) => {
    told.push(`prepare ${slice}`);
    return async () => {
      told.push(`begin ${slice}`);
      await new Promise((resolve) => setImmediate(resolve));
      told.push(`end ${slice}`);
      if (slice === 2) throw new Error('full');
    };
  };
  await expect(oneAhead([1, 2, 3, 4], write)).rejects.toThrow('full');
  expect(told).toEqual(['prepare 1', 'begin 1', 'prepare 2', 'end 1', 'begin 2', 'prepare 3', 'end 2']);
});
