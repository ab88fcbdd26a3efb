import type { KinebaseClient } from '../sdk/index.ts';

/**
 * Where TanStack Query keeps what the hooks have read: for invalidating it, as a whole or in part.
 *
 * @example
 * queryClient.invalidateQueries({ queryKey: kinebaseKeys.sessions({ athleteID }) });
 */
export const kinebaseKeys = {
  all: ['kinebase'],
  organization: () => key('organization'),
  athletes: (filters?: object) => key('athletes', filters),
  assessments: (filters?: object) => key('assessments', filters),
  exercises: (filters?: object) => key('exercises', filters),
  sessions: (filters?: object) => key('sessions', filters),
  session: (id?: string) => key('session', id),
  /** What the series of a recording mean, or all that the organization knows of. */
  channels: (s3Key?: string) => key('channels', s3Key),
  /** Every report that a session ever had. */
  reports: (sessionId?: string) => key('reports', sessionId),
  report: (s3Key?: string, options?: object) => key('report', s3Key, options),
  ikData: (s3Key?: string, options?: object) => key('ikData', s3Key, options),
  reportRows: (filters?: object) => key('reportRows', filters),
} as const;

const key = (...parts: readonly unknown[]): readonly unknown[] => [
  ...kinebaseKeys.all,
  ...parts.filter((part) => part !== undefined),
];

const numbers = new WeakMap<KinebaseClient, number>();
let last = 0;

/**
 * The key of one query. Its last member stands for the client: what one account has read is never shown to another that
 * signs in after it.
 */
export const keyOf = (client: KinebaseClient, key: readonly unknown[]): readonly unknown[] => [
  ...key,
  { client: numberOf(client) },
];

/** Whether a key is one of that client's. */
export const isOf = (client: KinebaseClient, key: readonly unknown[]): boolean =>
  (key.at(-1) as { client?: number } | undefined)?.client === numberOf(client);

function numberOf(client: KinebaseClient): number {
  const number = numbers.get(client) ?? ++last;
  numbers.set(client, number);
  return number;
}
