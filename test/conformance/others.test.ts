import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/contract/assessments.ts';
import { ENDPOINTS } from '../../src/contract/endpoints.ts';
import type { Exercise } from '../../src/contract/exercises.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { deleteSession } from '../../src/store/sessions.ts';
import { type Answer, BASES, call, expectError, opened } from './setup/http.ts';
import {
  created,
  fillSessions,
  type Installation,
  type Organization,
  openInstallation,
} from './setup/installation.ts';
import { addSamples, type Samples } from './setup/samples.ts';

let it: Installation;
let riverside: Organization;
let northside: Organization;
let samples: Samples;
/** IdToken of the same administrator, issued to a client id that is registered for parsed bodies. */
let parsedToken: string;
let parsedKey: string;
let webhookId: string;
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  northside = await it.organization('northside');
  samples = await addSamples(riverside);
  const client = { Name: 'Tablet', ClientID: 'tablet', BodyForm: 'json' };
  await created(riverside.call('/clients', { method: 'POST', body: client }));
  parsedToken = (await it.server.signIn(riverside.username, riverside.password, client.ClientID)).IdToken;
  const key = { Name: 'Tablet', BodyForm: 'json', Scopes: ['read', 'record', 'admin'] };
  parsedKey = (await created(riverside.call('/keys', { method: 'POST', body: key }))).Key;
  const webhook = { URL: 'https://webhooks.example/kinebase', Name: 'Tablet' };
  webhookId = (await created(riverside.call('/webhooks', { method: 'POST', body: webhook }))).WebhookID;
});
afterAll(() => it.end());

/** Every endpoint that reads data in an envelope, as a path that answers 200. */
function readingPaths(): string[] {
  const [athlete] = samples.athletes;
  const ids: Record<string, string> = {
    athletes: athlete!.ValorID,
    assessments: samples.assessmentId,
    exercises: samples.alone['Exercise ID'],
    sessions: samples.alone['Session ID'],
    webhooks: webhookId,
  };
  return Object.values(ENDPOINTS)
    .filter(
      (endpoint) =>
        endpoint.method === 'GET' && endpoint.access !== 'public' && endpoint.access !== 'operator',
    )
    .filter((endpoint) => !('form' in endpoint && endpoint.form === 'plain') && !('provisional' in endpoint))
    .map(
      ({ path }) =>
        path.replace('{id}', ids[path.split('/')[1]!] ?? '') +
        (/ikData|reportData/.test(path) ? `?s3Key=${samples.alone.s3Key}` : ''),
    );
}

/** An answer without its body, and the value in the body, whatever its form. */
const parts = ({ json: { body, ...rest } }: Answer) => ({
  rest,
  value: typeof body === 'string' ? JSON.parse(body) : body,
});

describe.each(BASES)('at %s', (_, base) => {
  const get = (path: string, headers: Record<string, string> = {}, token = riverside.token) =>
    call(`${it.url}${base}${path}`, { token, headers });

  test('57. Every Assessment ID and Exercise ID of the sessions is in the lists', async () => {
    const assessments: Assessment[] = opened(await get('/assessments'));
    const exercises: Exercise[] = opened(await get('/exercises'));
    const sessions: Session[] = opened(await get('/sessions'));
    expect(exercises.length).toBeGreaterThanOrEqual(100);
    const known = new Set([...assessments.map((one) => one['Assessment ID']), 'singleExercise']);
    for (const session of sessions) expect(known).toContain(session['Assessment ID']);
    const names = new Map(exercises.map((exercise) => [exercise['Exercise ID'], exercise['Exercise Name']]));
    for (const session of sessions) expect(names.get(session['Exercise ID'])).toBe(session['Session Name']);
    expect(known).toContain(samples.assessmentId);
  });

  test('58. There is no video: every key answers 404, a missing one 400', async () => {
    expectError(await get(`/videoExport?s3Key=${samples.alone.s3Key}`), 404);
    expectError(await get('/videoExport?s3Key=unknown'), 404);
    const foreign = await get(`/videoExport?s3Key=${samples.alone.s3Key}`, {}, northside.token);
    expect(foreign.json).toEqual((await get('/videoExport?s3Key=unknown', {}, northside.token)).json);
    expectError(await get('/videoExport'), 400);
  });

  test('60. Prefer: body=json, or a client or key registered for it, parses the body and changes nothing else', async () => {
    const paths = readingPaths();
    expect(paths.length).toBeGreaterThan(15);
    for (const path of [...paths, '/sessions?limit=2', '/sessionData?limit=2']) {
      const usual = await get(path);
      const value = opened(usual);
      expect(usual.headers.get('preference-applied'), path).toBe(null);
      const asked = await get(path, { prefer: 'body=json' });
      expect(asked.headers.get('preference-applied'), path).toBe('body=json');
      const registered = await get(path, {}, parsedToken);
      for (const answer of [asked, registered, await get(path, {}, parsedKey)]) {
        expect(answer.status, path).toBe(200);
        expect(answer.headers.get('content-type')).toBe('application/json');
        expect(answer.json.body, path).not.toBeTypeOf('string');
        expect(parts(answer), path).toEqual({ rest: parts(usual).rest, value });
        expect(Object.keys(answer.json)).toEqual(Object.keys(usual.json));
      }
      const back = await get(path, { prefer: 'body=string' }, parsedToken);
      expect(back.headers.get('preference-applied'), path).toBe('body=string');
      expect(back.json).toEqual(usual.json);
    }
  });

  test('names of any letters come back alike in both forms, page by page', async () => {
    const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    const imitation = fc.constantFrom(
      ',{"Session ID":"',
      '\\"}]',
      '"},{"Session ID":"x","Date":"2026',
      '\u2028</script>',
    );
    const common = { athleteId: samples.athletes[2]!.ValorID, exerciseId: samples.alone['Exercise ID'] };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(letters, imitation), { minLength: 1, maxLength: 7 }),
        async (names) => {
          const stored = await fillSessions(it, riverside, common, names.length, (index) => ({
            name: names[index]!,
          }));
          const query = `/sessions?athleteID=${common.athleteId}&order=oldest&limit=2`;
          for (const prefer of ['body=string', 'body=json']) {
            const seen: string[] = [];
            for (let token: string | null = '""'; token !== null; ) {
              const answer = await get(query, { prefer, 'x-continuation-token': token });
              seen.push(...parts(answer).value.map((session: Session) => session['Session Name']));
              token = answer.json['X-Continuation-Token'];
            }
            expect(seen).toEqual(names);
          }
          for (const { sessionId } of stored)
            await deleteSession(it.server.deps.db, riverside.id, sessionId, 0);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a preference that means nothing here changes nothing', async () => {
    for (const prefer of ['respond-async', 'body=xml', 'return=minimal', '']) {
      const answer = await get('/athletes', { prefer });
      expect(opened(answer)).toHaveLength(3);
      expect(answer.headers.get('preference-applied')).toBe(null);
    }
  });

  test('errors look the same in both forms', async () => {
    const usual = await get('/reportData?s3Key=unknown');
    expect((await get('/reportData?s3Key=unknown', { prefer: 'body=json' })).json).toEqual(usual.json);
    expect((await get('/reportData?s3Key=unknown', {}, parsedToken)).json).toEqual(usual.json);
  });
});
