import { countRevocation } from '../../store/revocations.ts';
import { nowMicroseconds } from '../../store/time.ts';
import { endSignIns } from './endSignIns.ts';
import { type Operation, requireAccessToken } from './operation.ts';

/** Ends every sign-in of the token's user, on all devices. */
export const globalSignOut: Operation = async (auth, members) => {
  const { account } = await requireAccessToken(auth, members);
  await auth.db.transaction(async (db) => {
    await endSignIns(db, account.organization, account.UserID, nowMicroseconds(auth.now()));
    await countRevocation(db);
  });
  auth.verified.drop({ user: account.UserID });
  return {};
};
