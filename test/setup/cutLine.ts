import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server that breaks in the middle of what is sent, as often as it is told to; whole after that. */
export interface CutLine {
  url: string;
  /** Breaks left. */
  cuts: number;
  end(): Promise<void>;
}

/** `after_bytes`: of one connection, from the client. Each break ends both sides at once, without a goodbye. */
export async function cutLine(
  to: string,
  { after_bytes, cuts }: { after_bytes: number; cuts: number },
): Promise<CutLine> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(to).port), '127.0.0.1');
    let came_bytes = 0;
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', end).on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    near.on('data', (chunk) => {
      came_bytes += chunk.length;
      if (line.cuts === 0 || came_bytes < after_bytes) return;
      line.cuts--;
      near.resetAndDestroy();
      far.resetAndDestroy();
    });
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const line: CutLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts,
    async end() {
      for (const socket of sockets) socket.destroy();
      await new Promise((ended) => server.close(ended));
    },
  };
  return line;
}
