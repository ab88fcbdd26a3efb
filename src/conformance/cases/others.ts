import type { Answer } from '../ask.ts';
import type { Case } from '../case.ts';
import { arrayIn, envelopeIn, inShort, isMembers, type Members, must, mustRefuse } from '../expect.ts';
import { forgivingList, forgivingToken, forgivingValue, readListing, sameItems } from '../lenient.ts';
import { NODE, PYTHON, runLoop } from '../loops.ts';
import { someOf, Undecided, unlessPassing } from '../verdict.ts';
import { described } from '../words.ts';
import type { World } from '../world.ts';

/** The lists around sessions, the form of bodies, and the documented programs. */
export const OTHERS: readonly Case[] = [
  {
    number: 57,
    title: 'Each Assessment ID and Exercise ID of sessions is in its list',
    check: async (world) =>
      unlessPassing(async () => {
        const { items } = await world.sessionsNow();
        await mustResolve(world, '/assessments', 'Assessment ID', items);
        await mustResolve(world, '/exercises', 'Exercise ID', items);
      }),
  },
  {
    number: 58,
    title: 'GET /videoExport gives an envelope, or 404 for a key without video',
    async check({ get, sessions }) {
      mustRefuse(await get('/videoExport?s3Key=unknown'), 404);
      for (const { s3Key } of someOf((await sessions()).items, 'sessions').slice(0, 3)) {
        const answer = await get(`/videoExport?s3Key=${encodeURIComponent(String(s3Key))}`);
        if (answer.status === 200) envelopeIn(answer);
        else mustRefuse(answer, 404);
      }
    },
  },
  {
    number: 59,
    title: 'GET /sessionData answers as /sessions does',
    check: async ({ get }) =>
      unlessPassing(async () => {
        for (const query of ['', '?limit=2']) {
          const [older, usual] = [await get(`/sessionData${query}`), await get(`/sessions${query}`)];
          must(older.status === 200, older, 'HTTP 200', inShort(older));
          const found = forgivingList(older);
          must(sameItems(found, forgivingList(usual)), older, 'the page of /sessions', described(found));
          const same = (forgivingToken(older) === null) === (forgivingToken(usual) === null);
          must(same, older, 'X-Continuation-Token as of /sessions', described(forgivingToken(older)));
        }
      }),
  },
  {
    number: 60,
    title: 'Bodies are strings; Prefer: body=json parses them, and changes nothing else',
    async check(world) {
      const parsed = new Set<string>();
      const ignored: Answer[] = [];
      for (const path of await keyedPaths(world))
        await unlessPassing(async () => {
          const usual = await world.get(path);
          if (usual.status !== 200) return;
          const { body } = membersIn(usual);
          const wanted = 'a body that is a string unless asked otherwise';
          must(typeof body === 'string', usual, wanted, described(body));
          const asked = await world.get(path, { prefer: 'body=json' });
          if (typeof membersIn(asked).body === 'string') return void ignored.push(asked);
          parsed.add(path);
          mustDifferInFormOnly(asked, usual);
        });
      if (parsed.size === 0) throw new Undecided('the server knows no Prefer: body=json');
      for (const answer of ignored) must(false, answer, 'a body that is the value itself', 'a string');
    },
  },
  {
    number: 61,
    title: 'The documented Python and Node programs end and have every session',
    check: async (world) =>
      unlessPassing(async () => {
        const { items, whole } = await world.sessionsNow();
        if (!whole) throw new Undecided('the account has more sessions than are read (--most)');
        for (const limit of ['', String(Math.min(1000, Math.max(1, Math.ceil(items.length / 3))))])
          for (const loop of [PYTHON, NODE]) {
            const path = `/sessions?limit=${limit}&athleteID=`;
            const read = await runLoop(loop, (token) => world.get(path, { 'x-continuation-token': token }));
            const seen = new Set(read.map((session) => session['Session ID']));
            const missing = items.filter((session) => !seen.has(session['Session ID'])).length;
            const asked = { request: `GET ${world.base}${path}, by the ${loop.name} program` };
            must(missing === 0, asked, `all ${items.length} sessions`, `${missing} of them missing`);
          }
      }),
  },
];

async function mustResolve({ get }: World, path: string, key: string, sessions: Members[]): Promise<void> {
  const answer = await get(path);
  arrayIn(answer);
  const page = (token: string) => get(path, { 'x-continuation-token': token });
  const known = new Set(
    (await readListing(page, key, Number.POSITIVE_INFINITY))?.items.map((item) => item[key]),
  );
  for (const { [key]: id } of sessions)
    must(
      id === 'singleExercise' || known.has(id),
      answer,
      `the ${key} ${described(id)} of a session`,
      `${known.size} others`,
    );
}

/** One path of each kind of data. */
async function keyedPaths({ series, reports }: World): Promise<string[]> {
  const keyed = async (path: string, samples: typeof series) => {
    const [sample] = await samples();
    return sample === undefined ? [] : [`${path}?s3Key=${encodeURIComponent(String(sample.session.s3Key))}`];
  };
  return [
    '/athletes',
    '/assessments',
    '/exercises',
    '/sessions?limit=2',
    '/sessionData?limit=2',
    ...(await keyed('/ikData', series)),
    ...(await keyed('/reportData', reports)),
  ];
}

function mustDifferInFormOnly(asked: Answer, usual: Answer): void {
  const after = membersIn(asked);
  const [found, wanted] = [forgivingValue(asked), forgivingValue(usual)];
  const same =
    Array.isArray(found) && Array.isArray(wanted) ? sameItems(found, wanted) : sameItems([found], [wanted]);
  must(same, asked, 'the value that is in the string otherwise', described(after.body));
  const missing = Object.keys(membersIn(usual)).find((name) => !(name in after));
  must(missing === undefined, asked, `the member ${missing}`, described(after));
}

const membersIn = ({ json }: Answer): Members => (isMembers(json) ? json : {});
