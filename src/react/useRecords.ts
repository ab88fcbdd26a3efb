import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type {
  Assessment,
  Athlete,
  Exercise,
  IkData,
  IkDataOptions,
  KinebaseError,
  Report,
  ReportDataOptions,
  Session,
} from '../sdk/index.ts';
import { useClient } from './KinebaseProvider.ts';
import type { QueryChoice } from './QueryChoice.ts';
import { kinebaseQueries } from './queries.ts';

/** What a hook gives: `data`, `error` and the rest of TanStack Query. Old data is shown while new is on its way. */
export type KinebaseQuery<T> = UseQueryResult<T, KinebaseError>;

/** Whom or what to read; null, undefined or '' while that is not known, and nothing is asked. */
export type Which = string | null | undefined;

/** All athletes. */
export const useAthletes = (
  filters?: { externalID?: string },
  choice: QueryChoice = {},
): KinebaseQuery<Athlete[]> => useQuery({ ...kinebaseQueries.athletes(useClient(), filters), ...choice });

/** All assessments, or those of an athlete. */
export const useAssessments = (
  filters?: { athleteID?: string },
  choice: QueryChoice = {},
): KinebaseQuery<Assessment[]> =>
  useQuery({ ...kinebaseQueries.assessments(useClient(), filters), ...choice });

/** All exercises, or the one of a name. */
export const useExercises = (
  filters?: { name?: string },
  choice: QueryChoice = {},
): KinebaseQuery<Exercise[]> => useQuery({ ...kinebaseQueries.exercises(useClient(), filters), ...choice });

export const useSession = (id: Which, choice: QueryChoice = {}): KinebaseQuery<Session> =>
  useQuery({ ...kinebaseQueries.session(useClient(), id ?? ''), ...known(id, choice) });

/**
 * @example
 * const { data: report, error } = useReport(session.s3Key);
 */
export const useReport = (
  s3Key: Which,
  options?: Omit<ReportDataOptions, 'signal'>,
  choice: QueryChoice = {},
): KinebaseQuery<Report> =>
  useQuery({ ...kinebaseQueries.report(useClient(), s3Key ?? '', options), ...known(s3Key, choice) });

/**
 * @example
 * const { data: series } = useIkData(session.s3Key, { channels: ['knee_angle_r'], points: 500 });
 */
export const useIkData = (
  s3Key: Which,
  options?: Omit<IkDataOptions, 'signal'>,
  choice: QueryChoice = {},
): KinebaseQuery<IkData> =>
  useQuery({ ...kinebaseQueries.ikData(useClient(), s3Key ?? '', options), ...known(s3Key, choice) });

const known = (which: Which, choice: QueryChoice): QueryChoice =>
  which ? choice : { ...choice, enabled: false };
