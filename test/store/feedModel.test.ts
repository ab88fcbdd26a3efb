import { describe, expect, test } from 'vitest';
import { explore, OURS, type Rules, type Scenario } from './feedModel.ts';

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'two writers of one record': {
    writers: [[{ a1: 'x' }, { a1: 'y' }], [{ a1: 'z' }]],
    limit: 1,
    answers: 2,
    ends: 0,
    rollbacks: false,
  },
  'records that move while pages are read': {
    writers: [
      [{ a1: '1', b1: '1' }, { a1: '2' }],
      [{ b2: '1' }, { b1: '2' }],
    ],
    limit: 1,
    answers: 2,
    ends: 0,
    rollbacks: false,
  },
  'several records under one version': {
    writers: [[{ a1: '1', a2: '1', b1: '1' }], [{ a2: '2', b1: null }]],
    limit: 1,
    answers: 3,
    ends: 0,
    rollbacks: false,
  },
  'deletion, and the same id again': {
    writers: [
      [{ a1: '1' }, { a1: null }, { a1: '2' }],
      [{ b1: '1' }, { b1: null }],
    ],
    limit: 2,
    answers: 2,
    ends: 0,
    rollbacks: false,
  },
  'a reader that ends before it has kept its token': {
    writers: [
      [{ a1: '1', b1: '1' }, { a1: null }],
      [{ b1: null }, { b1: '2' }],
    ],
    limit: 1,
    answers: 2,
    ends: 1,
    rollbacks: false,
  },
  'three writers, who may give up': {
    writers: [[{ a1: '1' }], [{ a1: null, b1: '1' }], [{ a1: '2' }]],
    limit: 1,
    answers: 2,
    ends: 0,
    rollbacks: true,
  },
};

describe('whatever the order of turns, a reader misses nothing', () => {
  test.each(Object.entries(SCENARIOS))('with %s', (_, scenario) => {
    const { states, counterexample } = explore(scenario, OURS);
    expect(counterexample).toBe(null);
    expect(states).toBeGreaterThan(500);
  });
});

describe('the walk finds what is wrong with', () => {
  const shortest = (rules: Partial<Rules>): string[] | undefined =>
    Object.values(SCENARIOS)
      .flatMap((scenario) => {
        const { counterexample } = explore(scenario, { ...OURS, ...rules });
        return counterexample === null ? [] : [counterexample];
      })
      .sort((one, other) => one.length - other.length)[0];

  test('versions from a sequence, without the lock: a version is read past before it is committed', () => {
    const apart = {
      writers: [[{ a1: '1' }], [{ b1: '1' }]],
      limit: 9,
      answers: 1,
      ends: 0,
      rollbacks: false,
    };
    expect(explore(apart, OURS).counterexample).toBe(null);
    expect(explore(apart, { ...OURS, versions: 'sequence' }).counterexample).toEqual([
      'writer 1: begin',
      'writer 1: write',
      'writer 2: begin',
      'writer 2: write',
      'writer 2: commit',
      'reader: head',
      'reader: first kind',
      'writer 1: commit',
      'reader: second kind',
      'reader: records',
      'reader: apply',
      'reader: keep',
    ]);
  });

  test('a head that is read after the rows: what is committed in between is taken for read', () => {
    const turns = shortest({ head: 'after the rows' })!;
    const from = turns.indexOf('reader: first kind');
    const to = turns.indexOf('reader: late head');
    expect(turns.slice(from, to).some((turn) => turn.endsWith('commit'))).toBe(true);
  });

  test('a token that remembers the version alone: the rest of a version that was cut is never read', () => {
    const turns = shortest({ token: 'version' })!;
    expect(turns.filter((turn) => turn.endsWith('commit'))).toHaveLength(1);
  });

  test('deletions that leave nothing behind: the copy keeps what is gone', () => {
    expect(shortest({ deletions: 'forgotten' })).toContain('reader: keep');
  });

  test('deletions kept from who begins: whoever was ended before the first token keeps what is gone', () => {
    expect(shortest({ deletions: 'spared who begins' })).toContain('reader: apply');
    const never = { ...SCENARIOS['a reader that ends before it has kept its token']!, ends: 0 };
    expect(explore(never, { ...OURS, deletions: 'spared who begins' }).counterexample).toBe(null);
  });
});
