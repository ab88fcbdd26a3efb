// People, assessments and sessions as an archive of years holds them; the same for the same organization in every run,
// but for the ids of the exercise library. Few exercises make most of the sessions, few athletes come often.
import { PIPELINE_VERSION } from '../../dist/motion/process.js';

/** The last session of every archive; the first is three years older. */
const LAST_us = Date.UTC(2026, 10, 1) * 1000;
const SPAN_us = 3 * 365 * 86_400 * 1e6;
const FIRST_NAMES = [
  'Ada',
  'Björn',
  'Chloé',
  'Dmitri',
  'Emeka',
  'Fatima',
  'Grace',
  'Hiroshi',
  'Inés',
  'Jürgen',
  'Kaya',
  'Łukasz',
  'Mia',
  'Noor',
  'Olivia',
  'Paul',
  'Quentin',
  'Rosa',
  'Søren',
  'Tuan',
  'Uma',
  'Viktor',
  'Wei',
  'Yusuf',
  'Zoë',
];
const LAST_NAMES = [
  'Smith',
  'Müller',
  'García',
  'Nguyen',
  "O'Neill",
  'Okafor',
  'Tanaka',
  'Ivanova',
  'Yılmaz',
  'van den Berg',
  'Silva',
  'Kowalski',
  'Haddad',
  'Lindström',
  'Rossi',
  'Chen',
  'Dubois',
  'Patel',
  'Novák',
  'Johnson',
];
const REMARKS = [
  'left',
  'right',
  'after training',
  'with 5 kg',
  'second try',
  'week 6',
  '"slow"',
  'pain 2/10',
  'ohne Schuhe',
  'baseline',
];

/** `organization`: its number, from 1. `exercises`: of the wire. */
export function generateOrganization(organization, { sessions, exercises }) {
  const random = seeded(organization);
  const athletes = Array.from({ length: Math.max(5, Math.min(200, Math.round(sessions / 200))) }, () => ({
    ValorID: uuidOf(LAST_us - SPAN_us, random),
    FirstName: FIRST_NAMES[skewed(random, FIRST_NAMES.length)],
    LastName: LAST_NAMES[skewed(random, LAST_NAMES.length)],
    ExternalID: null,
  }));
  const assessments = athletes.slice(0, Math.ceil(athletes.length / 2)).map((athlete, index) => ({
    'Assessment ID': uuidOf(timeOf(index, athletes.length), random),
    'Assessment Name': `Screening ${1 + (index % 4)}`,
    'Athlete ID': athlete.ValorID,
    Date: new Date(timeOf(index, athletes.length) / 1000).toISOString(),
  }));
  return {
    athletes,
    assessments,
    /** Sessions in order of recording, in batches of at most `size`. */
    *batches(size) {
      for (let first = 0; first < sessions; first += size) {
        const length = Math.min(size, sessions - first);
        yield Array.from({ length }, (_, offset) => session(first + offset));
      }
    },
  };

  function session(index) {
    const recordedAt_us = timeOf(index, sessions) - Math.floor(random() * 1e6);
    const sessionId = uuidOf(recordedAt_us, random);
    const exercise = exercises[skewed(random, exercises.length)];
    const who = skewed(random, athletes.length);
    const assessment = random() < 0.25 ? assessments[who] : undefined;
    const remark = random() < 0.15 ? ` ${REMARKS[skewed(random, REMARKS.length)]}` : '';
    return {
      sessionId,
      recordedAt_us,
      athleteId: athletes[who].ValorID,
      assessmentId: assessment?.['Assessment ID'] ?? null,
      exerciseId: exercise['Exercise ID'],
      name: `${exercise['Exercise Name']}${remark}`,
      kind: assessment === undefined ? 'exercise' : 'assessment',
      duration_s: Math.round(50 + random() * 550) / 10,
      s3Key: `ik-${sessionId}`,
      sourceName: 'archive.mot',
      sourceSha256: '0'.repeat(64),
      sourceBytes: 0,
      sourceRate_hz: null,
      objects: `${sessionId}.bench`,
      seriesVersion: 1,
      reportVersion: 1,
      processing: null,
      repetitions: null,
      pipelineVersion: PIPELINE_VERSION,
    };
  }
}

/** When the session of an index was recorded, to a second: the place of any page without asking the store. */
export const timeOf = (index, sessions) => LAST_us - Math.floor((SPAN_us * (sessions - index)) / sessions);

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function seeded(seed) {
  let state = (seed * 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An index below `length`; half of the draws fall into the first eighth. */
const skewed = (random, length) => Math.floor(length * random() ** 3);

/** A UUID of version 7, as the server makes them: in order of time. */
export function uuidOf(time_us, random) {
  const word = () => hex(Math.floor(random() * 2 ** 32), 8);
  const time = hex(Math.floor(time_us / 1000), 12);
  const digits = word() + word();
  return [time.slice(0, 8), time.slice(8), `7${word().slice(5)}`, `8${digits.slice(0, 3)}`, digits.slice(4)]
    .join('-')
    .toUpperCase();
}

const hex = (number, digits) => number.toString(16).padStart(digits, '0');
