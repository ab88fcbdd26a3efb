import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

export interface Difference {
  what: string;
  /** Both in one picture: what is the same pale, what differs red. */
  shown: Buffer;
}

/** Side of the squares that a picture is looked at in. */
const SQUARE = 32;
/** Pixels of a square that may differ: edges that another version of the browser draws a little otherwise. */
const TOLERATED = 40;
/** How far colours may be apart, from 0 to 1. */
const THRESHOLD = 0.1;

/**
 * What makes two pictures (PNG) different to a person; null: nothing. Smoothed edges are left out, and what remains is counted
 * square by square, so that a word that is gone weighs the same in a picture of any size.
 */
export function difference(kept: Buffer, taken: Buffer): Difference | null {
  const [a, b] = [PNG.sync.read(kept), PNG.sync.read(taken)];
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  const [before, after] = [a, b].map((one) => onCanvas(one, width, height));
  const marks = new PNG({ width, height });
  pixelmatch(before!.data, after!.data, marks.data, width, height, { threshold: THRESHOLD });
  const squares = new Map<number, number>();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (isMarked(marks, x, y)) {
        const square = Math.floor(y / SQUARE) * width + Math.floor(x / SQUARE);
        squares.set(square, (squares.get(square) ?? 0) + 1);
      }
  const changed = [...squares].filter(([, pixels]) => pixels > TOLERATED).map(([square]) => square);
  const size = (one: PNG) => `${one.width} × ${one.height}`;
  const resized = a.width !== b.width || a.height !== b.height;
  if (changed.length === 0 && !resized) return null;
  const first = changed[0];
  const places =
    first === undefined
      ? ''
      : `${changed.length} places, one at ${SQUARE * (first % width)}, ${SQUARE * Math.floor(first / width)}`;
  return {
    what: [resized ? `${size(a)} became ${size(b)}` : '', places].filter(Boolean).join('; '),
    shown: small(marks),
  };
}

/** The same picture in the fewest bytes that PNG can do without losing anything. */
export const smaller = (picture: Buffer): Buffer => small(PNG.sync.read(picture));

const small = (picture: PNG) =>
  PNG.sync.write(picture, { colorType: 2, filterType: 0, deflateLevel: 9, deflateStrategy: 0 });

/** What one picture has and the other has not differs from nothing. */
function onCanvas(picture: PNG, width: number, height: number): PNG {
  const canvas = new PNG({ width, height });
  PNG.bitblt(picture, canvas, 0, 0, picture.width, picture.height, 0, 0);
  return canvas;
}

/** pixelmatch paints what differs red, and edges yellow. */
const isMarked = ({ data, width }: PNG, x: number, y: number) => {
  const at = 4 * (y * width + x);
  return data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 0;
};
