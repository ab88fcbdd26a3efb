/**
 * A real server in front of ours, between it and a sync: counts what is asked, passes on only what the public contract has
 * when it is to be a server of the contract like any other, and misbehaves as it is told.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** What becomes of an answer: another one, or bytes for the socket, after which it is cut. */
export type Misdeed =
  | { kind: 'answer'; answer: Partial<Answered> }
  | { kind: 'cut' }
  /** The whole head, but so many bytes of the body only. */
  | { kind: 'truncate'; bytes: number }
  /** The head states so many bytes more, or fewer, than come. */
  | { kind: 'lie'; bytes: number };

/** Asked for each answer; undefined lets it pass. */
export type Mischief = (
  asked: Asked,
  answered: Answered,
) => Misdeed | undefined | Promise<Misdeed | undefined>;

const CONTRACT = new Set(['athletes', 'assessments', 'exercises', 'sessions', 'ikData', 'reportData', '']);

export async function openDoor(target: string, { bare = false } = {}) {
  let mischief: Mischief = () => undefined;
  const asked: Asked[] = [];
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { pathname, searchParams } = new URL(incoming.url!, target);
    const one: Asked = {
      method: incoming.method!,
      path: pathname,
      query: searchParams,
      headers: incoming.headers,
    };
    const body = await bytesOf(incoming);
    asked.push(one);
    const answered = bare && !isOfContract(one) ? NOT_HERE : await forward(target, incoming, body, bare);
    const misdeed = await mischief(one, answered);
    send(outgoing, answered, misdeed);
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    /** Until it is told otherwise. */
    misbehave(next: Mischief) {
      mischief = next;
    },
    behave() {
      mischief = () => undefined;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export type Door = Awaited<ReturnType<typeof openDoor>>;

/** As an API gateway answers a path that it does not know. */
const NOT_HERE: Answered = {
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"message":"Missing Authentication Token"}'),
};

const isOfContract = ({ method, path }: Asked): boolean =>
  path === '/' ? method === 'POST' : method === 'GET' && CONTRACT.has(path.slice(1));

function forward(target: string, incoming: IncomingMessage, body: Buffer, bare: boolean): Promise<Answered> {
  const { hostname, port } = new URL(target);
  const { host: _, connection: __, prefer, ...headers } = incoming.headers;
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      path: incoming.url!,
      method: incoming.method!,
      headers: {
        ...headers,
        ...(bare || prefer === undefined ? {} : { prefer }),
        'accept-encoding': 'identity',
      },
    };
    request(options, async (response) => {
      const answered = {
        status: response.statusCode!,
        headers: response.headers as Record<string, string>,
        body: await bytesOf(response),
      };
      resolve(bare ? stripped(incoming.url!, answered) : answered);
    })
      .on('error', reject)
      .end(body);
  });
}

/** Members that the public contract does not have. */
function stripped(url: string, answered: Answered): Answered {
  if (answered.status !== 200 || url === '/') return answered;
  const { statusCode, body, ...rest } = JSON.parse(answered.body.toString());
  const value = JSON.parse(body, function (this: unknown, name, value) {
    return EXTRAS.has(name) ? undefined : value;
  });
  return {
    ...answered,
    body: Buffer.from(JSON.stringify({ statusCode, ...rest, body: JSON.stringify(value) })),
  };
}

const EXTRAS = new Set([
  'ExternalID',
  'Repetitions',
  'Summary',
  'Provenance',
  'Metrics',
  'KneeFlexion',
  'Polarity',
]);

function send(outgoing: ServerResponse, answered: Answered, misdeed: Misdeed | undefined): void {
  const { 'transfer-encoding': _, 'content-length': __, connection: ___, ...headers } = answered.headers;
  switch (misdeed?.kind) {
    case undefined:
      outgoing.writeHead(answered.status, headers).end(answered.body);
      return;
    case 'cut':
      outgoing.socket!.destroy();
      return;
    case 'answer': {
      const { status = answered.status, body = answered.body, headers: own = headers } = misdeed.answer;
      outgoing.writeHead(status, own).end(body);
      return;
    }
    case 'truncate':
      // Chunked, and without the chunk that ends it.
      outgoing.writeHead(answered.status, { ...headers, 'transfer-encoding': 'chunked' });
      outgoing.write(answered.body.subarray(0, misdeed.bytes), () => outgoing.socket!.destroy());
      return;
    case 'lie': {
      const length = answered.body.length + misdeed.bytes;
      const head = Object.entries({ ...headers, 'content-length': String(length), connection: 'close' })
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('');
      outgoing.socket!.write(`HTTP/1.1 ${answered.status} X\r\n${head}\r\n`);
      outgoing.socket!.end(answered.body);
    }
  }
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
