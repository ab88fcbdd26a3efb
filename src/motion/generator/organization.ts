/** The plan of an invented organization: who trained what and when, for six months before a given moment. */

import type { AthleteTraits } from './athlete.ts';

export type PlannedKind = 'exercise' | 'assessment' | 'free';

export interface OrganizationOptions {
  readonly seed: number;
  /** Which people are invented: a performance team or a clinic's patients. */
  readonly names: 'team' | 'clinic';
  readonly athletes: number;
  /** Sessions in all, the free one included. */
  readonly sessions: number;
  /** Microseconds since 1970 UTC of the last moment that a session may have. */
  readonly end_us: number;
}

export interface PlannedAthlete {
  readonly firstName: string;
  readonly lastName: string;
}

/** Several exercises recorded in one visit. */
export interface PlannedAssessment {
  readonly name: string;
  /** Index into the plan's athletes. */
  readonly athlete: number;
  /** Microseconds since 1970 UTC: when its first session began. */
  readonly at_us: number;
}

export interface PlannedSession {
  /** Index into the plan's athletes. */
  readonly athlete: number;
  /** Name in the exercise library. */
  readonly exercise: string;
  /** Index into the plan's assessments; null for a stand-alone or free session. */
  readonly assessment: number | null;
  readonly sessionName: string;
  readonly kind: PlannedKind;
  /** Microseconds since 1970 UTC. */
  readonly at_us: number;
  /** For `generateMovement`. */
  readonly seed: number;
  /** For `generateMovement`: the athlete on that day. */
  readonly traits: AthleteTraits;
}

export interface OrganizationPlan {
  readonly athletes: readonly PlannedAthlete[];
  readonly assessments: readonly PlannedAssessment[];
  /** Oldest first. */
  readonly sessions: readonly PlannedSession[];
}

/** The same options give the same plan. */
export function planOrganization(options: OrganizationOptions): OrganizationPlan {
  throw new Error(`not yet: ${options.seed}`);
}
