import type pg from 'pg';
import { StoreError } from './db.ts';
import type { Batch } from './postgresBatch.ts';
import { asStoreError } from './postgresErrors.ts';
import { type Connect, cancel, close } from './postgresHosts.ts';

/** One connection, lent to one statement or transaction at a time. */
export interface Line {
  readonly client: pg.Client;
  /** Opened before the database was last found to have moved. */
  readonly era: number;
  /** Of no use any more: it broke, or it was given up. */
  broken: boolean;
  idleSince_ms: number;
}

export interface Pool {
  /** An idle connection, when there is one: the usual case, without a promise. */
  take(): Line | undefined;
  /** A connection as soon as there is one. */
  wait(): Promise<Line>;
  giveBack(line: Line): void;
  /** Every connection leads to a server that the database has left: none of them is lent again. */
  forsake(): void;
  /** Lets what is lent finish. */
  close(): Promise<void>;
}

export interface PoolOptions {
  /** Connections at most. */
  size: number;
  /** How long a request may wait for a connection, be it new or another's; null: for as long as it takes. */
  wait_ms: number | null;
}

/** How many may wait for each connection; whoever comes beyond that is refused at once. */
const WAITING_EACH = 100;
const CONNECT_MS = 5_000;
const IDLE_MS = 30_000;

export function createPool(connect: Connect, { size, wait_ms }: PoolOptions): Pool {
  const idle: Line[] = [];
  const waiting: Waiting[] = [];
  let open = 0;
  let era = 0;
  let closed: (() => void) | null = null;

  const reaper = setInterval(() => {
    const before_ms = performance.now() - IDLE_MS;
    while (idle[0] !== undefined && idle[0].idleSince_ms < before_ms) drop(idle.shift()!);
  }, IDLE_MS / 3);
  reaper.unref();

  function drop(line: Line): void {
    if (line.broken) close(line.client);
    else void line.client.end();
    line.broken = true;
    ended();
  }

  /** A connection less: whoever waits gets a new one. */
  function ended(): void {
    open--;
    const next = closed === null ? waiting.shift() : undefined;
    if (next !== undefined) begin(next);
    else if (open === 0) closed?.();
  }

  function begin(asked: Waiting): void {
    open++;
    connect(wait_ms ?? CONNECT_MS).then(
      (client) => {
        const line: Line = { client, era, broken: false, idleSince_ms: 0 };
        // However it ends, and whether or not anybody is using it.
        client.once('end', () => {
          line.broken = true;
          const at = idle.indexOf(line);
          if (at >= 0) drop(idle.splice(at, 1)[0]!);
        });
        if (!asked.settle(line, null)) giveBack(line);
      },
      (error) => {
        asked.settle(null, asStoreError(error) as Error);
        ended();
      },
    );
  }

  function giveBack(line: Line): void {
    if (line.broken || line.era !== era || closed !== null) {
      drop(line);
      return;
    }
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      if (next.settle(line, null)) return;
    line.idleSince_ms = performance.now();
    idle.push(line);
  }

  return {
    take: () => (closed === null ? idle.pop() : undefined),
    wait: () =>
      new Promise((resolve, reject) => {
        if (closed !== null) return reject(new Error('the store is closed'));
        if (wait_ms !== null && waiting.length >= size * WAITING_EACH)
          return reject(
            new StoreError('store_busy', `${waiting.length} requests wait for the database already`),
          );
        const asked = waitingFor(resolve, reject, wait_ms, () => {
          const at = waiting.indexOf(asked);
          if (at >= 0) waiting.splice(at, 1);
        });
        if (open < size) begin(asked);
        else waiting.push(asked);
      }),
    giveBack,
    forsake() {
      era++;
      for (const line of idle.splice(0)) drop(line);
    },
    close: () =>
      new Promise((resolve) => {
        closed = resolve;
        clearInterval(reaper);
        for (const asked of waiting.splice(0)) asked.settle(null, new Error('the store is closed'));
        for (const line of idle.splice(0)) drop(line);
        if (open === 0) resolve();
      }),
  };
}

interface Waiting {
  /** False when whoever waited has gone. */
  settle(line: Line | null, error: Error | null): boolean;
}

function waitingFor(
  resolve: (line: Line) => void,
  reject: (error: Error) => void,
  wait_ms: number | null,
  leave: () => void,
): Waiting {
  let gone = false;
  const settle = (line: Line | null, error: Error | null): boolean => {
    if (gone) return false;
    gone = true;
    clearTimeout(timer);
    if (line !== null) resolve(line);
    else reject(error!);
    return true;
  };
  const timer =
    wait_ms === null
      ? undefined
      : setTimeout(() => {
          leave();
          settle(null, new StoreError('store_busy', `no connection to the database for ${wait_ms} ms`));
        }, wait_ms);
  return { settle };
}

/** Sends a batch; after `limit_ms` without an answer it fails and its connection is given up. */
export function send(line: Line, batch: Batch, limit_ms: number | null): void {
  if (limit_ms !== null) {
    batch.timer = setTimeout(() => {
      line.broken = true;
      cancel(line.client);
      close(line.client);
      batch.settle(
        new StoreError('store_unreachable', `the database did not answer within ${Math.round(limit_ms)} ms`),
      );
    }, limit_ms);
  }
  line.client.query(batch);
}
