import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** One answer of the script: status, body and headers, or what to do with the connection. */
export type Step =
  | { status?: number; body: unknown; headers?: Record<string, string> }
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
        status: 500,
        body: { message: 'the script has ended', code: 'internal' },
      };
      if (typeof step === 'function') return step(saw, response);
      const text = typeof step.body === 'string' ? step.body : JSON.stringify(step.body);
      response
        .writeHead(step.status ?? 200, { 'content-type': 'application/json', ...step.headers })
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
