import type { Db } from '../db.ts';
import { UNFINISHED_MOVE } from '../migrate.ts';
import type { Place } from './copy.ts';
import type { Index } from './indexes.ts';

/** What the target remembers of a move until both sides are found equal. No server starts on it meanwhile. */
export interface Mark {
  /** Fingerprint of the store that is moved. */
  source: string;
  /** The last row that was copied; null: none yet. */
  place: Place | null;
  /** Every row is copied, and the indexes are there again. */
  copied: boolean;
  /** That the target has without the move. */
  indexes: Index[];
}

export async function readMark(db: Db): Promise<Mark | null> {
  const rows = await db.query<{ name: string }>('select name from migrations where id = $1', [
    UNFINISHED_MOVE,
  ]);
  return rows[0] ? JSON.parse(rows[0].name) : null;
}

export async function writeMark(db: Db, mark: Mark): Promise<void> {
  await db.query(
    `insert into migrations (id, name, applied_at) values ($1, $2, 0)
     on conflict (id) do update set name = excluded.name`,
    [UNFINISHED_MOVE, JSON.stringify(mark)],
  );
}

export async function removeMark(db: Db): Promise<void> {
  await db.query('delete from migrations where id = $1', [UNFINISHED_MOVE]);
}
