import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A server of the public contract and of nothing else: a proxy that takes away from ours whatever goes beyond it. Bodies are
 * strings, records have the documented members, `Prefer` and ETags do not exist, browsers may send the documented headers
 * alone. `strict`: refuses parameters it does not know; otherwise takes no notice of them, as API gateways do.
 */
export async function startBareServer(ours: string, { strict }: { strict: boolean }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(ours, strict, request, response).catch((error) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: String(error) }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/production`,
    asked,
    end: async () => {
      server.closeAllConnections();
      await new Promise((ended) => server.close(ended));
    },
  };
}

/** Path → parameters that are documented or that deployed clients send. */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  '/athletes': [],
  '/assessments': [],
  '/exercises': [],
  '/sessions': ['athleteID', 'limit'],
  '/sessionData': ['athleteID', 'limit'],
  '/ikData': ['s3Key'],
  '/reportData': ['s3Key'],
  '/videoExport': ['s3Key'],
};
const REQUEST_HEADERS = ['authorization', 'x-continuation-token', 'content-type', 'x-amz-target'];
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers':
    'Authorization, X-Continuation-Token, Content-Type, X-Amz-Target, X-Amz-User-Agent, Cache-Control',
};

async function answer(ours: string, strict: boolean, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url!, ours);
  const path = url.pathname.replace(/^\/production/, '').replace(/^\/+/, '/') || '/';
  const say = (status: number, body: unknown, more: Record<string, string> = {}) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...CORS, ...more })
      .end(JSON.stringify(body));
  if (request.method === 'OPTIONS') return response.writeHead(204, CORS).end();
  const signIn = request.method === 'POST' && path === '/';
  const known = signIn ? [] : request.method === 'GET' ? ENDPOINTS[path] : undefined;
  if (known === undefined)
    return strict
      ? say(404, { message: 'Not found' })
      : say(403, { message: 'Missing Authentication Token' });
  const unknown = [...url.searchParams.keys()].filter((name) => !known.includes(name));
  if (strict && unknown.length > 0) return say(400, { message: `Unknown parameter ${unknown[0]}` });
  for (const name of unknown) url.searchParams.delete(name);

  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const reply = await fetch(`${ours}${path}${url.search}`, {
    method: request.method!,
    headers: Object.fromEntries(
      REQUEST_HEADERS.flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    ),
    ...(signIn && { body: Buffer.concat(chunks) }),
  });
  const body = (await reply.json()) as Record<string, unknown>;
  if (signIn) {
    const type = reply.headers.get('x-amzn-errortype');
    return say(reply.status, body, {
      'content-type': 'application/x-amz-json-1.1',
      ...(type && { 'x-amzn-errortype': type }),
    });
  }
  if (!reply.ok) return say(reply.status, { message: body.message });
  const bare = documented(path, JSON.parse(body.body as string));
  const envelope: Record<string, unknown> = { statusCode: 200, body: JSON.stringify(bare) };
  if (path === '/sessions') envelope['X-Continuation-Token'] = body['X-Continuation-Token'];
  say(200, envelope);
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  '/athletes': ['ValorID', 'FirstName', 'LastName'],
  '/assessments': ['Assessment ID', 'Assessment Name'],
  '/exercises': ['Exercise ID', 'Exercise Name'],
};

type Sides = Record<string, Record<string, { AvgMax: number; Score?: number | null }>>;

function documented(path: string, value: unknown): unknown {
  const members = MEMBERS[path];
  if (members !== undefined)
    return (value as Record<string, unknown>[]).map((record) =>
      Object.fromEntries(members.map((name) => [name, record[name]])),
    );
  if (path !== '/reportData') return value;
  const { Ang } = (value as { WorkoutMetrics: { Ang: Sides } }).WorkoutMetrics;
  const shown = Object.entries(Ang).map(([label, sides]) => [
    label,
    Object.fromEntries(
      Object.entries(sides).map(([side, { AvgMax, Score }]) => [side, { AvgMax, Score: Score ?? null }]),
    ),
  ]);
  return { WorkoutMetrics: { Ang: Object.fromEntries(shown) } };
}
