import type { Db } from './db.ts';

/** Failed sign-ins of one pair of name and address, counted until the window's end. */
export interface FailureWindow {
  failures: number;
  ends_us: number;
}

interface WindowRow {
  failures: number;
  ends_at: number;
}

const toWindow = (row: WindowRow): FailureWindow => ({ failures: row.failures, ends_us: row.ends_at });

/** Counts one more, in the window that is open or else in a new one until `ends_us`; answers the window. */
export async function countFailure(
  db: Db,
  pair: string,
  now_us: number,
  ends_us: number,
): Promise<FailureWindow> {
  const rows = await db.query<WindowRow>(
    `insert into failed_sign_ins (pair, failures, ends_at) values ($1, 1, $2)
     on conflict (pair) do update set
       failures = case when failed_sign_ins.ends_at <= $3 then 1 else failed_sign_ins.failures + 1 end,
       ends_at = case when failed_sign_ins.ends_at <= $3 then excluded.ends_at else failed_sign_ins.ends_at end
     returning failures, ends_at`,
    [pair, ends_us, now_us],
  );
  return toWindow(rows[0]!);
}

/** The open window of a pair; null when nothing failed lately. */
export async function findFailures(db: Db, pair: string, now_us: number): Promise<FailureWindow | null> {
  const rows = await db.query<WindowRow>(
    'select failures, ends_at from failed_sign_ins where pair = $1 and ends_at > $2',
    [pair, now_us],
  );
  return rows[0] ? toWindow(rows[0]) : null;
}

/** Removes windows that have ended. */
export async function sweepFailures(db: Db, now_us: number): Promise<void> {
  await db.query('delete from failed_sign_ins where ends_at <= $1', [now_us]);
}
