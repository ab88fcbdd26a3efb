import { expect, test } from 'vitest';

interface Session {
  sessionId: string;
  recordedAt_us: number;
  athleteId: string;
  assessmentId: string | null;
  exerciseId: string;
  kind: string;
}
const { generateOrganization, timeOf } = (await import(
  new URL('../../bench/lib/generator.mjs', import.meta.url).href
)) as {
  generateOrganization(
    number: number,
    options: { sessions: number; exercises: object[] },
  ): { athletes: { ValorID: string }[]; batches(size: number): Iterable<Session[]> };
  timeOf(index: number, sessions: number): number;
};

const exercises = ['Squat', 'Hip Hinge Test', 'Gait', 'Right Elbow Flexion'].map((name, index) => ({
  'Exercise ID': String(index),
  'Exercise Name': name,
}));
const generate = (number: number) => generateOrganization(number, { sessions: 1000, exercises });
const sessionsOf = (number: number) => [...generate(number).batches(300)].flat();

test('an organization is the same in every run, and differs from the others', () => {
  expect(sessionsOf(3)).toEqual(sessionsOf(3));
  expect(sessionsOf(3)[0]!.sessionId).not.toBe(sessionsOf(4)[0]!.sessionId);
  expect(new Set([...sessionsOf(3), ...sessionsOf(4)].map(({ sessionId }) => sessionId)).size).toBe(2000);
});

test('the time of an index tells how many sessions are older', () => {
  const sessions = sessionsOf(1);
  for (const index of [0, 1, 99, 500, 999])
    expect(sessions.filter(({ recordedAt_us }) => recordedAt_us <= timeOf(index, 1000))).toHaveLength(
      index + 1,
    );
});

test('few exercises make most of the sessions, and an assessment is of its athlete', () => {
  const sessions = sessionsOf(1);
  const first = sessions.filter(({ exerciseId }) => exerciseId === '0').length;
  expect(first).toBeGreaterThan(500);
  for (const { kind, assessmentId } of sessions) expect(kind === 'assessment').toBe(assessmentId !== null);
});
