import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  type ClientOptions,
  type ConnectionOptions,
  type Credentials,
  createClient,
} from '../../src/sdk/index.ts';

/** A request as the scripted server saw it. */
export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/**
 * One answer of the script: status, body and headers, or what to do with the connection. Answers say that `Prefer` was
 * applied, as a server of ours does, unless they are of a `bare` one.
 */
export type Step =
  | { status?: number; body: unknown; headers?: Record<string, string>; bare?: true }
  | ((request: Seen, response: ServerResponse) => void);

/** A server that answers what the script says, in order, and then refuses: for faults that a real one does not have. */
export async function scripted(...steps: Step[]) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const saw = {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(saw);
      const step = steps.shift() ?? {
        status: 501,
        body: { message: 'the script has ended', code: 'internal' },
      };
      if (typeof step === 'function') return step(saw, response);
      const text = typeof step.body === 'string' ? step.body : JSON.stringify(step.body);
      response
        .writeHead(step.status ?? 200, {
          'content-type': 'application/json',
          ...(!step.bare && { 'preference-applied': 'body=json' }),
          ...step.headers,
        })
        .end(text);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, port: (server.address() as AddressInfo).port };
}

/** What a connection is answered, byte for byte: for answers that no HTTP server could be made to send. */
export type RawStep = (socket: Socket) => void;

/** Answers each request by the next step, and says how many connections are open. */
export async function scriptedBytes(...steps: RawStep[]) {
  const open = new Set<Socket>();
  let requests = 0;
  const server = createTcpServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    let asked = '';
    socket.on('data', (chunk) => {
      asked += chunk.toString('latin1');
      for (let end = asked.indexOf('\r\n\r\n'); end >= 0; end = asked.indexOf('\r\n\r\n')) {
        asked = asked.slice(end + 4);
        requests++;
        const step = steps.shift();
        if (step === undefined) socket.destroy();
        else step(socket);
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, open, requests: () => requests };
}

/** A client whose pauses take no time and are kept for looking at; its time limit never comes. */
export function impatient(url: string, options: Partial<ConnectionOptions> & Partial<Credentials> = {}) {
  const pauses: number[] = [];
  const never = new Promise<void>(() => {});
  const credentials = ['token', 'apiKey', 'clientId'].some((name) => name in options)
    ? {}
    : { token: 'token-1' };
  const client = createClient({
    url,
    ...credentials,
    timeout_ms: 60_000,
    random: () => 0.5,
    wait: (duration_ms) => {
      if (duration_ms >= 60_000) return never;
      pauses.push(duration_ms);
      return Promise.resolve();
    },
    ...options,
  } as ClientOptions);
  return { client, pauses };
}

export const page = (items: unknown[], token: unknown) => ({
  body: { statusCode: 200, 'X-Continuation-Token': token, body: items },
});

/** A list item with nothing but an id. */
export const session = (id: string) => ({ 'Session ID': id });

export async function idsOf(items: AsyncIterable<{ 'Session ID': string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const item of items) ids.push(item['Session ID']);
  return ids;
}
