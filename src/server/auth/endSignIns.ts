import type { Db } from '../../store/db.ts';
import { revokeSignInsOf } from '../../store/signIns.ts';
import { setSignedOut } from '../../store/users.ts';

/** Ends every sign-in of a user, those included that are just being made. Drop the user's verified tokens after the commit. */
export async function endSignIns(
  db: Db,
  organization: string,
  userId: string,
  now_us: number,
): Promise<void> {
  await setSignedOut(db, organization, userId, now_us);
  await revokeSignInsOf(db, userId, now_us);
}
