import { nearMatches } from '../motion/near.ts';
import type { Athlete, Exercise, KinebaseClient } from '../sdk/index.ts';
import { UsageError } from './explain.ts';

/** Records by what people call them. A name that fits nobody, or several, is refused: a guess would mix up athletes. */

export const nameOf = ({ FirstName, LastName }: Athlete): string =>
  [FirstName, LastName].filter((part) => part !== '').join(' ');

/** By id, by ExternalID, or by exactly the first and last name. Null when nobody is called that. */
export function findAthlete(athletes: readonly Athlete[], called: string): Athlete | null {
  const wanted = plain(called);
  const byId = athletes.find(({ ValorID }) => ValorID.toUpperCase() === wanted.toUpperCase());
  if (byId !== undefined) return byId;
  const found = athletes.filter(
    (athlete) => athlete.ExternalID === called || plain(nameOf(athlete)) === wanted,
  );
  if (found.length > 1) {
    const each = found.map(
      ({ ValorID, ExternalID }) => `${ValorID}${ExternalID === null ? '' : ` (ExternalID ${ExternalID})`}`,
    );
    throw new UsageError(
      `${found.length} athletes are called ${JSON.stringify(called)}; say which by id: ${each.join(', ')}`,
    );
  }
  return found[0] ?? null;
}

export function unknownAthlete(athletes: readonly Athlete[], called: string, otherwise = ''): UsageError {
  return new UsageError(
    `there is no athlete ${JSON.stringify(called)}${similar(called, athletes.map(nameOf))}${otherwise}`,
  );
}

export async function resolveAthlete(client: KinebaseClient, called: string): Promise<Athlete> {
  const athletes = await client.athletes.list().all();
  const found = findAthlete(athletes, called);
  if (found === null) throw unknownAthlete(athletes, called);
  return found;
}

/** By id or by exactly its name. */
export async function resolveExercise(client: KinebaseClient, called: string): Promise<Exercise> {
  const exercises = await client.exercises.list().all();
  const found = exercises.find(
    (exercise) => exercise['Exercise Name'] === called || exercise['Exercise ID'] === called,
  );
  if (found !== undefined) return found;
  const names = exercises.map((exercise) => exercise['Exercise Name']);
  throw new UsageError(`there is no exercise ${JSON.stringify(called)}${similar(called, names)}`);
}

export function similar(called: string, names: readonly string[]): string {
  const near = nearMatches(called, names);
  return near.length === 0 ? '' : `; similar: ${near.join(', ')}`;
}

const plain = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ');
