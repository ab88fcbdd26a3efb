/** Invented movement and invented organizations, for the demo, for tests and for benchmarks. */

export type { AthleteTraits, InjuredJoint, Injury } from './athlete.ts';
export { generateMovement, type MovementOptions } from './movement.ts';
export {
  type OrganizationOptions,
  type OrganizationPlan,
  type PlannedAssessment,
  type PlannedAthlete,
  type PlannedKind,
  type PlannedSession,
  planOrganization,
} from './organization.ts';
