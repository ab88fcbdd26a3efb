import pg from 'pg';
import { StoreError } from './db.ts';
import { describe } from './postgresErrors.ts';

/** Gets a connection to the server that takes writes, whichever of the hosts in the URL that is now. */
export type Connect = (within_ms: number) => Promise<pg.Client>;

/** The host that served last is asked alone for this long, before all are. */
const ALONE_MS = 500;

/** `postgres://user@one:5432,two:5432/name`, as libpq writes it: one URL for each host, which is what `pg` understands. */
export function urlsOf(url: string): string[] {
  const [, head, hosts, tail] = /^([a-z]+:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(url)!;
  return hosts!.split(',').map((host) => head! + host + tail!);
}

export function connector(url: string): Connect {
  const urls = urlsOf(url);
  if (urls.length === 1) return (within_ms) => open(url, within_ms);
  let last = urls[0]!;
  return async (within_ms) => {
    const until = performance.now() + within_ms;
    try {
      return await openWritable(last, Math.min(ALONE_MS, within_ms));
    } catch {
      const left_ms = Math.max(1, until - performance.now());
      const { url: found, client } = await firstWritable(urls, left_ms);
      last = found;
      return client;
    }
  };
}

/** The first of all hosts that answers and takes writes; connections to others are closed again. */
async function firstWritable(urls: string[], within_ms: number): Promise<{ url: string; client: pg.Client }> {
  const tries = urls.map(async (url) => ({ url, client: await openWritable(url, within_ms) }));
  try {
    const first = await Promise.any(tries);
    const others = tries.map(async (each) => {
      const { client } = await each;
      if (client !== first.client) await client.end();
    });
    void Promise.allSettled(others);
    return first;
  } catch (error) {
    const reasons = (error as AggregateError).errors.map(describe);
    throw new StoreError(
      'store_unreachable',
      `none of the database's hosts takes writes: ${reasons.join('; ')}`,
      { cause: error },
    );
  }
}

async function openWritable(url: string, within_ms: number): Promise<pg.Client> {
  const client = await open(url, within_ms);
  try {
    const { rows } = await within(
      client,
      client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby'),
      within_ms,
    );
    if (rows[0]!.standby) throw new Error(`${client.host}:${client.port} is a standby`);
    return client;
  } catch (error) {
    close(client);
    throw error;
  }
}

async function open(url: string, within_ms: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'kinebase',
    connectionTimeoutMillis: Math.ceil(within_ms),
    keepAlive: true,
  });
  // What happens to a connection later is told to its statements; without a listener the event would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    close(client);
    throw error;
  }
}

/** A question on a new connection, which is given up when the answer does not come. */
export async function within<T>(client: pg.Client, answer: Promise<T>, within_ms: number): Promise<T> {
  const timer = setTimeout(() => socketOf(client).destroy(), within_ms);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
  }
}

/** `pg` does not declare the connection below a client. */
const socketOf = (client: pg.Client): { destroy(): void } =>
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;

/** Ends a connection at once, without a word to a server that may not listen. */
export const close = (client: pg.Client): void => socketOf(client).destroy();

/** Asks the server, on a connection of its own, to give up what a client waits for in vain. As well as it goes. */
export function cancel(client: pg.Client): void {
  const { processID, secretKey, ssl } = client as unknown as {
    processID: number | null;
    secretKey: number | null;
    ssl: boolean;
  };
  if (processID === null) return;
  const connection = new pg.Connection({ ssl } as never) as pg.Connection & {
    connect(port: number, host: string): void;
    requestSsl(): void;
    cancel(processID: number, secretKey: number | null): void;
  };
  const timer = setTimeout(() => connection.stream.destroy(), 1_000);
  connection.on('error', () => {});
  connection.on('end', () => clearTimeout(timer));
  connection.on('connect', () => (ssl ? connection.requestSsl() : connection.cancel(processID, secretKey)));
  connection.on('sslconnect', () => connection.cancel(processID, secretKey));
  connection.connect(client.port, client.host);
}
