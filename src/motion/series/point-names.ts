/** Names of channels as people say them: a marker once, not by its three coordinates. */
import type { Dictionary } from '../joints.ts';

/** `P_tx` of a marker, or `P_x` of what a model gives as a point (forces, moments). */
const COORDINATE = /^(.+)(_t?)([xyz])$/;

/**
 * `P` in place of `P_tx`, `P_ty` and `P_tz` (`P_x`, `P_y` and `P_z`) where all three are among the names. Those that the
 * dictionary knows stay apart: the pelvis moves and turns, and each component of a joint's angles is a motion of its own.
 */
export function pointNames(names: readonly string[], dictionary: Dictionary): string[] {
  const all = new Set(names);
  return names.flatMap((name) => {
    const [, point, joined, axis] = COORDINATE.exec(name) ?? [];
    if (point === undefined || dictionary.find(name) !== undefined) return [name];
    if (!['x', 'y', 'z'].every((each) => all.has(`${point}${joined}${each}`))) return [name];
    return axis === 'x' ? [point] : [];
  });
}
