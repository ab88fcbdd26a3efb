import type { Server } from 'node:http';

/** Whether the server has been told to stop and still answers, so that a balancer can turn to others first. */
export interface Drain {
  readonly begun: boolean;
  begin(): void;
}

export function createDrain(): Drain {
  let begun = false;
  return {
    get begun() {
      return begun;
    },
    begin() {
      begun = true;
    },
  };
}

/** Once the drain has begun, every answer says `Connection: close`: its client opens the next one elsewhere. */
export function closeConnectionsWhile(drain: Drain, server: Server): void {
  server.prependListener('request', (_request, response) => {
    if (drain.begun) response.shouldKeepAlive = false;
  });
}
