import { describe, expect, it } from 'vitest';
import { findExercise } from '../../../src/motion/exercises/index.ts';
import {
  generateMovement,
  type OrganizationOptions,
  planOrganization,
} from '../../../src/motion/generator/index.ts';

const day_us = 86_400_000_000;
const end_us = Date.parse('2025-06-30T17:00:00Z') * 1000;
const team: OrganizationOptions = { seed: 1, names: 'team', athletes: 24, sessions: 220, end_us };
const clinic: OrganizationOptions = { seed: 2, names: 'clinic', athletes: 10, sessions: 80, end_us };
const published = [
  'Left Regular Ankle Dorsiflexion - Weighted',
  'Right Regular Ankle Dorsiflexion - Weighted',
  'Left 90-90 Test Unilateral Shoulder IR/ER',
  'Right 90-90 Test Unilateral Shoulder IR/ER',
  'Hip Hinge Test',
];

describe.each([
  ['a team', team],
  ['a clinic', clinic],
  ['a smaller team', { ...team, sessions: 180 }],
  ['a smaller clinic', { ...clinic, sessions: 60 }],
] as const)('the plan of %s', (_, options) => {
  const plan = planOrganization(options);

  it('is the same every time, and another for another seed', () => {
    expect(planOrganization(options)).toEqual(plan);
    expect(planOrganization({ ...options, seed: 77 })).not.toEqual(plan);
  });

  it('has as many athletes and sessions as asked for', () => {
    expect(plan.athletes).toHaveLength(options.athletes);
    expect(plan.sessions).toHaveLength(options.sessions);
    expect(new Set(plan.sessions.map((session) => session.athlete)).size).toBe(options.athletes);
  });

  it('names nobody twice, and somebody with a dot, a hyphen and an accent', () => {
    const names = plan.athletes.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
    expect(new Set(names).size).toBe(names.length);
    expect(plan.athletes.some(({ lastName }) => lastName.includes('.'))).toBe(true);
    expect(plan.athletes.some(({ lastName }) => lastName.includes('-'))).toBe(true);
    expect(names.some((name) => /[^\x20-\x7e]/.test(name))).toBe(true);
  });

  it('records known exercises only, the five published ones among them', () => {
    const exercises = new Set(plan.sessions.map(({ exercise }) => exercise));
    for (const name of exercises) expect(findExercise(name)).toBeDefined();
    for (const name of published) expect(exercises).toContain(name);
  });

  it('has exactly one free session, and stand-alone ones', () => {
    const free = plan.sessions.filter(({ kind }) => kind === 'free');
    expect(free.map(({ sessionName, assessment }) => [sessionName, assessment])).toEqual([
      ['Free session', null],
    ]);
    expect(plan.sessions.filter(({ kind }) => kind === 'exercise').length).toBeGreaterThan(15);
    for (const { kind, sessionName, exercise } of plan.sessions)
      if (kind !== 'free') expect(sessionName).toBe(exercise);
  });

  it('keeps an assessment to one athlete, one visit and several exercises', () => {
    for (const [index, assessment] of plan.assessments.entries()) {
      const within = plan.sessions.filter((session) => session.assessment === index);
      expect(within.length).toBeGreaterThan(2);
      for (const session of within) {
        expect(session.kind).toBe('assessment');
        expect(session.athlete).toBe(assessment.athlete);
        expect(session.at_us - assessment.at_us).toBeLessThan(day_us / 24);
      }
    }
  });

  it('covers six months of working hours and never passes the end', () => {
    const times = plan.sessions.map(({ at_us }) => at_us);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(end_us - times[0]!).toBeGreaterThan(150 * day_us);
    expect(end_us - times[0]!).toBeLessThan(190 * day_us);
    expect(end_us - times.at(-1)!).toBeLessThan(8 * day_us);
    for (const at_us of times) {
      expect(Number.isSafeInteger(at_us)).toBe(true);
      expect(at_us).toBeLessThanOrEqual(end_us);
      const at = new Date(at_us / 1000);
      expect([0, 6]).not.toContain(at.getUTCDay());
      expect(at.getUTCHours()).toBeGreaterThanOrEqual(8);
      expect(at.getUTCHours()).toBeLessThan(17);
    }
  });

  it('improves athletes slowly and hurts one of them for a while', () => {
    const hurt = plan.sessions.filter(({ traits }) => traits.injury);
    expect(hurt.length).toBeGreaterThan(1);
    expect(new Set(hurt.map(({ athlete }) => athlete))).toEqual(new Set([0]));
    const later = plan.sessions.filter(({ athlete, at_us }) => athlete === 0 && at_us > hurt.at(-1)!.at_us);
    expect(later.length).toBeGreaterThan(0);
    const form = plan.sessions
      .filter(({ athlete, kind }) => athlete === 3 && kind !== 'free')
      .map(({ traits }) => traits.form!);
    expect(form.at(-1)!).toBeGreaterThan(form[0]!);
  });
});

it('asks the same athlete back about weekly', () => {
  const visits = planOrganization(team).sessions.filter(
    ({ athlete, kind }) => athlete === 0 && kind !== 'free',
  );
  const days = [...new Set(visits.map(({ at_us }) => Math.floor(at_us / day_us)))];
  const gap_days = (days.at(-1)! - days[0]!) / (days.length - 1);
  expect(gap_days).toBeGreaterThan(5);
  expect(gap_days).toBeLessThan(14);
});

it('holds the five published tests with three sessions per athlete', () => {
  for (const athletes of [3, 8, 24, 60]) {
    const plan = planOrganization({ ...team, athletes, sessions: 3 * athletes });
    const exercises = plan.sessions.map(({ exercise }) => exercise);
    expect([athletes, published.every((name) => exercises.includes(name))]).toEqual([athletes, true]);
  }
});

it('plans any evening of the week as the end', () => {
  for (let day = 0; day < 7; day++) {
    const until_us = end_us - day * day_us - 11 * 3_600_000_000;
    for (const { at_us } of planOrganization({ ...clinic, end_us: until_us }).sessions)
      expect(at_us).toBeLessThanOrEqual(until_us);
  }
});

it('plans as little as one session and as much as a benchmark needs', () => {
  expect(planOrganization({ ...team, athletes: 1, sessions: 1 }).sessions).toHaveLength(1);
  expect(planOrganization({ ...team, athletes: 300, sessions: 5000 }).sessions).toHaveLength(5000);
});

it('can generate both demo organizations in a few seconds', () => {
  const started = performance.now();
  let samples = 0;
  for (const options of [team, clinic]) {
    for (const { exercise, seed, traits } of planOrganization(options).sessions) {
      samples += generateMovement(findExercise(exercise)!, { seed, athlete: traits }).time.length;
    }
  }
  expect(samples).toBeGreaterThan(300 * 360);
  expect(performance.now() - started).toBeLessThan(8000);
});
