/** `@kinebase/client/react`: the client as hooks on TanStack Query. */

export { KinebaseProvider, type KinebaseProviderProps, useClient } from './KinebaseProvider.ts';
export { kinebaseKeys } from './keys.ts';
export type { QueryChoice } from './QueryChoice.ts';
export { kinebaseQueries } from './queries.ts';
export { type UseChangesOptions, type UseChangesResult, useChanges } from './useChanges.ts';
export {
  type KinebaseQuery,
  useAssessments,
  useAthletes,
  useExercises,
  useIkData,
  useReport,
  useSession,
  type Which,
} from './useRecords.ts';
export { type UseSessionsOptions, type UseSessionsResult, useSessions } from './useSessions.ts';
