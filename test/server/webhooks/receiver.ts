import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookPost } from '../../../src/contract/webhooks.ts';

/** A post as it arrived. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** `webhook-id`. */
  id: string;
  body: string;
  post: WebhookPost;
}

export type Reaction = (response: ServerResponse, received: Received) => void;

/** A real server that posts are sent to: it reacts as the script says, and then in one way. */
export interface Receiver {
  url: string;
  received: Received[];
  script: Reaction[];
  /** 204 at first. */
  otherwise: Reaction;
  /** The next post that has not been waited for yet. */
  next(): Promise<Received>;
  end(): Promise<void>;
}

export const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Reaction =>
  (response) =>
    void response.writeHead(status, headers).end(body);

export const cutOff: Reaction = (response) => void response.socket!.destroy();
/** Neither answers nor closes. */
export const silence: Reaction = () => {};

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const script: Reaction[] = [];
  const waiting: ((received: Received) => void)[] = [];
  let taken = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const one: Received = {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
        id: String(request.headers['webhook-id']),
        body,
        post: JSON.parse(body),
      };
      received.push(one);
      const wanted = waiting.shift();
      if (wanted !== undefined) {
        taken++;
        wanted(one);
      }
      (script.shift() ?? receiver.otherwise)(response, one);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?x=1`,
    received,
    script,
    otherwise: answer(204),
    next: () =>
      new Promise((resolve) => {
        const there = received[taken];
        if (there === undefined || waiting.length > 0) return void waiting.push(resolve);
        taken++;
        resolve(there);
      }),
    end: () =>
      new Promise((ended) => {
        server.close(() => ended());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
