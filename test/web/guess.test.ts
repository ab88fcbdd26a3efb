import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Athlete, Exercise } from '../../src/sdk/index.ts';
import { guess } from '../../src/web/record/guess.ts';

const athlete = (ValorID: string, FirstName: string, LastName: string, ExternalID: string | null = null) =>
  ({ ValorID, FirstName, LastName, ExternalID }) satisfies Athlete;
const exercise = (name: string) => ({ 'Exercise ID': name, 'Exercise Name': name }) as Exercise;

const ATHLETES = [
  athlete('ada', 'Ada', 'Lovelace', 'R-17'),
  athlete('jorg', 'Jörg', 'Müller'),
  athlete('jane', 'Jane', 'Müller'),
  athlete('mononym', 'Pelé', ''),
];
const EXERCISES = ['Squat', 'Overhead Squat', 'Left Forward Lunge', 'Right Forward Lunge'].map(exercise);
const of = (name: string) => guess(name, ATHLETES, EXERCISES);

test.each([
  ['Ada Lovelace - Squat - 2026-05-03.mot', { athleteID: 'ada', exerciseID: 'Squat', date: '2026-05-03' }],
  [
    'lovelace_left-forward-lunge_20260503.csv.gz',
    { athleteID: 'ada', exerciseID: 'Left Forward Lunge', date: '2026-05-03' },
  ],
  ['R-17 overhead_squat.trc', { athleteID: 'ada', exerciseID: 'Overhead Squat' }],
  ['Müller, Jörg.c3d', { athleteID: 'jorg' }],
  ['jorg_squat_2.mot', { athleteID: 'jorg', exerciseID: 'Squat' }],
  ['Pelé.c3d', { athleteID: 'mononym' }],
  ['muller jorg 2026_02_28.sto', { athleteID: 'jorg', date: '2026-02-28' }],
])('%s says what it says', (name, expected) => expect(of(name)).toEqual(expected));

test.each([
  ['Müller squat.mot', { exerciseID: 'Squat' }],
  ['jane and ada.mot', {}],
  ['Ada Lovelace and Jane Müller.mot', {}],
  ['squats.mot', {}],
  ['squat 2026-02-30.mot', { exerciseID: 'Squat' }],
  ['session 120260503.mot', {}],
  ['.mot', {}],
])('%s leaves open what it does not say', (name, expected) => expect(of(name)).toEqual(expected));

test('whatever a file is called, nothing is guessed that the organization has not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const { athleteID, exerciseID, date } = guess(name, ATHLETES, EXERCISES);
      if (athleteID !== undefined) expect(ATHLETES.map(({ ValorID }) => ValorID)).toContain(athleteID);
      if (exerciseID !== undefined)
        expect(EXERCISES.map((each) => each['Exercise ID'])).toContain(exerciseID);
      if (date !== undefined) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
    }),
  );
});
