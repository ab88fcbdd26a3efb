/**
 * The whole of what the store asks of a database. SQL is written once, in the subset that SQLite and PostgreSQL share,
 * with parameters as $1, $2 …; results are plain rows. Numbers come back as numbers (64-bit integers below 2^53).
 */
export type Value = string | number | null;
export type Row = Record<string, Value>;

export interface Db {
  readonly dialect: 'sqlite' | 'postgres';
  /** Runs one statement; the rows it returns (`select`, or `returning`), else none. */
  query<R = Row>(sql: string, values?: readonly Value[]): Promise<R[]>;
  /**
   * Runs `work` in one transaction: committed durably when it resolves, rolled back when it throws. The handle passed to
   * `work` hides the outer one by name, so that nothing is written outside by accident. May run `work` again after a
   * conflict with another writer: `work` must not have effects outside the database.
   */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * The same store from inside one organization: whoever reads or writes rows of a table that begins with org_id asks through
   * this. On PostgreSQL row security shows it no other organization's rows, whatever a statement says. Inside a transaction
   * it is the transaction's own handle; another organization than the transaction's is refused.
   */
  within(organization: string): Db;
  /** How often this process has committed so far, where no other process can write; absent elsewhere. */
  commits?(): number;
  close(): Promise<void>;
}

/** The store cannot be opened or used: what is wrong and what to do, for the operator. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code:
    | 'store_in_use'
    | 'store_newer_schema'
    | 'store_unreachable'
    | 'store_busy'
    | 'store_unusable';
  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
