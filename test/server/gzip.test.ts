import { crc32, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assembleGzip, combineCrc, deflatePiece, storedPiece } from '../../src/server/gzip.ts';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }).map((array) => Buffer.from(array)),
  fc.tuple(fc.string(), fc.nat(5000)).map(([text, times]) => Buffer.from(text.repeat(times % 200))),
);

test('the checksum of two pieces follows from those of each', () => {
  fc.assert(
    fc.property(bytes, bytes, (first, second) => {
      expect(combineCrc(crc32(first), crc32(second), second.length)).toBe(
        crc32(Buffer.concat([first, second])),
      );
    }),
    { numRuns: 500 },
  );
  expect(combineCrc(0, 0, 0)).toBe(0);
  expect(combineCrc(crc32(Buffer.from('abc')), 0, 0)).toBe(crc32(Buffer.from('abc')));
});

test('pieces put together are one gzip stream that any reader reads', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(bytes, fc.constantFrom(deflatePiece, storedPiece)), { maxLength: 8 }),
      (parts) => {
        const stream = Buffer.concat(assembleGzip(parts.map(([plain, make]) => make(plain))));
        expect(gunzipSync(stream).equals(Buffer.concat(parts.map(([plain]) => plain)))).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('a piece may be used again and again, in any place', () => {
  const piece = deflatePiece(Buffer.from('0.5,'.repeat(10_000)));
  const comma = storedPiece(Buffer.from('|'));
  expect(gunzipSync(Buffer.concat(assembleGzip([piece, comma, piece, piece]))).toString()).toBe(
    `${'0.5,'.repeat(10_000)}|${'0.5,'.repeat(20_000)}`,
  );
});

test('a megabyte of nothing in common is whole as well', () => {
  const parts = Array.from({ length: 5 }, (_, i) =>
    Buffer.from(Uint8Array.from({ length: 200_000 }, (_, j) => (j * (i + 7) * 2654435761) >>> 13)),
  );
  for (const make of [deflatePiece, storedPiece])
    expect(gunzipSync(Buffer.concat(assembleGzip(parts.map(make)))).equals(Buffer.concat(parts))).toBe(true);
});
