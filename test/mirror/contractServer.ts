/** A server of the public contract that answers what a test wants: hostile ids, extra members, other spellings. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Contents {
  athletes?: unknown[];
  assessments?: unknown[];
  exercises?: unknown[];
  sessions: unknown[];
  series?(s3Key: string): unknown;
  report?(s3Key: string): unknown;
}

export const oneSession = (id: string, more: object = {}) => ({
  'Session ID': id,
  Date: '2026-05-04T09:30:00.123456Z',
  s3Key: `key of ${id}`,
  Duration: 1.5,
  'Athlete ID': 'A-1',
  'Assessment ID': 'singleExercise',
  'Exercise ID': 'E-1',
  'Session Name': 'Hip Hinge Test',
  ...more,
});

export const SERIES = { time: [0, 0.0166666667, 0.0333333333], waist_rotation: [1, 2.5, -3] };
export const REPORT = { WorkoutMetrics: { Ang: { 'Hip ER (°)': { L: { AvgMax: 12.5, Score: 1 } } } } };

export async function contractServer(contents: Contents) {
  const { series = () => SERIES, report = () => REPORT } = contents;
  const answerOf = (url: URL): unknown => {
    const key = url.searchParams.get('s3Key') ?? '';
    switch (url.pathname.replace(/^\/production/, '')) {
      case '/athletes':
        return contents.athletes ?? [{ ValorID: 'A-1', FirstName: 'Ada', LastName: 'Brook' }];
      case '/assessments':
        return contents.assessments;
      case '/exercises':
        return contents.exercises;
      case '/sessions':
        return contents.sessions;
      case '/ikData':
        return series(key);
      case '/reportData':
        return report(key);
      default:
        return undefined;
    }
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://server');
    response.setHeader('content-type', 'application/json');
    if (request.method === 'POST')
      return response.end(JSON.stringify({ AuthenticationResult: { IdToken: 'a.b.c', ExpiresIn: 3600 } }));
    const value = request.headers.authorization === 'Bearer a.b.c' ? answerOf(url) : undefined;
    if (value === undefined && url.searchParams.has('s3Key'))
      return response.writeHead(404).end('{"message":"Not found"}');
    if (value === undefined) return response.writeHead(403).end('{"message":"Missing Authentication Token"}');
    const token = url.pathname.endsWith('/sessions') ? { 'X-Continuation-Token': 'null' } : {};
    return response.end(JSON.stringify({ statusCode: 200, ...token, body: JSON.stringify(value) }));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/production`;
}
