import { sweepFailures } from '../../store/failedSignIns.ts';
import { deleteExpiredSignIns } from '../../store/signIns.ts';
import { deleteRetiredSigningKeys } from '../../store/signingKeys.ts';
import { nowMicroseconds } from '../../store/time.ts';
import type { Auth } from './auth.ts';
import { LIFETIME_S } from './tokens.ts';

/**
 * Removes sign-ins and signing keys that no token can refer to any more; call it now and then. A token outlives its
 * sign-in or its key's replacement by its own lifetime at most; twice that covers clocks that differ.
 */
export async function sweepSignIns(auth: Auth): Promise<void> {
  const before_us = nowMicroseconds(auth.now() - 2 * LIFETIME_S * 1000);
  await deleteExpiredSignIns(auth.db, before_us);
  await deleteRetiredSigningKeys(auth.db, before_us);
  await sweepFailures(auth.db, nowMicroseconds(auth.now()));
}
