import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How a server stops: it says so, answers on for a while, and lets go of its connections without cutting an answer off. */
export interface Drain {
  readonly begun: boolean;
  /** From now on every answer says `Connection: close`: its client opens the next one elsewhere. */
  begin(): void;
  /** Makes closing `server` gentle. Costs nothing while it serves. */
  watch(server: Server): void;
}

/** Node keeps the answer that is under way on its connection, under a name that it does not document. */
type Line = Socket & { _httpMessage?: ServerResponse | null };

export function createDrain(): Drain {
  let begun = false;
  let watched: Server | undefined;
  return {
    get begun() {
      return begun;
    },
    begin() {
      if (begun) return;
      begun = true;
      watched?.prependListener('request', (_request, response) => {
        response.shouldKeepAlive = false;
      });
    },
    watch(server) {
      watched = server;
      const open = new Set<Line>();
      server.on('connection', (line: Line) => {
        open.add(line);
        line.once('close', () => open.delete(line));
      });
      // Called when the server is closed. Node's own takes an answer for sent when its last byte was handed over, and would
      // destroy what a slow reader is still taking; and it leaves connections open whose answer began before the drain.
      server.closeIdleConnections = () => {
        for (const line of open) {
          if (line._httpMessage) line._httpMessage.once('close', () => line.end());
          else line.destroy();
        }
      };
    },
  };
}
