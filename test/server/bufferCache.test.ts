import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBufferCache, sizeOf } from '../../src/server/bufferCache.ts';

const bytes = (...sizes: number[]) => sizes.map((size) => Buffer.alloc(size));

test('what was put is found, until more than the limit is in; what was asked for longest ago goes first', () => {
  const cache = createBufferCache(100);
  cache.put('a', bytes(20, 20));
  cache.put('b', bytes(40));
  expect(sizeOf(cache.get('a')!)).toBe(40);
  cache.put('c', bytes(40));
  expect(cache.get('b')).toBe(undefined);
  expect(cache.get('a')).not.toBe(undefined);
  expect(cache.get('c')).not.toBe(undefined);
  expect(cache.get('never')).toBe(undefined);
});

test('what fills more than half of it is not kept: one long recording must not drive out all others', () => {
  const cache = createBufferCache(100);
  cache.put('small', bytes(30));
  cache.put('large', bytes(51));
  expect(cache.get('large')).toBe(undefined);
  expect(cache.get('small')).not.toBe(undefined);
  cache.put('half', bytes(50));
  expect(cache.get('half')).not.toBe(undefined);
});

test('never more than the limit, however it is used; what is found is what was put last', () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    size: fc.integer({ min: 0, max: 70 }),
    put: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const cache = createBufferCache(100);
      const last = new Map<string, number>();
      for (const { key, size, put } of steps) {
        if (put) {
          cache.put(key, bytes(size));
          last.set(key, size);
        } else {
          const found = cache.get(key);
          if (found !== undefined) expect(sizeOf(found)).toBe(last.get(key));
        }
        const total = [...last.keys()].reduce((sum, each) => sum + sizeOf(cache.get(each) ?? []), 0);
        expect(total).toBeLessThanOrEqual(100);
      }
    }),
  );
});
