import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherBytes } from '../../src/mirror/gatherBytes.ts';

test('pieces of any size come out as the same bytes, in pieces that are large enough', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 60 }), async (given, least) => {
      const gathered: Uint8Array[] = [];
      for await (const piece of gatherBytes(given, least)) gathered.push(piece);
      expect(Buffer.concat(gathered)).toEqual(Buffer.concat(given));
      for (const piece of gathered.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(least);
      expect(gathered.every(({ length }) => length > 0)).toBe(true);
    }),
  );
});
