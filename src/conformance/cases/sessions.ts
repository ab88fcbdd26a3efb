import type { Case } from '../case.ts';
import { inShort, isMembers, type Members, must } from '../expect.ts';
import { forgivingList } from '../lenient.ts';
import { someOf, unlessPassing } from '../verdict.ts';
import { described } from '../words.ts';
import type { World } from '../world.ts';

export const SESSION_KEYS = [
  'Session ID',
  'Date',
  's3Key',
  'Duration',
  'Athlete ID',
  'Assessment ID',
  'Exercise ID',
  'Session Name',
] as const;

/** The five session names that client code compares by exact equality. */
export const PUBLISHED_NAMES = [
  'Left Regular Ankle Dorsiflexion - Weighted',
  'Right Regular Ankle Dorsiflexion - Weighted',
  'Left 90-90 Test Unilateral Shoulder IR/ER',
  'Right 90-90 Test Unilateral Shoulder IR/ER',
  'Hip Hinge Test',
] as const;

/** What stands in `Assessment ID` of a recording made on its own. */
const ALONE = 'singleExercise';

/** What a session is made of, and which are listed. */
export const SESSIONS: readonly Case[] = [
  {
    number: 34,
    title: 'athleteID restricts to one athlete; an unknown one has an empty page',
    check: async (world) =>
      unlessPassing(async () => {
        const { items } = await world.sessionsNow();
        const athletes = new Set(someOf(items, 'sessions').map((session) => session['Athlete ID']));
        for (const id of [...athletes].slice(0, 3)) {
          const answer = await world.get(`/sessions?athleteID=${encodeURIComponent(String(id))}`);
          const other = forgivingList(answer).find((session) => session['Athlete ID'] !== id);
          must(
            other === undefined,
            answer,
            'sessions of that athlete only',
            `one of ${described(other?.['Athlete ID'])}`,
          );
        }
        await mustBeEmpty(world, crypto.randomUUID().toUpperCase());
      }),
  },
  {
    number: 36,
    title: 'Every session has the eight keys, spelled so',
    check: (world) =>
      each(world, (session) => {
        const missing = SESSION_KEYS.find((key) => !(key in session));
        return missing === undefined ? null : [`the key ${missing}`, described(session)];
      }),
  },
  {
    number: 37,
    title: 'Date is a string that starts with the UTC date of recording',
    check: (world) =>
      each(world, ({ Date: date }) =>
        typeof date === 'string' && startsWithUtcDate(date)
          ? null
          : ['a Date that starts with the UTC date as YYYY-MM-DD', described(date)],
      ),
  },
  {
    number: 38,
    title: 's3Key is a string that is not empty',
    check: (world) =>
      each(world, ({ s3Key }) =>
        typeof s3Key === 'string' && s3Key !== '' ? null : ['an s3Key', described(s3Key)],
      ),
  },
  {
    number: 39,
    title: 'Free sessions never appear',
    async check(world) {
      const written = world.written();
      const athleteID = await written.athlete();
      const free = await written.session({ athleteID, sessionName: 'Free session', kind: 'free' });
      for (const query of ['', `?athleteID=${athleteID}`]) {
        const answer = await world.get(`/sessions${query}`);
        const listed = forgivingList(answer).some((each) => each['Session ID'] === free['Session ID']);
        must(!listed, answer, 'sessions without the free one that was just recorded', 'it among them');
      }
    },
  },
  {
    number: 40,
    title: 'Recordings made alone say singleExercise; those of an assessment share its id',
    async check(world) {
      await each(world, ({ 'Assessment ID': id }) =>
        typeof id === 'string' && id !== '' && (id === ALONE || letters(id) !== letters(ALONE))
          ? null
          : [`the Assessment ID ${ALONE}, or that of an assessment`, described(id)],
      );
      const ids = (await world.sessions()).items.map((session) => session['Assessment ID']);
      const shared = ids.some((id, index) => id !== ALONE && ids.indexOf(id) !== index);
      if (ids.includes(ALONE) && shared) return;
      const written = world.written();
      const athleteID = await written.athlete();
      const assessmentID = await written.assessment(athleteID);
      const own = [];
      for (const query of [{}, { assessmentID }, { assessmentID }])
        own.push((await written.session({ athleteID, ...query }))['Session ID']);
      const answer = await world.get(`/sessions?athleteID=${athleteID}`);
      const listed = new Map(forgivingList(answer).map((session) => [session['Session ID'], session]));
      const found = own.map((id) => listed.get(id)?.['Assessment ID']);
      const wanted = [ALONE, assessmentID, assessmentID];
      must(String(found) === String(wanted), answer, `the Assessment IDs ${wanted}`, String(found));
    },
  },
  {
    number: 41,
    title: 'The published session names come back unchanged, hyphen and slash included',
    async check(world) {
      await each(world, ({ 'Session Name': name }) => {
        const meant = PUBLISHED_NAMES.find((known) => letters(known) === letters(name));
        return meant === undefined || meant === name ? null : [`the Session Name ${meant}`, described(name)];
      });
      const names = new Set((await world.sessions()).items.map((session) => session['Session Name']));
      const missing = PUBLISHED_NAMES.filter((name) => !names.has(name));
      if (missing.length === 0) return;
      const written = world.written();
      const athleteID = await written.athlete();
      for (const sessionName of missing) await written.session({ athleteID, sessionName });
      const answer = await world.get(`/sessions?athleteID=${athleteID}`);
      const found = new Set(forgivingList(answer).map((session) => session['Session Name']));
      for (const name of missing)
        must(found.has(name), answer, `the Session Name ${name}`, [...found].map(described).join(', '));
    },
  },
  {
    number: 43,
    title: 'Without sessions the body is "[]"',
    async check(world) {
      const busy = new Set((await world.sessions()).items.map((session) => session['Athlete ID']));
      const idle = (await world.roster()).find(({ ValorID }) => !busy.has(ValorID))?.ValorID;
      const id = idle ?? (await world.written().athlete());
      const answer = await world.get(`/sessions?athleteID=${encodeURIComponent(String(id))}`);
      const body = isMembers(answer.json) ? answer.json.body : undefined;
      must(body === '[]', answer, 'the body "[]"', described(body));
    },
  },
];

/** Every listed session; the first that is not right is shown. */
async function each(
  world: World,
  wrong: (session: Members) => [expected: string, found: string] | null,
): Promise<void> {
  const listing = await world.sessions();
  for (const [index, session] of someOf(listing.items, 'sessions').entries()) {
    const fault = wrong(session);
    if (fault !== null) must(false, listing, fault[0], `${fault[1]} in place ${index + 1}`);
  }
}

async function mustBeEmpty({ get }: World, athlete: string): Promise<void> {
  const answer = await get(`/sessions?athleteID=${athlete}`);
  must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
  const { length } = forgivingList(answer);
  must(length === 0, answer, 'no sessions', `${length} sessions`);
  const token = isMembers(answer.json) ? answer.json['X-Continuation-Token'] : undefined;
  must(token === null, answer, 'X-Continuation-Token null', described(token));
}

/** A time with another offset than UTC may start with the date of another day. */
function startsWithUtcDate(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (date === undefined || Number.isNaN(Date.parse(date))) return false;
  const offset = /[+-]\d\d:?\d\d$/.exec(text.slice(10));
  return offset === null || new Date(text).toISOString().startsWith(date);
}

/** Letters and digits alone: names that differ in nothing else are meant to be the same. */
const letters = (name: unknown): string =>
  String(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
