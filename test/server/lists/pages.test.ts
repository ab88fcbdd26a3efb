import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../setup/server.ts';

// Pages out of copies are put together in memory that is used again: none may be overwritten while it is on its way.
let server: TestServer;
let bearer: string;

beforeAll(async () => {
  server = await startServer({ DEMO: '1' }, (config) => ({ ...config, pageCache_bytes: 0 }));
  bearer = (await server.signIn('coach@riverside.example', 'demo-movement-1', 'riverside')).IdToken;
});
afterAll(() => server.end());

const body = async (path: string, next: string | null) => {
  const headers: Record<string, string> = {
    authorization: `Bearer ${bearer}`,
    'accept-encoding': 'identity',
  };
  if (next !== null) headers['x-continuation-token'] = next;
  return (await (await fetch(server.url + path, { headers })).json()) as {
    body: string;
    'X-Continuation-Token': string | null;
  };
};

/** The token of every page, and what it holds according to the store: lists with a filter are not copied. */
async function wanted(path: string) {
  const pages: { token: string | null; sessions: string }[] = [];
  let filtered: string | null = null;
  let token: string | null = null;
  do {
    const page = await body(`${path}&from=2000-01-01`, filtered);
    pages.push({ token, sessions: page.body });
    filtered = page['X-Continuation-Token'];
    token = (await body(path, token))['X-Continuation-Token'];
    expect(token === null).toBe(filtered === null);
  } while (filtered !== null);
  return pages;
}

type Form = 'string' | 'json';

/** The answer to a page whose body is that text. */
const answerOf = (form: Form, token: string | null, sessions: string) =>
  `{"statusCode":200,"X-Continuation-Token":${JSON.stringify(token)},"body":${form === 'json' ? sessions : JSON.stringify(sessions)}}`;

test.each<Form>(['string', 'json'])(
  'many pages at once are each what the store holds, as %s',
  async (form) => {
    const pages = await wanted('/sessions?limit=13');
    expect(pages.length).toBeGreaterThan(10);
    const ask = async (token: string | null) => {
      const headers = new Headers({
        authorization: `Bearer ${bearer}`,
        prefer: `body=${form}`,
        'accept-encoding': 'identity',
      });
      if (token !== null) headers.set('x-continuation-token', token);
      return fetch(`${server.url}/sessions?limit=13`, { headers });
    };
    for (let round = 0; round < 8; round++) {
      const answers = await Promise.all([...pages, ...pages, ...pages].map(({ token }) => ask(token)));
      for (const [place, answer] of answers.entries()) {
        const number = place % pages.length;
        const next = pages[number + 1]?.token ?? null;
        expect(await answer.text()).toBe(answerOf(form, next, pages[number]!.sessions));
        // Named ahead of the page, too.
        expect(answer.headers.get('x-continuation-token')).toBe(next);
      }
    }
  },
);

test.each<Form>(['string', 'json'])(
  'what a slow client has not taken yet is not overwritten by what others are sent, as %s',
  async (form) => {
    const whole = (await wanted('/sessions?limit=5000'))[0]!.sessions;
    const COUNT = 250;
    const { hostname, port } = new URL(server.url);
    const slow = connect(Number(port), hostname);
    slow.pause();
    // More than the system takes in advance: the rest waits in the server's memory.
    const asking = `GET /sessions?limit=5000 HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${bearer}\r\nPrefer: body=${form}\r\n\r\n`;
    slow.write(asking.repeat(COUNT));
    const pages = await wanted('/sessions?limit=13');
    for (let round = 0; round < 5; round++)
      await Promise.all(pages.map(({ token }) => body('/sessions?limit=13', token)));
    const text = answerOf(form, null, whole);
    let taken = '';
    let found = 0;
    for await (const chunk of slow.setEncoding('utf8')) {
      taken += chunk;
      for (let at = taken.indexOf(text); at >= 0; at = taken.indexOf(text)) {
        expect(taken.slice(0, at)).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:[\w-]+: [^\r]*\r\n)+\r\n$/);
        taken = taken.slice(at + text.length);
        found++;
      }
      if (found === COUNT) break;
      expect(taken.length).toBeLessThan(3 * text.length);
    }
    expect(found).toBe(COUNT);
  },
);
