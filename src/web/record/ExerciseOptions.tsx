import type { Exercise } from '../../sdk/index.ts';

/** Every exercise, as options of a choice. */
export const ExerciseOptions = ({ exercises }: { exercises: readonly Exercise[] }) =>
  exercises.map((exercise) => (
    <option key={exercise['Exercise ID']} value={exercise['Exercise ID']}>
      {exercise['Exercise Name']}
    </option>
  ));
