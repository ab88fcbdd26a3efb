import { describe, expect, test } from 'vitest';

/** The bench is plain JavaScript beside the product: what the tests ask of it is written down here. */
interface Box {
  name: string;
  kind: string;
  time: number;
  children: Map<string, Box>;
}
const lib = (name: string) => import(new URL(`../../bench/lib/${name}.mjs`, import.meta.url).href);
const { fold, drawFlame } = (await lib('flame')) as {
  fold(profile: object, window?: { from_ms?: number; to_ms?: number }): Box;
  drawFlame(root: Box, title: string): string;
};
const { drawChart } = (await lib('chart')) as {
  drawChart(dots: { name: string; share: number; ours?: boolean }[], texts: object): string;
};
const { median, quantile } = (await lib('results')) as {
  median(numbers: number[]): number;
  quantile(numbers: number[], share: number): number;
};

const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber });
const profile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3, 4, 7] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('(garbage collector)') },
    { id: 4, callFrame: frame('list', 'file:///somewhere/dist/server/sessions.js', 9), children: [5, 6] },
    { id: 5, callFrame: frame('query', 'file:///somewhere/node_modules/@scope/driver/index.js', 3) },
    { id: 6, callFrame: frame('write', 'node:net', 1) },
    // The same function called once more: one box with the other.
    { id: 7, callFrame: frame('list', 'file:///somewhere/dist/server/sessions.js', 9) },
  ],
  samples: [2, 3, 5, 5, 6, 7],
  timeDeltas: [1000, 10, 20, 30, 5, 35],
};

describe('folding a profile', () => {
  const root = fold(profile);

  test('counts all time but that of waiting', () => {
    expect(root.time).toBe(100);
  });

  test('counts a part of the profile when asked', () => {
    expect(fold(profile, { from_ms: 1.02, to_ms: 1.065 }).time).toBe(55);
  });

  test('puts calls of one function below one caller together', () => {
    const list = root.children.get('list server/sessions.js:10');
    expect(list).toMatchObject({ kind: 'own', time: 90 });
    expect([...list!.children.values()].map(({ name, kind, time }) => [name, kind, time])).toEqual([
      ['query @scope/driver', 'dependency', 50],
      ['write node:net', 'node', 5],
    ]);
  });

  test('draws boxes as wide as their time, with names that no folder of this machine is in', () => {
    const svg = drawFlame(root, 'a <title>');
    expect(svg).toContain('<title>list server/sessions.js:10: 90.0 %</title>');
    expect(svg).toMatch(/<title>query @scope\/driver: 50.0 %<\/title><rect [^>]*width="599.5"/);
    expect(svg).toContain('a &lt;title&gt;');
    expect(svg).not.toContain('somewhere');
  });
});

test('a chart puts each share at its place between the decades', () => {
  const svg = drawChart(
    [
      { name: 'limit', share: 1 },
      { name: 'ours & theirs', share: 0.1, ours: true },
      { name: 'slow', share: 0.01 },
    ],
    { title: 'Shares', axis: 'of the limit' },
  );
  const places = [...svg.matchAll(/<circle class="\w+" cx="([\d.]+)"/g)].map((match) => Number(match[1]));
  expect(places[1]! - places[2]!).toBeCloseTo(places[0]! - places[1]!, 1);
  expect(svg).toContain('ours &amp; theirs');
  expect(svg).toContain('>10 %<');
});

test('quantiles are values that occur', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(quantile([5, 1, 4, 2, 3], 0.99)).toBe(5);
});
