/** Names of channels as people say them: a marker once, not by its three coordinates. */
import type { Dictionary } from './joints.ts';

const COORDINATE = /^(.+)_t([xyz])$/;

/**
 * `P` in place of `P_tx`, `P_ty` and `P_tz` where all three are among the names; translations that the dictionary knows,
 * such as those of the pelvis, stay apart: the pelvis turns, too.
 */
export function pointNames(names: readonly string[], dictionary: Dictionary): string[] {
  const all = new Set(names);
  const pointOf = (name: string): string | undefined => {
    const point = COORDINATE.exec(name)?.[1];
    if (point === undefined || dictionary.find(name) !== undefined) return undefined;
    return ['x', 'y', 'z'].every((axis) => all.has(`${point}_t${axis}`)) ? point : undefined;
  };
  return names.flatMap((name) => {
    const point = pointOf(name);
    if (point === undefined) return [name];
    return name.endsWith('_tx') ? [point] : [];
  });
}
