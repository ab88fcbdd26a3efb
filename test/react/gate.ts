import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came by on its way to the server. */
export interface Passing {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** The client went away before it had its answer. */
  givenUp: boolean;
}

/**
 * What to do with a request: let it pass, keep it waiting for good, keep its answer until answers are released, or answer a
 * status instead.
 */
export type Rule = (passing: Passing) => 'pass' | 'hold' | 'keep' | number;

/** Stands between browser and server, so that a test decides when something arrives and when it fails. */
export async function startGate(target: string) {
  const passed: Passing[] = [];
  let rule: Rule = () => 'pass';
  const kept: (() => void)[] = [];
  let releases = 0;
  const server = createServer((request, response) => {
    const passing: Passing = {
      method: request.method!,
      path: request.url!,
      headers: request.headers,
      givenUp: false,
    };
    passed.push(passing);
    response.on('close', () => {
      passing.givenUp = !response.writableFinished;
    });
    const answer = request.method === 'OPTIONS' ? 'pass' : rule(passing);
    if (answer === 'pass') pass(target, request, response, (go) => go());
    else if (answer === 'keep') {
      // What was on its way to the server when answers were released is released too.
      const before = releases;
      pass(target, request, response, (go) => (releases > before ? go() : kept.push(go)));
    } else if (answer !== 'hold')
      response
        .writeHead(answer, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
        .end('{"message":"The gate is closed.","code":"unavailable"}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Requests for a path so far, preflights left out. */
    passed: (path: string) =>
      passed.filter((passing) => passing.method !== 'OPTIONS' && passing.path.startsWith(path)),
    /** Answers of the server that wait here. */
    kept: () => kept.length,
    release() {
      releases++;
      for (const go of kept.splice(0)) go();
    },
    decide(next: Rule) {
      rule = next;
    },
    async end() {
      server.closeAllConnections();
      await new Promise((ended) => server.close(ended));
    },
  };
}

function pass(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  when: (go: () => void) => void,
): void {
  const { method, url, headers } = request;
  const onward = forward(`${target}${url}`, { method: method!, headers }, (answer) => {
    when(() => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
