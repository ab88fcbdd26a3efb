import { useMemo } from 'react';
import { useAssessments, useAthletes, useExercises } from '../../react/index.ts';
import { nameOf } from '../athletes/nameOf.ts';
import { sessionsWords } from '../words/sessions.ts';

/** What ids are called. */
export interface Names {
  athlete(id: string): string;
  exercise(id: string): string;
  /** Empty outside an assessment. */
  assessment(id: string): string;
}

const CHOICE = { staleTime: Number.POSITIVE_INFINITY };

/** The lists that sessions refer to, read once and kept up by the change feed. */
export function useNames() {
  const athletes = useAthletes(undefined, CHOICE).data;
  const exercises = useExercises(undefined, CHOICE).data;
  const assessments = useAssessments(undefined, CHOICE).data;
  const names = useMemo<Names>(() => {
    const athleteNames = new Map(athletes?.map((one) => [one.ValorID, nameOf(one)]));
    const exerciseNames = new Map(exercises?.map((one) => [one['Exercise ID'], one['Exercise Name']]));
    const assessmentNames = new Map(
      assessments?.map((one) => [one['Assessment ID'], one['Assessment Name']]),
    );
    return {
      athlete: (id) => athleteNames.get(id) ?? (athletes === undefined ? '' : sessionsWords.unknown),
      exercise: (id) => exerciseNames.get(id) ?? '',
      assessment: (id) => assessmentNames.get(id) ?? '',
    };
  }, [athletes, exercises, assessments]);
  return { names, athletes, exercises, assessments };
}
