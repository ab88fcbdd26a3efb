import type { Db } from '../../store/db.ts';
import { addIssuer, listIssuers } from '../../store/issuers.ts';
import { nowMicroseconds } from '../../store/time.ts';
import { createLookAgain } from './lookAgain.ts';

/** The issuers that tokens of this installation name: the one of now, and what it was called under other public URLs. */
export interface IssuerNames {
  has(issuer: string): Promise<boolean>;
}

const LOOK_MS = 1_000;

/** Records `issuer`, so that the other servers and later ones accept what this one signs. */
export async function openIssuerNames(db: Db, issuer: string, now: () => number): Promise<IssuerNames> {
  await addIssuer(db, issuer, nowMicroseconds(now()));
  let names = new Set(await listIssuers(db));
  const lookAgain = createLookAgain(
    async () => {
      names = new Set(await listIssuers(db));
    },
    LOOK_MS,
    now,
  );
  return {
    has: async (name) => {
      if (!names.has(name)) await lookAgain();
      return names.has(name);
    },
  };
}
