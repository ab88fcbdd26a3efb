import type { Answer, Ask } from '../ask.ts';
import { type Case, DATA_PATHS } from '../case.ts';
import { inShort, must, mustExplain, mustRefuseSomehow } from '../expect.ts';
import { forgivingList, sameItems } from '../lenient.ts';
import { Undecided, unlessPassing } from '../verdict.ts';
import { described } from '../words.ts';
import type { World } from '../world.ts';

/** Paths, methods, headers, and how the server fails. */
export const ROUTING: readonly Case[] = [
  {
    number: 14,
    title: 'Doubled slashes before a path change nothing',
    async check({ get, base }) {
      // A base that has its stage already is joined with one slash too many; a bare host is also called by its stage.
      const prefixes = /^https?:\/\/[^/]+$/.test(base) ? ['/', '/production/'] : ['/'];
      for (const prefix of prefixes)
        await unlessPassing(async () => mustBeAlike(await get(`${prefix}/athletes`), await get('/athletes')));
    },
  },
  {
    number: 15,
    title: 'GET with Content-Type application/json and no body is answered as usual',
    async check({ get }) {
      const headers = { 'content-type': 'application/json' };
      for (const path of ['/athletes', '/sessions?limit=2'])
        await unlessPassing(async () => mustBeAlike(await get(path, headers), await get(path)));
    },
  },
  {
    number: 16,
    title: 'Unknown paths and methods get 4xx; browsers of other origins may call',
    async check(world) {
      for (const path of ['/nope', '/athletesathletes', '/sessions/a/b/c'])
        mustRefuseSomehow(await world.get(path));
      await mustRefuseMethods(world);
      await mustAdmitBrowsers(world);
    },
  },
  {
    number: 17,
    title: 'A failure inside the server is 5xx with a message, in JSON',
    async check({ get, failures }) {
      // Nobody can make another's server fail on purpose; these are what makes weak ones fail.
      for (const key of [
        '%00',
        '%25%73%n',
        'a'.repeat(4000),
        "'%22%3B--",
        '../../etc/passwd',
        '%F0%9F%A6%B5',
      ])
        await get(`/reportData?s3Key=${key}`);
      for (const answer of failures) mustExplain(answer);
      if (failures.length === 0) throw new Undecided('nothing that was asked made the server fail');
    },
  },
];

/** No body, and no DELETE: should some server know the method after all, there is nothing it could do. */
async function mustRefuseMethods({ ask, base, authorization }: World): Promise<void> {
  const headers = { authorization: await authorization() };
  for (const path of DATA_PATHS)
    for (const method of ['PUT', 'PATCH'])
      mustRefuseSomehow(await ask(method, `${base}${path}`, { headers }));
}

const ORIGIN = { origin: 'https://app.example' };

/** What pages send to the data, and what the browser library of the sign-in sends there (Fetch standard, CORS protocol). */
async function mustAdmitBrowsers({ ask, base, signInUrl, get }: World): Promise<void> {
  const data = ['authorization', 'x-continuation-token', 'content-type'];
  await mustAdmit(ask, `${base}/sessions`, 'GET', data);
  const door = ['content-type', 'x-amz-target', 'x-amz-user-agent', 'cache-control'];
  await mustAdmit(ask, `${signInUrl}/`, 'POST', door);
  mustAllowOrigin(await get('/athletes', ORIGIN));
}

async function mustAdmit(ask: Ask, url: string, method: string, headers: string[]): Promise<void> {
  const answer = await ask('OPTIONS', url, {
    headers: {
      ...ORIGIN,
      'access-control-request-method': method,
      'access-control-request-headers': headers.join(','),
    },
  });
  must(answer.status >= 200 && answer.status < 300, answer, 'HTTP 2xx for a preflight', inShort(answer));
  mustAllowOrigin(answer);
  const allowed = listIn(answer.header('access-control-allow-headers'));
  // The wildcard does not stand for Authorization.
  const missing = headers.filter(
    (name) => !allowed.includes(name) && (name === 'authorization' || !allowed.includes('*')),
  );
  must(
    missing.length === 0,
    answer,
    `Access-Control-Allow-Headers with ${headers.join(', ')}`,
    `no ${missing.join(', ')}`,
  );
}

function mustAllowOrigin(answer: Answer): void {
  const origin = answer.header('access-control-allow-origin');
  const allows = origin === '*' || origin === ORIGIN.origin;
  must(allows, answer, 'Access-Control-Allow-Origin * or the origin', described(origin ?? undefined));
}

const listIn = (header: string | null): string[] => (header ?? '').toLowerCase().split(/\s*,\s*/);

function mustBeAlike(answer: Answer, other: Answer): void {
  must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
  const found = forgivingList(answer);
  must(sameItems(found, forgivingList(other)), answer, 'the same as usual', described(found));
}
