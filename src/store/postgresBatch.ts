import type pg from 'pg';
import type { Row, Value } from './db.ts';

/**
 * Statements that travel to PostgreSQL in one piece and are answered in one piece: `begin`, the organization, one statement
 * of ours, `commit`. The messages around ours never change and are kept as bytes. Nothing is ever prepared under a name,
 * and one Sync ends it all, so that a pooler in transaction mode passes it on as a whole.
 */
type Submit = Parameters<NonNullable<pg.Submittable['submit']>>[0];

/** Messages of the extended protocol, see "Message Formats" in PostgreSQL's manual. */
function message(code: string, body: string | Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(code, 'latin1');
  head.writeInt32BE(Buffer.byteLength(body) + 4, 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

const BIND_NOTHING = message('B', Buffer.alloc(8));
const DESCRIBE = message('D', 'P\0');
const EXECUTE = message('E', Buffer.alloc(5));
const SYNC = message('S', '');

/** A statement without parameters and without rows. */
const alone = (sql: string): Buffer => Buffer.concat([message('P', `\0${sql}\0\0\0`), BIND_NOTHING, EXECUTE]);

export const BEGIN = alone('begin');
/** Ends of a batch, after the statement of ours has been bound. */
export const RUN = Buffer.concat([DESCRIBE, EXECUTE, SYNC]);
export const RUN_AND_COMMIT = Buffer.concat([DESCRIBE, EXECUTE, alone('commit'), SYNC]);
/** Whole batches. */
export const COMMIT = Buffer.concat([alone('commit'), SYNC]);
export const ROLLBACK = Buffer.concat([alone('rollback'), SYNC]);

const NAMED = 1000;

/**
 * `begin`, and the organization whose rows the transaction may see; kept for organizations that ask again. `set local` and
 * not set_config(): Citus hands only the former on to its workers.
 */
export function beginWithin(organization: string, known: Map<string, Buffer>): Buffer {
  let bytes = known.get(organization);
  if (bytes === undefined) {
    bytes = Buffer.concat([BEGIN, alone(`set local app.org_id to ${literal(organization)}`)]);
    if (known.size >= NAMED) known.clear();
    known.set(organization, bytes);
  }
  return bytes;
}

/** `set` takes no parameters. With E'' a backslash means the same whatever the server is set to. */
function literal(text: string): string {
  if (text.includes('\0')) throw new Error('an organization id holds a zero byte');
  return `E'${text.replace(/['\\]/g, '$&$&')}'`;
}

const KEPT = (text: string): Value => text;
const FLAG = (text: string): Value => (text === 't' ? 1 : 0);
/** By the type's number; 64-bit integers as numbers: all of ours (microseconds, versions, sizes) stay below 2^53. */
const READ = new Map<number, (text: string) => Value>([
  [16, FLAG],
  [20, Number],
  [21, Number],
  [23, Number],
  [26, Number],
  [700, Number],
  [701, Number],
]);

type Settled = (error: Error | null, batch: Batch) => void;

/** One batch on its way. The methods are what `pg` asks of whatever is given to `client.query`. */
export class Batch {
  readonly rows: Row[] = [];
  /** What the last statement did: `SELECT 3`, `COMMIT`, `ROLLBACK`. */
  tag = '';
  /** Gives the batch up. */
  timer: NodeJS.Timeout | undefined;
  readonly #before: Buffer | null;
  readonly #sql: string | null;
  readonly #values: readonly Value[];
  readonly #after: Buffer | null;
  #settled: Settled | null;
  #names: string[] = [];
  #readers: ((text: string) => Value)[] = [];

  /** `sql` null: `before` is the whole of it. */
  constructor(
    before: Buffer | null,
    sql: string | null,
    values: readonly Value[],
    after: Buffer | null,
    settled: Settled,
  ) {
    this.#before = before;
    this.#sql = sql;
    this.#values = values;
    this.#after = after;
    this.#settled = settled;
  }

  settle(error: Error | null): void {
    const settled = this.#settled;
    if (settled === null) return;
    this.#settled = null;
    clearTimeout(this.timer);
    settled(error, this);
  }

  // `pg` sets a callback where there is none, and calls none of ours.
  callback = ignore;

  submit(connection: Submit): Error | null {
    const { stream } = connection;
    stream.cork();
    try {
      if (this.#before !== null) stream.write(this.#before);
      if (this.#sql !== null) {
        connection.parse({ text: this.#sql, name: '', types: [] }, true);
        connection.bind({ values: this.#values.map(text) }, true);
      }
      if (this.#after !== null) stream.write(this.#after);
    } finally {
      stream.uncork();
    }
    return null;
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#names = fields.map((field) => field.name);
    this.#readers = fields.map((field) => READ.get(field.dataTypeID) ?? KEPT);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const row: Row = {};
    for (let i = 0; i < fields.length; i++) {
      const value = fields[i]!;
      row[this.#names[i]!] = value === null ? null : this.#readers[i]!(value);
    }
    this.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.tag = text;
  }

  handleReadyForQuery(): void {
    this.settle(null);
  }

  handleError(error: Error): void {
    this.settle(error);
  }

  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}
}

const ignore = () => {};
const text = (value: Value): string | null => (typeof value === 'number' ? String(value) : value);
