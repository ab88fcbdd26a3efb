import type { Athlete, Exercise } from '../../sdk/index.ts';
import { READ } from './endings.ts';

/** What a file's name says about the recording in it. Members are absent where it says nothing, or more than one thing. */
export interface Guess {
  athleteID?: string;
  exerciseID?: string;
  /** `YYYY-MM-DD`. */
  date?: string;
}

/**
 * Reads a name such as `Ada Lovelace - Squat - 2026-05-03.mot` or `lovelace_left-forward-lunge_20260503.csv`: letters and
 * digits count, whatever stands between them. The longest name of an exercise wins (`Overhead Squat` before `Squat`). An
 * athlete is found by both names, by an external id, or by a last name, then a first name, that nobody else in the organization has.
 */
export function guess(fileName: string, athletes: readonly Athlete[], exercises: readonly Exercise[]): Guess {
  const found: Guess = {};
  const date = dateIn(fileName);
  if (date !== null) found.date = date;
  const said = wordsOf(fileName.replace(READ, ''));
  const athlete = athleteIn(said, athletes);
  if (athlete !== null) found.athleteID = athlete.ValorID;
  const exercise = longest(exercises.filter((each) => holds(said, wordsOf(each['Exercise Name']))));
  if (exercise !== null) found.exerciseID = exercise['Exercise ID'];
  return found;
}

/** ` ada lovelace squat `: lower case, accents taken off, one space between words and around them. */
function wordsOf(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return ` ${plain.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? ''} `;
}

const holds = (said: string, words: string): boolean => words.trim() !== '' && said.includes(words);

function athleteIn(said: string, athletes: readonly Athlete[]): Athlete | null {
  const names = (first: string, last: string) => wordsOf(`${first} ${last}`);
  const whole = athletes.filter(
    ({ FirstName, LastName, ExternalID }) =>
      (FirstName !== '' &&
        LastName !== '' &&
        (holds(said, names(FirstName, LastName)) || holds(said, names(LastName, FirstName)))) ||
      (ExternalID !== null && holds(said, wordsOf(ExternalID))),
  );
  if (whole.length > 0) return whole.length === 1 ? whole[0]! : null;
  const byLast = athletes.filter(({ LastName }) => holds(said, wordsOf(LastName)));
  if (byLast.length > 0) return byLast.length === 1 ? byLast[0]! : null;
  const byFirst = athletes.filter(({ FirstName }) => holds(said, wordsOf(FirstName)));
  return byFirst.length === 1 ? byFirst[0]! : null;
}

function longest(found: readonly Exercise[]): Exercise | null {
  const length = (exercise: Exercise) => wordsOf(exercise['Exercise Name']).length;
  const most = Math.max(...found.map(length));
  const those = found.filter((exercise) => length(exercise) === most);
  return those.length === 1 ? those[0]! : null;
}

/** `2026-05-03`, `2026_05_03`, `20260503`; a day that the calendar has. */
function dateIn(text: string): string | null {
  for (const [, year, month, day] of text.matchAll(
    /(?<!\d)((?:19|20)\d\d)[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)/g,
  )) {
    const date = `${year}-${month}-${day}`;
    const read = new Date(`${date}T00:00:00Z`);
    if (!Number.isNaN(read.getTime()) && read.toISOString().startsWith(date)) return date;
  }
  return null;
}
