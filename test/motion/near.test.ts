import { expect, test } from 'vitest';
import { clean, tableLines } from '../../src/cli/print.ts';
import { nearMatches } from '../../src/motion/near.ts';

test('near matches forgive typing errors, accents, case and the order of names', () => {
  const names = ['Maja Lindqvist', 'Zoë Čapek', 'Ada Lovelace', 'Sam Smith'];
  expect(nearMatches('maya lindkvist', names)).toEqual(['Maja Lindqvist']);
  expect(nearMatches('capek zoe', names)).toEqual(['Zoë Čapek']);
  expect(nearMatches('Lovelace', names)).toEqual(['Ada Lovelace']);
  expect(nearMatches('Quintus', names)).toEqual([]);
  expect(nearMatches('', names)).toEqual([]);
});

test('a table is as wide as its cells, without blanks at the ends of lines', () => {
  const columns = [
    { head: 'Name', cell: (row: [string, number]) => row[0] },
    { head: 'N', cell: (row: [string, number]) => String(row[1]), right: true },
    { head: 'Last', cell: () => '' },
  ];
  expect(
    tableLines(columns, [
      ['Zoë', 5],
      ['A name', 10],
    ]),
  ).toEqual(['Name     N  Last', 'Zoë      5', 'A name  10']);
});

test('nothing in a name steers the terminal', () => {
  expect(clean('\u001b[31mred\u0007\u009b2J')).toBe('\ufffd[31mred\ufffd\ufffd2J');
});
