/** How well an angle fits its range. */

export type Score = 0 | 0.5 | 1;

/** Near: within this share of the range's width outside it … */
const NEAR_SHARE = 0.1;

/** … or within this many degrees, whichever is larger. */
const NEAR_DEG = 5;

/** 1 inside [min, max], both included; 0.5 near it; else 0. Null without a range. Degrees. Own definition. */
export function scoreOf(angle: number, min: number | null, max: number | null): Score | null {
  if (min === null || max === null) return null;
  const outside = Math.max(min - angle, angle - max, 0);
  if (outside === 0) return 1;
  return outside <= Math.max(NEAR_SHARE * (max - min), NEAR_DEG) ? 0.5 : 0;
}
