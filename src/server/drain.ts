import type { Server } from 'node:http';
import type { Socket } from 'node:net';

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

/** What a connection is doing. */
interface Doing {
  /** Answers that have not left whole. */
  answers: number;
  /** Bytes received when it was last at rest: more, and a request is on its way. */
  read_bytes: number;
}

/**
 * Lets go of connections when the server stops, and cuts none off. Once the drain has begun every answer says
 * `Connection: close`. When the server is closed, those at rest are closed at once and the others when they have come to
 * rest: Node by itself takes an answer for sent when its last byte was handed over, and would destroy what a slow reader
 * is still taking.
 */
export function closeGently(server: Server, drain: Drain): void {
  const open = new Map<Socket, Doing>();
  let closing = false;
  server.on('connection', (socket: Socket) => {
    open.set(socket, { answers: 0, read_bytes: 0 });
    socket.once('close', () => open.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    if (drain.begun) response.shouldKeepAlive = false;
    const doing = open.get(socket);
    if (doing === undefined) return;
    doing.answers++;
    response.once('close', () => {
      doing.answers--;
      doing.read_bytes = socket.bytesRead;
      if (closing && doing.answers === 0) socket.end();
    });
  });
  server.closeIdleConnections = () => {
    closing = true;
    for (const [socket, { answers, read_bytes }] of open)
      if (answers === 0 && socket.bytesRead === read_bytes) socket.destroy();
  };
}
