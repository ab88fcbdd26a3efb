/** Wrong servers, each with the cases that speak of what it breaks. */
import type { Answered, Asked, Hooks } from './wrongServer.ts';

export interface Fault {
  /** What the server does. */
  what: string;
  /** Numbers of the cases that must fail, and no others. */
  fails: number[];
  /** The case needs records of its own to see it. */
  write?: true;
  hooks(): Hooks;
}

// biome-ignore lint/suspicious/noExplicitAny: wrong servers take answers apart in every way
type Json = any;

const html = (status: number): Answered => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from('<html><body><h1>Something went wrong</h1></body></html>'),
});
const json = (status: number, value: unknown): Answered => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});
const refused = (status: number) => json(status, { message: 'refused', code: 'refused' });

const at = ({ method, path }: Asked, ...paths: string[]) =>
  method === 'GET' && paths.includes(path.replace(/\/{2,}/g, '/').replace(/^\/production/, ''));
const become = (answer: Answered, other: Answered) => Object.assign(answer, other);
const setJson = (answer: Answered, value: unknown) => {
  answer.body = Buffer.from(JSON.stringify(value));
};
const setText = (answer: Answered, change: (text: string) => string) => {
  answer.body = Buffer.from(change(answer.body.toString()));
};

/** Changes the members of whatever JSON an answer of these paths holds. */
const members = (paths: string[], change: (members: Json, asked: Asked) => void): Hooks => ({
  answer(answer, asked) {
    if (!at(asked, ...paths) || answer.status !== 200) return;
    const value = JSON.parse(answer.body.toString());
    change(value, asked);
    setJson(answer, value);
  },
});

/** Changes the value in the envelope, in either form. */
const value = (paths: string[], change: (value: Json, asked: Asked) => Json): Hooks =>
  members(paths, (envelope, asked) => {
    const text = typeof envelope.body === 'string';
    const inside = text ? JSON.parse(envelope.body) : envelope.body;
    const changed = change(inside, asked) ?? inside;
    envelope.body = text ? JSON.stringify(changed) : changed;
  });

const each = (paths: string[], change: (item: Json, index: number) => void) =>
  value(paths, (items) => {
    items.forEach((item: Json, index: number) => void change(item, index));
  });

/** Changes a text in answers of these paths. */
const text = (paths: string[], from: string | RegExp, to: string): Hooks => ({
  answer(answer, asked) {
    if (at(asked, ...paths)) setText(answer, (text) => text.replaceAll(from, to));
  },
});

/** Another answer than this status. */
const instead = (paths: string[], status: number, other: Answered): Hooks => ({
  answer(answer, asked) {
    if (at(asked, ...paths) && answer.status === status) become(answer, { ...other });
  },
});

/** Changes the header of the token, or answers by it. */
const token = (change: (token: string, asked: Asked) => string | undefined | Answered): Hooks => ({
  ask(asked) {
    const sent = asked.headers['x-continuation-token'];
    if (!at(asked, '/sessions') || sent === undefined) return undefined;
    const changed = change(sent, asked);
    if (typeof changed === 'object') return changed;
    if (changed === undefined) delete asked.headers['x-continuation-token'];
    else asked.headers['x-continuation-token'] = changed;
    return undefined;
  },
});

const isFirst = (token: string) => ['', '""', 'null'].includes(token);
const SESSION_PATHS = ['/sessions', '/sessionData'];

/** The members of a request to the sign-in door. */
const asksAtDoor = ({ method, headers, body }: Asked): Json | null => {
  if (method !== 'POST' || headers['x-amz-target'] === undefined) return null;
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
};
const fault = (type: string): Answered => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type },
  body: Buffer.from(JSON.stringify({ __type: type, message: 'no' })),
});
const signInResult = (change: (result: Json) => void): Hooks => ({
  answer(answer, asked) {
    if (asked.headers['x-amz-target'] === undefined || answer.status !== 200) return;
    const value = JSON.parse(answer.body.toString());
    if (value.AuthenticationResult) change(value.AuthenticationResult);
    setJson(answer, value);
  },
});
const atDoor = (matches: (members: Json, asked: Asked) => boolean, answer: () => Answered): Hooks => ({
  ask: (asked) => {
    const members = asksAtDoor(asked);
    return members !== null && matches(members, asked) ? answer() : undefined;
  },
});

