/** A server that breaks one rule: a real proxy in front of ours that changes what passes through it. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  /** As it was sent, doubled slashes included. */
  path: string;
  query: URLSearchParams;
  /** The query as it was sent. */
  search: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** What a wrong server does. One that remembers is made anew for every server. */
export interface Hooks {
  /** May change the request, or answer it. */
  ask?(asked: Asked): Answered | undefined;
  /** May change the answer. */
  answer?(answer: Answered, asked: Asked): void;
}

export async function startWrongServer(target: string, { ask, answer }: Hooks) {
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const asked = await read(incoming);
    const before = asked.query.toString();
    const answered = ask?.(asked) ?? (await forward(target, asked, before));
    answer?.(answered, asked);
    const { 'transfer-encoding': _, 'content-length': __, ...headers } = answered.headers;
    outgoing.writeHead(answered.status, headers).end(answered.body);
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error) => outgoing.destroy(error));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Asked> {
  const cut = incoming.url!.indexOf('?');
  const [path, query] =
    cut < 0 ? [incoming.url!, ''] : [incoming.url!.slice(0, cut), incoming.url!.slice(cut + 1)];
  return {
    method: incoming.method!,
    path,
    query: new URLSearchParams(query),
    search: query,
    headers: incoming.headers as Record<string, string>,
    body: await bytesOf(incoming),
  };
}

/** As it came, unless the query was changed: the proxy must not repair anything by the way. */
function forward(target: string, asked: Asked, before: string): Promise<Answered> {
  const now = asked.query.toString();
  const query = now === before ? asked.search : now;
  const path = query === '' ? asked.path : `${asked.path}?${query}`;
  const { hostname, port } = new URL(target);
  const { host: _, connection: __, 'content-length': ___, ...headers } = asked.headers;
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      path,
      method: asked.method,
      headers: { ...headers, 'accept-encoding': 'identity' },
    };
    const sent = request(options, async (response) =>
      resolve({
        status: response.statusCode!,
        headers: response.headers as Record<string, string>,
        body: await bytesOf(response),
      }),
    );
    sent.on('error', reject).end(asked.body);
  });
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
