import type { Exercise, ExerciseInput } from '../../contract/exercises.ts';
import { inParallel } from '../limit.ts';
import { markOf } from '../names.ts';
import { RecordError } from '../records.ts';
import type { Here, Listed } from './archives.ts';
import { at } from './place.ts';
import { differing, membersOf, put, refuseId, textOf } from './put.ts';
import type { ImportRun } from './run.ts';

/** What a source may say of an exercise beside its name. */
const DEFINITION = ['Category', 'PrimaryChannel', 'Polarity', 'Metrics', 'KneeFlexion'] as const;

/**
 * Exercises under their ids. Their names are unique at the destination, which has a library of its own: an exercise there of
 * the same name that no session uses gives way, and where the source tells no definition its definition is taken over.
 */
export async function importExercises(run: ImportRun, listed: Listed, here: Here): Promise<void> {
  const wanted = wantedOf(listed, here);
  const usedHere = new Set([...here.sessions.values()].map((session) => session['Exercise ID']));
  const usedThere = new Set([...listed.sessions.values()].map((session) => session['Exercise ID']));
  const holderOf = (id: string, { 'Exercise Name': name }: Wanted) =>
    [...here.exercises.values()].find(
      (other) => other['Exercise Name'] === name && other['Exercise ID'] !== id,
    );
  const importOne = ([id, exercise]: [string, Wanted]) => {
    const name = exercise['Exercise Name'];
    return run.attempt('exercises', id, name, async () => {
      refuseId(id);
      const holder = holderOf(id, exercise);
      if (holder === undefined) return putExercise(run, here, id, exercise);
      const holderId = holder['Exercise ID'];
      if (!wanted.has(holderId) && usedHere.has(holderId)) {
        if (usedThere.has(id))
          throw new RecordError(
            `destination: the name belongs to its exercise ${holderId}, which sessions there use: rename that one, for example with PATCH /exercises/${encodeURIComponent(holderId)}`,
          );
        run.notes.push(
          `the exercise ${JSON.stringify(name)}, which no session of the source uses, was left out: the destination has one of its own by that name`,
        );
        return;
      }
      if (!run.dryRun) await makeRoom(run, here, { id, exercise, holder, stays: wanted.has(holderId) });
      await putExercise(run, here, id, exercise, holder);
    });
  };
  // Those that have exchanged their names go one after the other, before the rest.
  const exchanged = new Set(
    [...wanted].filter((one) => wanted.has(holderOf(...one)?.['Exercise ID'] ?? '')).map(([id]) => id),
  );
  const inTurn = [...wanted].filter(([id]) => exchanged.has(id));
  const others = [...wanted].filter(([id]) => !exchanged.has(id));
  for (const [some, parallel] of [[inTurn, 1] as const, [others, run.parallel] as const])
    await inParallel(some, parallel, async (one) => {
      if (run.stopped() === null) await importOne(one);
    });
}

type Wanted = Partial<Exercise> & { 'Exercise Name': string };

/**
 * Frees the name. Killed anywhere in between, the next import finishes it: the exercise is there with its definition before
 * the one whose definition it may have taken over goes.
 */
async function makeRoom(
  { to, signal }: ImportRun,
  here: Here,
  { id, exercise, holder, stays }: { id: string; exercise: Wanted; holder: Exercise; stays: boolean },
): Promise<void> {
  const aside = (of: string) => `${exercise['Exercise Name'].slice(0, 180)} ${markOf(of)}`;
  const holderId = holder['Exercise ID'];
  if (stays) {
    // Its own turn gives it the name that it has at the source.
    const moved = { 'Exercise Name': aside(holderId) };
    here.exercises.set(holderId, await at('destination', to.exercises.patch(holderId, moved, { signal })));
    return;
  }
  if (!here.exercises.has(id)) {
    const input = { ...definitionOf(holder), ...exercise, 'Exercise Name': aside(id), 'Exercise ID': id };
    here.exercises.set(id, await at('destination', to.exercises.create(input, { signal })));
  }
  await at('destination', to.exercises.delete(holderId, { signal }));
  here.exercises.delete(holderId);
}

const definitionOf = (exercise: Exercise) => membersOf(exercise, DEFINITION) as Partial<Exercise>;

/** `made`: it was made under another name just now, in the place of this one. */
async function putExercise(
  run: ImportRun,
  here: Here,
  id: string,
  exercise: Wanted,
  made?: Exercise,
): Promise<void> {
  const { to, signal } = run;
  const there = here.exercises.get(id);
  if (made !== undefined && there?.['Exercise Name'].endsWith(markOf(id)) && !run.dryRun) {
    const changes = differing(there, exercise);
    here.exercises.set(id, await at('destination', to.exercises.patch(id, changes, { signal })));
    run.happened('exercises', id, 'new', exercise['Exercise Name']);
    return;
  }
  const result = await put<Exercise>(run, {
    kind: 'exercises',
    id,
    name: exercise['Exercise Name'],
    here: there,
    wanted: exercise,
    create: () => to.exercises.create({ ...(exercise as ExerciseInput), 'Exercise ID': id }, { signal }),
    patch: (changes) => to.exercises.patch(id, changes, { signal }),
  });
  if (result !== undefined) here.exercises.set(id, result);
}

/** By id, in the order of the ids; no name stands twice. */
function wantedOf({ lists, sessions }: Listed, here: Here): Map<string, Wanted> {
  const found = new Map<string, Wanted>();
  const named = new Map<string, string>();
  for (const { 'Exercise ID': id, 'Session Name': name } of sessions.values())
    if (id && !named.has(id)) named.set(id, nameWithoutSide(name ?? ''));
  for (const [id, record] of lists.exercises ?? []) {
    const name = textOf(record, 'Exercise Name', 'ExerciseName', 'Name', 'name') || named.get(id) || id;
    found.set(id, { ...membersOf(record, DEFINITION), 'Exercise Name': name });
  }
  // What only sessions name is added once and left alone then.
  for (const [id, name] of named)
    if (!found.has(id) && !here.exercises.has(id)) found.set(id, { 'Exercise Name': name || id });
  const taken = new Set<string>();
  const wanted = new Map<string, Wanted>();
  for (const [id, exercise] of [...found].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const name = exercise['Exercise Name'];
    const unique = taken.has(name) ? `${name.slice(0, 180)} ${markOf(id)}` : name;
    taken.add(unique);
    wanted.set(id, { ...exercise, 'Exercise Name': unique });
  }
  return wanted;
}

/** Sessions of one-sided tests are called after their exercise, with the side in front. */
const nameWithoutSide = (name: string): string =>
  name
    .replace(/^(Left|Right) /, '')
    .slice(0, 200)
    .trim();
