import { setImmediate as others } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from '../../src/server/turns.ts';

/** Work that takes a millisecond of a clock of its own, and what was done when. */
function piecesOf(most_ms: number) {
  let now_ms = 0;
  const done: string[] = [];
  const inTurn = createTurns(most_ms, () => now_ms);
  const ask = (name: string) =>
    inTurn(() => {
      now_ms++;
      done.push(name);
    });
  return { ask, done };
}

test('what fits into a turn is done at once', () => {
  const { ask, done } = piecesOf(10);
  for (const name of ['a', 'b', 'c']) ask(name);
  expect(done).toEqual(['a', 'b', 'c']);
});

test('what does not fit waits, and others have a turn before it goes on', async () => {
  const { ask, done } = piecesOf(2);
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) ask(name);
  expect(done).toEqual(['a', 'b', 'c']);
  await others();
  expect(done).toEqual(['a', 'b', 'c', 'd', 'e']);
  await others();
  expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  await others();
  expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
});

test('what comes later is done later, and a new turn begins when nothing waits', async () => {
  const { ask, done } = piecesOf(2);
  for (const name of ['a', 'b', 'c', 'd']) ask(name);
  ask('e');
  expect(done).toEqual(['a', 'b', 'c']);
  while (done.length < 5) await others();
  expect(done).toEqual(['a', 'b', 'c', 'd', 'e']);
  for (let turn = 0; turn < 2; turn++) await others();
  ask('f');
  expect(done.at(-1)).toBe('f');
});
