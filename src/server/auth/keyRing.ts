import { type CryptoKey, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { Db } from '../../store/db.ts';
import { newId } from '../../store/ids.ts';
import { insertSigningKey, listSigningKeys, type SigningKey } from '../../store/signingKeys.ts';
import { nowMicroseconds } from '../../store/time.ts';
import { createLookAgain } from './lookAgain.ts';

/** The RSA keys of our tokens. The newest signs; older ones verify until they are swept. */
export interface KeyRing {
  signer(): Promise<{ id: string; key: CryptoKey }>;
  /** Public key of that id; null when the store has none. */
  verifier(id: string): Promise<CryptoKey | null>;
  /** As JSON Web Keys, newest first. */
  publicKeys(): Promise<Record<string, string>[]>;
  rotate(): Promise<SigningKey>;
}

export const ALGORITHM = 'RS256';

/** How long a server may go on signing with a key that another server has replaced. */
const FRESH_MS = 60_000;
/** Tokens with made-up key ids must not turn into a query each. */
const RELOAD_MS = 1_000;

export function createKeyRing(db: Db, now: () => number): KeyRing {
  let keys: SigningKey[] = [];
  let loaded_ms = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;
  const imported = new Map<string, Promise<CryptoKey>>();

  const load = (): Promise<void> => {
    loading ??= (async () => {
      keys = await listSigningKeys(db);
      if (keys.length === 0) {
        await insertSigningKey(db, await makeKey(now()));
        keys = await listSigningKeys(db);
      }
      loaded_ms = now();
    })().finally(() => {
      loading = undefined;
    });
    return loading;
  };
  const notOlderThan = async (age_ms: number) => {
    if (now() - loaded_ms >= age_ms) await load();
  };
  const lookAgain = createLookAgain(
    async () => {
      keys = await listSigningKeys(db);
    },
    RELOAD_MS,
    now,
  );
  const importOnce = (name: string, jwk: Record<string, string>): Promise<CryptoKey> => {
    const known = imported.get(name) ?? (importJWK(jwk, ALGORITHM) as Promise<CryptoKey>);
    imported.set(name, known);
    return known;
  };

  return {
    signer: async () => {
      await notOlderThan(FRESH_MS);
      const [newest] = keys;
      return { id: newest!.id, key: await importOnce(`private ${newest!.id}`, newest!.privateJwk) };
    },
    verifier: async (id) => {
      if (!keys.some((key) => key.id === id)) await lookAgain();
      const key = keys.find((key) => key.id === id);
      return key ? importOnce(`public ${id}`, key.publicJwk) : null;
    },
    publicKeys: async () => {
      await notOlderThan(RELOAD_MS);
      return keys.map((key) => key.publicJwk);
    },
    rotate: async () => {
      const key = await makeKey(now());
      await insertSigningKey(db, key);
      await load();
      return key;
    },
  };
}

async function makeKey(now_ms: number): Promise<SigningKey> {
  const id = newId(now_ms);
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, {
    modulusLength: 2048,
    extractable: true,
  });
  const marks = { kid: id, alg: ALGORITHM, use: 'sig' };
  return {
    id,
    privateJwk: { ...((await exportJWK(privateKey)) as Record<string, string>), ...marks },
    publicJwk: { ...((await exportJWK(publicKey)) as Record<string, string>), ...marks },
    created_us: nowMicroseconds(now_ms),
  };
}
