/** The plan of an invented organization: who trained what and when, for six months before a given moment. */

import { exerciseLibrary } from '../exercises/index.ts';
import type { AthleteTraits } from './athlete.ts';
import { day_us, span_days, visitTimes } from './calendar.ts';
import { inventPeople } from './people.ts';
import { type AssessmentTemplate, type Focus, programmes } from './programmes.ts';
import { createRandom, mixSeed, type Random } from './random.ts';

export type PlannedKind = 'exercise' | 'assessment' | 'free';

export interface OrganizationOptions {
  readonly seed: number;
  /** Which people are invented: a performance team or a clinic's patients. */
  readonly names: 'team' | 'clinic';
  /** At least one. */
  readonly athletes: number;
  /** Sessions in all, the free one included: at least one. */
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

/**
 * The same options give the same plan. The five tests with published names are in it as soon as the first athlete's
 * share is five sessions: three per athlete on average are enough.
 */
export function planOrganization(options: OrganizationOptions): OrganizationPlan {
  const athletes = inventPeople(options.names, options.athletes, options.seed);
  const assessments: PlannedAssessment[] = [];
  const sessions: PlannedSession[] = [];
  for (const [athlete, listed] of shareOut(options.sessions - 1, options.athletes).entries()) {
    planAthlete(athlete, listed, options, assessments, sessions);
  }
  if (options.sessions > 0) sessions.push(freeSession(options));
  sessions.sort((one, other) => one.at_us - other.at_us || one.seed - other.seed);
  return { athletes, assessments, sessions };
}

/** Sessions per athlete: every sixth athlete comes about weekly for the whole half year and gets four shares. */
function shareOut(sessions: number, athletes: number): number[] {
  const weights = Array.from({ length: athletes }, (_, i) => (comesRegularly(i) ? 4 : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let given = 0;
  return weights.map((weight) => {
    before += weight;
    const upToHere = Math.round((sessions * before) / total);
    const share = upToHere - given;
    given = upToHere;
    return share;
  });
}

const comesRegularly = (athlete: number) => athlete % 6 === 0;

function planAthlete(
  athlete: number,
  listed: number,
  { seed, names, end_us }: OrganizationOptions,
  assessments: PlannedAssessment[],
  sessions: PlannedSession[],
): void {
  const random = createRandom(mixSeed(seed, `athlete ${athlete}`));
  const programme = programmes[names];
  const focus = programme.focuses[athlete % programme.focuses.length]!;
  const template = programme.assessments[athlete % programme.assessments.length]!;
  const visits = planVisits(listed, template, focus, comesRegularly(athlete), random);
  const traits = traitsOverTime(athlete, seed, end_us, focus, random);
  const times = visitTimes(visits.length, end_us, comesRegularly(athlete), random);
  for (const [visit, { assessment, exercises }] of visits.entries()) {
    let at_us = times[visit]!;
    const index = assessment === null ? null : assessments.push({ name: assessment, athlete, at_us }) - 1;
    for (const exercise of exercises) {
      sessions.push({
        athlete,
        exercise,
        assessment: index,
        sessionName: exercise,
        kind: index === null ? 'exercise' : 'assessment',
        at_us,
        seed: random.below(2 ** 32),
        traits: traits(at_us),
      });
      // A few minutes between two recordings of one visit.
      at_us += Math.floor(random.between(90, 240) * 1_000_000);
    }
  }
}

interface Visit {
  readonly assessment: string | null;
  readonly exercises: readonly string[];
}

/** An assessment first, the same again at the end where there is room, between them what the athlete works on. */
function planVisits(
  listed: number,
  template: AssessmentTemplate,
  focus: Focus,
  weekly: boolean,
  random: Random,
): Visit[] {
  const assessed: Visit = { assessment: template.name, exercises: template.exercises };
  const size = template.exercises.length;
  const first = listed >= size ? [assessed] : [];
  const last = weekly && listed >= 2 * size + 8 ? [assessed] : [];
  const between: Visit[] = [];
  let left = listed - size * (first.length + last.length);
  while (left > 0) {
    const other = random.next() < 0.35;
    const turn = focus.exercises[between.length % focus.exercises.length]!;
    // Weekly visits are short, one exercise in turn; a single visit takes left and right together.
    const own = weekly ? [turn] : focus.exercises;
    const exercises = (other ? [random.pick(exerciseLibrary).name] : own).slice(0, left);
    between.push({ assessment: null, exercises });
    left -= exercises.length;
  }
  return [...first, ...between, ...last];
}

/** Slow improvement for everybody; the first athlete is hurt after half the time and recovers within eight weeks. */
function traitsOverTime(athlete: number, seed: number, end_us: number, focus: Focus, random: Random) {
  const body = mixSeed(seed, `body ${athlete}`);
  const start = random.between(-0.9, 0.1);
  const gain = random.between(0.3, 1.4);
  const hurt_us = end_us - 0.48 * span_days * day_us;
  return (at_us: number): AthleteTraits => {
    const progress = 1 - (end_us - at_us) / (span_days * day_us);
    const form = start + gain * progress;
    const severity = athlete === 0 && at_us >= hurt_us ? 1 - (at_us - hurt_us) / (56 * day_us) : 0;
    return { body, form, injury: severity > 0 ? { joint: focus.joint, side: 'L', severity } : null };
  };
}

/** The one sandbox recording, by the second athlete if there is one, a fortnight before the end. */
function freeSession({ seed, athletes, end_us }: OrganizationOptions): PlannedSession {
  const random = createRandom(mixSeed(seed, 'free session'));
  const athlete = Math.min(1, athletes - 1);
  return {
    athlete,
    exercise: 'Squat',
    assessment: null,
    sessionName: 'Free session',
    kind: 'free',
    at_us: visitTimes(1, end_us - 13 * day_us, true, random)[0]!,
    seed: random.below(2 ** 32),
    traits: { body: mixSeed(seed, `body ${athlete}`) },
  };
}
