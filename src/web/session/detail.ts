import { lengthOf, type Stretch } from '../charts/stretch.ts';

/** Values per curve that are asked for: two for every pixel of a wide screen. */
export const POINTS = 4000;

/**
 * What to read when so much is shown: a part at least twice as long, so that moving on needs nothing new for a while. There
 * are few of them, so that coming back finds what was read. null: the overview shows every frame that there is, or the part
 * would be the whole.
 */
export function detailOf(shown: Stretch | null, whole: Stretch, frames: number): Stretch | null {
  if (shown === null || frames <= POINTS) return null;
  const halvings = Math.floor(Math.log2(lengthOf(whole) / (2 * lengthOf(shown))));
  if (!(halvings >= 1)) return null;
  const length = lengthOf(whole) / 2 ** halvings;
  const step = length / 4;
  const middle = (shown.from + shown.to) / 2;
  const from = whole.from + Math.floor((middle - length / 2 - whole.from) / step) * step;
  return { from: Math.max(whole.from, from), to: Math.min(whole.to, from + length) };
}

/** Whether samples reach over all that is shown, give or take what lies between two of them. */
export const covers = (time: ArrayLike<number>, shown: Stretch, between: number): boolean =>
  time.length > 1 && time[0]! - between <= shown.from && time[time.length - 1]! + between >= shown.to;