const useOf = ({ headers }: Asked): string => {
  const claims = (headers.authorization ?? '').split('.')[1] ?? '';
  try {
    return JSON.parse(Buffer.from(claims, 'base64url').toString()).token_use;
  } catch {
    return 'none';
  }
};

export const FAULTS: readonly Fault[] = [
  // Sign-in
  {
    what: 'gives no RefreshToken',
    fails: [1, 2, 3, 7, 9],
    hooks: () => signInResult((result) => delete result.RefreshToken),
  },
  {
    what: 'states ExpiresIn as text',
    fails: [1, 2, 3, 7, 8, 9],
    hooks: () => signInResult((result) => (result.ExpiresIn = String(result.ExpiresIn))),
  },
  {
    what: 'refuses a charset behind the content type of a sign-in',
    fails: [2],
    hooks: () =>
      atDoor(
        (_, { headers }) => headers['content-type']!.includes('charset'),
        () => fault('SerializationException'),
      ),
  },
  {
    what: 'wants a signature of boto3',
    fails: [3],
    hooks: () =>
      atDoor(
        (_, { headers }) => headers['amz-sdk-request'] !== undefined,
        () => fault('MissingAuthenticationTokenException'),
      ),
  },
  {
    what: 'leaves x-amzn-errortype out',
    fails: [4],
    hooks: () => ({ answer: ({ headers }) => void delete headers['x-amzn-errortype'] }),
  },
  {
    what: 'refuses an unknown client id as if the password were wrong',
    fails: [5],
    hooks: () =>
      atDoor(
        ({ ClientId }) => ClientId?.startsWith('nobody'),
        () => fault('NotAuthorizedException'),
      ),
  },
  {
    what: 'answers unknown operations with a page in HTML',
    fails: [6],
    hooks: () => ({
      ask: ({ headers }) => (headers['x-amz-target']?.endsWith('MakeCoffee') ? html(404) : undefined),
    }),
  },
  {
    what: 'knows no SRP',
    fails: [7],
    hooks: () =>
      atDoor(
        ({ AuthFlow }) => AuthFlow === 'USER_SRP_AUTH',
        () => fault('InvalidParameterException'),
      ),
  },
  {
    what: 'tells another salt than it computes with',
    fails: [7],
    hooks: () => ({
      answer: (answer) => setText(answer, (text) => text.replace(/"SALT":"[0-9a-f]/, '"SALT":"1f')),
    }),
  },
  {
    what: 'refuses refresh tokens',
    fails: [8],
    hooks: () =>
      atDoor(
        ({ AuthFlow }) => AuthFlow === 'REFRESH_TOKEN_AUTH',
        () => fault('NotAuthorizedException'),
      ),
  },
  {
    what: 'writes refresh tokens in other letters',
    fails: [9],
    hooks: () => ({
      ...signInResult((result) => {
        if (result.RefreshToken) result.RefreshToken += '+/';
      }),
      ask(asked) {
        asked.body = Buffer.from(asked.body.toString().replace(/("REFRESH_TOKEN":"[^"]*)\+\/"/, '$1"'));
        return undefined;
      },
    }),
  },
  {
    what: 'refuses IdTokens',
    fails: [7, 8, 10],
    hooks: () => ({ ask: (asked) => (useOf(asked) === 'id' ? refused(401) : undefined) }),
  },
  {
    what: 'refuses AccessTokens',
    fails: [11],
    hooks: () => ({ ask: (asked) => (useOf(asked) === 'access' ? refused(401) : undefined) }),
  },
  {
    what: 'answers 403 without a token',
    fails: [12],
    hooks: () => ({
      answer(answer) {
        if (answer.status === 401) answer.status = 403;
      },
    }),
  },
  {
    what: 'puts refusals into an envelope',
    fails: [12],
    hooks: () => ({
      answer(answer) {
        if (answer.status === 401) become(answer, json(401, { statusCode: 401, message: 'no', body: '{}' }));
      },
    }),
  },
  {
    what: 'does not look at signatures',
    fails: [12],
    hooks: () => {
      const good = new Map<string, string>();
      return {
        ask(asked) {
          const { authorization = '' } = asked.headers;
          const claims = authorization.split('.').slice(0, 2).join('.');
          if (!good.has(claims)) good.set(claims, authorization);
          else asked.headers.authorization = good.get(claims)!;
          return undefined;
        },
      };
    },
  },
  {
    what: 'slows down who signs in often',
    fails: [13],
    hooks: () => {
      let count = 0;
      return atDoor(
        ({ AuthFlow }) => AuthFlow === 'USER_PASSWORD_AUTH' && ++count > 20,
        () => fault('TooManyRequestsException'),
      );
    },
  },

  // Routing
  {
    what: 'does not know doubled slashes',
    fails: [14],
    hooks: () => ({ ask: ({ path }) => (path.includes('//') ? refused(404) : undefined) }),
  },
  {
    what: 'wants a body with Content-Type application/json',
    fails: [15],
    hooks: () => ({
      ask: ({ method, headers }) =>
        method === 'GET' && headers['content-type'] !== undefined ? refused(400) : undefined,
    }),
  },
  {
    what: 'answers unknown paths in HTML',
    fails: [16],
    hooks: () => ({ answer: (answer, { path }) => void (path === '/nope' && become(answer, html(404))) }),
  },
  {
    what: 'takes PUT for GET',
    fails: [16],
    hooks: () => ({
      ask(asked) {
        if (asked.method === 'PUT') asked.method = 'GET';
        return undefined;
      },
    }),
  },
  {
    what: 'leaves X-Continuation-Token out of the preflight',
    fails: [16],
    hooks: () => ({
      answer({ headers }) {
        const name = 'access-control-allow-headers';
        if (headers[name]) headers[name] = headers[name].replace(/X-Continuation-Token,\s*/i, '');
      },
    }),
  },
  {
    what: 'allows other origins in the preflight alone',
    fails: [16],
    hooks: () => ({
      answer: ({ headers }, { method }) =>
        void (method !== 'OPTIONS' && delete headers['access-control-allow-origin']),
    }),
  },
  {
    what: 'fails over an odd key, in HTML',
    fails: [17],
    hooks: () => ({ ask: (asked) => (asked.query.get('s3Key')?.includes('\0') ? html(500) : undefined) }),
  },

  // Athletes
  { what: 'answers /athletes with parsed bodies', fails: [18, 60], hooks: () => parsedBodies('/athletes') },
  {
    what: 'states statusCode as text',
    fails: [18],
    hooks: () => members(['/athletes'], (envelope) => (envelope.statusCode = '200')),
  },
  {
    what: 'leaves an athlete with sessions out',
    fails: [18],
    hooks: () => value(['/athletes'], (items) => items.filter((item: Json) => item.FirstName !== 'Ada')),
  },
  {
    what: 'has null for an unknown name',
    fails: [19],
    hooks: () => each(['/athletes'], (item) => (item.LastName ||= null)),
  },
  {
    what: 'has a second id of athletes',
    fails: [20],
    hooks: () => each(['/athletes'], (item, index) => (item.AthleteId = String(index))),
  },
  {
    what: 'writes ValorID in small letters',
    fails: [21],
    hooks: () => each(['/athletes'], (item) => (item.ValorID = item.ValorID.toLowerCase())),
  },

  // Pages
  {
    what: 'answers /sessions with parsed bodies',
    fails: [23, 43, 60, 61],
    hooks: () => parsedBodies('/sessions'),
  },
  {
    what: 'answers in the type text/plain',
    fails: [23],
    hooks: () => ({
      answer({ status, headers }, asked) {
        if (at(asked, '/sessions') && status === 200) headers['content-type'] = 'text/plain';
      },
    }),
  },
  {
    what: 'leaves the token out on the last page',
    fails: [23, 29, 30, 32, 34, 61],
    hooks: () =>
      members(SESSION_PATHS, (page) => page['X-Continuation-Token'] ?? delete page['X-Continuation-Token']),
  },
  {
    what: 'writes null as text on the last page',
    fails: [29, 30, 32, 34],
    hooks: () => members(SESSION_PATHS, (page) => (page['X-Continuation-Token'] ??= 'null')),
  },
  {
    what: 'takes an empty limit for two',
    fails: [24],
    hooks: () => ({
      ask(asked) {
        if (
          at(asked, '/sessions') &&
          asked.query.get('limit') === '' &&
          isFirst(asked.headers['x-continuation-token'] ?? '')
        )
          asked.query.set('limit', '2');
        return undefined;
      },
    }),
  },
  {
    what: 'wants a token header',
    fails: [25],
    hooks: () => ({
      ask: (asked) =>
        at(asked, '/sessions') &&
        asked.headers.authorization &&
        asked.headers['x-continuation-token'] === undefined
          ? refused(400)
          : undefined,
    }),
  },
  {
    what: 'gives the first page again and again',
    fails: [26, 27, 28, 29, 30, 31, 35, 61],
    hooks: () => token(() => undefined),
  },
  {
    what: 'gives the first page again and again, under ever new tokens',
    fails: [26, 27, 28, 29, 30, 31, 35, 61],
    hooks: () => ({
      ...token(() => undefined),
      ...members(['/sessions'], (page) => {
        if (page['X-Continuation-Token'] !== null) page['X-Continuation-Token'] = crypto.randomUUID();
      }),
    }),
  },
  {
    what: 'begins every page with the last session of the first',
    fails: [26, 27, 28, 31],
    hooks: () => {
      let last: Json = null;
      return members(['/sessions'], (page, { headers }) => {
        const sent = headers['x-continuation-token'] ?? '';
        if (sent === '"null"' || typeof page.body !== 'string') return;
        const items = JSON.parse(page.body);
        if (isFirst(sent)) last = items.at(-1);
        else page.body = JSON.stringify([last, ...items]);
      });
    },
  },
  {
    what: 'takes tokens JSON-encoded only',
    fails: [26],
    hooks: () => token((sent) => (isFirst(sent) || sent.startsWith('"') ? sent : refused(400))),
  },
  {
    what: 'takes tokens raw only',
    fails: [27, 28, 61],
    hooks: () =>
      token((sent) => (sent.startsWith('"') && !isFirst(sent) && sent !== '"null"' ? refused(400) : sent)),
  },
  {
    what: 'takes tokens that are encoded twice for broken',
    fails: [28],
    hooks: () => token((sent) => (sent.startsWith('"\\"') ? refused(400) : sent)),
  },
  {
    what: 'begins again after "null"',
    fails: [30],
    hooks: () => token((sent) => (sent === '"null"' ? '""' : sent)),
  },
  {
    what: 'loses the session at the border of two pages',
    fails: [31, 61],
    hooks: () => ({
      answer(answer, asked) {
        const sent = asked.headers['x-continuation-token'] ?? '';
        if (!at(asked, '/sessions') || answer.status !== 200 || isFirst(sent)) return;
        const envelope = JSON.parse(answer.body.toString());
        envelope.body = JSON.stringify(JSON.parse(envelope.body).slice(1));
        setJson(answer, envelope);
      },
    }),
  },
  {
    what: 'takes limit for the most of all pages together',
    fails: [31, 61],
    hooks: () =>
      members(SESSION_PATHS, (page, { query }) => {
        if (query.get('limit')) page['X-Continuation-Token'] = null;
      }),
  },
  {
    what: 'repeats a session at the end while others are added',
    fails: [31],
    write: true,
    hooks: () => {
      let first: Json = null;
      let added = false;
      return {
        ...members(['/sessions'], (page, { headers }) => {
          if (typeof page.body !== 'string') return;
          const items = JSON.parse(page.body);
          const sent = headers['x-continuation-token'] ?? '';
          if (isFirst(sent)) first = items[0] ?? first;
          if (!isFirst(sent) && added && page['X-Continuation-Token'] === null)
            page.body = JSON.stringify([...items, first]);
        }),
        ask({ method, path }) {
          if (path === '/sessions' && method === 'POST') added = true;
          if (method === 'DELETE') added = false;
          return undefined;
        },
      };
    },
  },
  {
    what: 'does not know limit',
    fails: [32],
    hooks: () => ({
      ask(asked) {
        if (
          asked.method === 'GET' &&
          /^\d+$/.test(asked.query.get('limit') ?? '') &&
          asked.query.get('limit') !== '0'
        )
          asked.query.delete('limit');
        return undefined;
      },
    }),
  },
  {
    what: 'takes limit=0 for no limit',
    fails: [32],
    hooks: () => ({
      ask(asked) {
        if (asked.query.get('limit') === '0') asked.query.delete('limit');
        return undefined;
      },
    }),
  },
  {
    what: 'has one session on a page unless asked otherwise',
    fails: [33],
    hooks: () => ({
      ask(asked) {
        if (at(asked, ...SESSION_PATHS) && !asked.query.get('limit')) asked.query.set('limit', '1');
        return undefined;
      },
    }),
  },
  {
    what: 'begins anew by the other filters of a request with a token',
    fails: [35],
    hooks: () => token((sent, { query }) => (query.get('athleteID') ? '""' : sent)),
  },
  {
    what: 'takes a broken token for the first page',
    fails: [35],
    hooks: () => token((sent) => (/not-a-token|~broken/.test(sent) ? '""' : sent)),
  },
  {
    what: 'lists sessions in another order each time',
    fails: [42],
    hooks: () => {
      let count = 0;
      return value(['/sessions'], (items) => (count++ % 2 === 0 ? items.toReversed() : items));
    },
  },

  // Sessions
  {
    what: 'does not know athleteID',
    fails: [34, 43],
    hooks: () => ({
      ask(asked) {
        asked.query.delete('athleteID');
        return undefined;
      },
    }),
  },
  {
    what: 'answers 404 when there is nothing to list',
    fails: [34, 43],
    hooks: () => ({
      answer(answer, asked) {
        if (asked.query.get('athleteID') && answer.body.toString().includes('"body":"[]"'))
          become(answer, refused(404));
      },
    }),
  },
  {
    what: 'has an empty string for an empty list',
    fails: [43],
    hooks: () => text(['/sessions'], '"body":"[]"', '"body":""'),
  },
  { what: 'spells date', fails: [36, 37], hooks: () => rename(SESSION_PATHS, 'Date', 'date') },
  {
    what: 'spells Exercise Id',
    fails: [36, 57],
    hooks: () => rename(SESSION_PATHS, 'Exercise ID', 'Exercise Id'),
  },
  {
    what: 'writes Date in local time',
    fails: [37],
    hooks: () =>
      each(SESSION_PATHS, (item) => {
        const local = new Date(Date.parse(item.Date) - 4 * 3_600_000).toISOString();
        item.Date = local.replace('Z', '-04:00');
      }),
  },
  {
    what: 'writes Date as seconds since 1970',
    fails: [37],
    hooks: () => each(SESSION_PATHS, (item) => (item.Date = Date.parse(item.Date) / 1000)),
  },
  {
    what: 'has no s3Key for one session',
    fails: [38],
    hooks: () =>
      each(SESSION_PATHS, (item, index) => {
        if (index === 1) item.s3Key = null;
      }),
  },
  {
    what: 'lists free sessions',
    fails: [39],
    write: true,
    hooks: () => ({
      ask(asked) {
        if (asked.query.get('kind') === 'free') asked.query.delete('kind');
        return undefined;
      },
    }),
  },
  {
    what: 'has null for the assessment of a recording made alone',
    fails: [40, 57],
    hooks: () => text(SESSION_PATHS, /\\?"singleExercise\\?"/g, 'null'),
  },
  {
    what: 'writes SingleExercise',
    fails: [40, 57],
    hooks: () => text(SESSION_PATHS, 'singleExercise', 'SingleExercise'),
  },
  { what: 'takes slashes out of names', fails: [41], hooks: () => text(SESSION_PATHS, 'IR/ER', 'IR-ER') },

  // Reports
  {
    what: 'answers /reportData with parsed bodies',
    fails: [44, 60],
    hooks: () => parsedBodies('/reportData'),
  },
  {
    what: 'has the metrics of angles under Angles',
    fails: [44],
    hooks: () => rename(['/reportData'], 'Ang', 'Angles', (report) => report.WorkoutMetrics),
  },
  {
    what: 'does not decode keys',
    fails: [45],
    hooks: () => ({
      ask: ({ path, search }) =>
        path === '/reportData' && /=%69%6b/.test(search) ? refused(404) : undefined,
    }),
  },
  {
    what: 'writes NaN for what could not be measured',
    fails: [44, 46, 60],
    hooks: () => text(['/reportData'], /(\\?"AvgMax\\?":)-?[\d.]+/g, '$1NaN'),
  },
  {
    what: 'writes AvgMax as text',
    fails: [46],
    hooks: () => statistics((values) => (values.AvgMax = String(values.AvgMax))),
  },
  { what: 'scores in hundredths', fails: [46], hooks: () => statistics((values) => (values.Score = 0.97)) },
  { what: 'loses the degree sign', fails: [47], hooks: () => text(['/reportData'], '(°)', '()') },
  {
    what: 'writes Latin-1',
    fails: [47],
    hooks: () => ({
      answer(answer, asked) {
        if (!at(asked, '/reportData')) return;
        answer.body = Buffer.from(
          answer.body.toString('latin1').replaceAll('\u00c2\u00b0', '\u00b0'),
          'latin1',
        );
      },
    }),
  },
  {
    what: 'encodes UTF-8 twice',
    fails: [47],
    hooks: () => ({
      answer(answer, asked) {
        if (at(asked, '/reportData')) answer.body = Buffer.from(answer.body.toString('latin1'));
      },
    }),
  },
  {
    what: 'mistakes right for left',
    fails: [48],
    hooks: () =>
      value(['/reportData'], (report) => {
        for (const sides of Object.values<Json>(report.WorkoutMetrics.Ang)) {
          const { L, R } = sides;
          delete sides.L;
          delete sides.R;
          Object.assign(sides, { ...(R ? { L: R } : {}), ...(L ? { R: L } : {}) });
        }
      }),
  },
  {
    what: 'has an empty report for an unknown key',
    fails: [49],
    hooks: () => instead(['/reportData'], 404, json(200, { statusCode: 200, body: '{}' })),
  },
  {
    what: 'answers 400 to an unknown key',
    fails: [49],
    hooks: () => instead(['/reportData'], 404, refused(400)),
  },
  {
    what: 'fails over an unknown key, in HTML',
    fails: [17, 49],
    hooks: () => instead(['/reportData'], 404, html(500)),
  },
  {
    what: 'answers 404 to a missing key',
    fails: [50],
    hooks: () => instead(['/reportData'], 400, refused(404)),
  },
  {
    what: 'tells that a key is of somebody else',
    fails: [51],
    hooks: () => ({
      answer(answer, asked) {
        if (at(asked, '/reportData') && asked.query.get('s3Key')?.startsWith('ik-') && answer.status === 404)
          become(answer, refused(403));
      },
    }),
  },
  {
    what: 'answers 429 to many reports in a row',
    fails: [52],
    hooks: () => {
      let count = 0;
      return { ask: (asked) => (at(asked, '/reportData') && ++count > 200 ? refused(429) : undefined) };
    },
  },
  {
    what: 'has errors without a message',
    fails: [16, 49, 56, 58],
    hooks: () => ({ answer: (answer) => void (answer.status === 404 && setJson(answer, { error: 'no' })) }),
  },

  // Series
  { what: 'answers /ikData with parsed bodies', fails: [60], hooks: () => parsedBodies('/ikData') },
  {
    what: 'leaves an acceleration out',
    fails: [53],
    hooks: () => value(['/ikData'], (series) => void delete series[`${metricOf(series)}_acc`]),
  },
  {
    what: 'cuts one series short',
    fails: [54],
    hooks: () => value(['/ikData'], (series) => void series[metricOf(series)!].pop()),
  },
  {
    what: 'counts time in steps of 0.016 s',
    fails: [54],
    hooks: () =>
      value(['/ikData'], (series) => ({
        ...series,
        time: series.time.map((_: number, i: number) => i * 0.016),
      })),
  },
  {
    what: 'begins time where the file does',
    fails: [54],
    hooks: () =>
      value(['/ikData'], (series) => ({ ...series, time: series.time.map((at: number) => at + 4) })),
  },
  {
    what: 'writes names of series without umlauts',
    fails: [55],
    write: true,
    hooks: () => text(['/ikData'], 'hüfte', 'hufte'),
  },
  {
    what: 'fails over unknown keys of series, in HTML',
    fails: [17, 56],
    hooks: () => instead(['/ikData'], 404, html(500)),
  },
  {
    what: 'tells that a series is of somebody else',
    fails: [56],
    hooks: () => ({
      answer(answer, asked) {
        if (at(asked, '/ikData') && asked.query.get('s3Key')?.startsWith('ik-') && answer.status === 404)
          become(answer, refused(403));
      },
    }),
  },

  // Others
  {
    what: 'lists some exercises only',
    fails: [57],
    hooks: () =>
      value(['/exercises'], (items) =>
        items.filter((item: Json) => !item['Exercise Name'].includes('Hinge')),
      ),
  },
  {
    what: 'lists no assessments',
    fails: [57],
    hooks: () => value(['/assessments'], () => []),
  },
  {
    what: 'has an empty answer for an unknown video',
    fails: [58],
    hooks: () => instead(['/videoExport'], 404, json(200, { statusCode: 200, body: 'null' })),
  },
  {
    what: 'does not know /sessionData',
    fails: [59],
    hooks: () => ({
      ask: ({ path, headers }) =>
        path === '/sessionData' && headers.authorization ? refused(404) : undefined,
    }),
  },
  {
    what: 'parses bodies when asked, but those of reports',
    fails: [60],
    hooks: () => ({
      ask(asked) {
        if (asked.path === '/reportData') delete asked.headers.prefer;
        return undefined;
      },
    }),
  },
  {
    what: 'leaves members out of parsed answers',
    fails: [60],
    hooks: () => ({
      answer(answer, asked) {
        if (!at(asked, '/sessions') || asked.headers.prefer === undefined) return;
        const { body } = JSON.parse(answer.body.toString());
        setJson(answer, { statusCode: 200, body });
      },
    }),
  },
];

function parsedBodies(path: string): Hooks {
  return members([path], (envelope) => {
    if (typeof envelope.body === 'string') envelope.body = JSON.parse(envelope.body);
  });
}

function rename(paths: string[], from: string, to: string, where?: (value: Json) => Json): Hooks {
  const inOne = (item: Json) => {
    item[to] = item[from];
    delete item[from];
  };
  return value(paths, (found) => (where === undefined ? found.forEach(inOne) : inOne(where(found))));
}

function statistics(change: (values: Json) => void): Hooks {
  return value(['/reportData'], (report) => {
    for (const sides of Object.values<Json>(report.WorkoutMetrics.Ang))
      Object.values<Json>(sides).forEach(change);
  });
}

const metricOf = (series: Json) =>
  Object.keys(series).find((name) => name !== 'time' && !/_(vel|acc)$/.test(name));
