import type { Exercise, Session } from '../../sdk/index.ts';

/** An exercise as an athlete does it: tests of one side are two exercises, `Left …` and `Right …`, and belong together. */
export interface Family {
  /** Id of the first. */
  id: string;
  /** Without the side where there are two. */
  name: string;
  ids: readonly string[];
}

export function familiesOf(exercises: readonly Pick<Exercise, 'Exercise ID' | 'Exercise Name'>[]): Family[] {
  const byName = new Map<string, string[]>();
  const names = new Set(exercises.map((exercise) => exercise['Exercise Name']));
  for (const { 'Exercise ID': id, 'Exercise Name': name } of exercises) {
    const bare = name.replace(ONE_SIDE, '');
    const both = bare !== name && names.has(`Left ${bare}`) && names.has(`Right ${bare}`);
    const family = both ? bare : name;
    byName.set(family, [...(byName.get(family) ?? []), id]);
  }
  return [...byName]
    .map(([name, ids]) => ({ id: ids[0]!, name, ids }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

const ONE_SIDE = /^(?:Left|Right) /;

export interface CountedFamily extends Family {
  /** The athlete's sessions, newest first. */
  sessions: readonly Session[];
}

/** Those that the athlete has done. */
export function countedFamilies(families: readonly Family[], sessions: readonly Session[]): CountedFamily[] {
  return families
    .map((family) => ({
      ...family,
      sessions: sessions.filter((session) => family.ids.includes(session['Exercise ID'])),
    }))
    .filter((family) => family.sessions.length > 0);
}
