import {
  createDiffieHellman,
  createHash,
  createHmac,
  getDiffieHellman,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

/**
 * The password proof of Amazon Cognito: SRP-6a (RFC 5054) with SHA-256 over the 3072-bit group of RFC 3526 §5, g = 2.
 * Its own turns: hashes run over integers in two's complement, the identity is pool name and user id without a separator,
 * and the session key is HKDF-SHA256 of S, salted with u, info "Caldera Derived Key", 16 bytes.
 */

const PRIME = getDiffieHellman('modp15').getPrime();
const N = integer(PRIME);
const G = 2n;
const K = integer(sha256(signed(N), signed(G)));

/** Raises to a power modulo N, in constant time and some six times faster than BigInt. */
const group = createDiffieHellman(PRIME, Number(G));
function power(base: bigint, exponent: Uint8Array): bigint {
  group.setPrivateKey(exponent);
  return integer(group.computeSecret(Buffer.from(base.toString(16).padStart(PRIME.length * 2, '0'), 'hex')));
}

/** Salt and verifier of a password, hexadecimal. */
export function makeVerifier(
  pool: string,
  userId: string,
  password: string,
): { srpSalt: string; srpVerifier: string } {
  const salt = randomBytes(16);
  const x = sha256(signed(integer(salt)), sha256(Buffer.from(`${pool}${userId}:${password}`)));
  return { srpSalt: salt.toString('hex'), srpVerifier: power(G, x).toString(16) };
}

/** Salt and verifier of a user that does not exist: always the same for a name, and no password fits them. */
export function madeUpVerifier(
  secret: Uint8Array,
  username: string,
): { srpSalt: string; srpVerifier: string } {
  const salt = Buffer.from(hkdfSync('sha256', secret, username, 'salt', 16));
  const verifier = Buffer.from(hkdfSync('sha256', secret, username, 'verifier', PRIME.length));
  return { srpSalt: salt.toString('hex'), srpVerifier: (integer(verifier) % N).toString(16) };
}

/** The client's public value A; null unless 0 < A < N, as A mod N = 0 would make S independent of the password. */
export function readPublicValue(hex: string): bigint | null {
  if (!/^[0-9a-fA-F]{1,770}$/.test(hex)) return null;
  const A = BigInt(`0x${hex}`);
  return A > 0n && A < N ? A : null;
}

/** The server's secret value b. */
export const newSecretValue = (): Buffer => randomBytes(32);

/** The server's public value, B = k·v + g^b. */
export function publicValue(b: Uint8Array, srpVerifier: string): bigint {
  return (K * BigInt(`0x${srpVerifier}`) + power(G, b)) % N;
}

/** The key both sides share when the client knew the password: from S = (A · v^u)^b. Null for values no client computes. */
export function sessionKey(A: bigint, b: Uint8Array, srpVerifier: string): Buffer | null {
  const u = sha256(signed(A), signed(publicValue(b, srpVerifier)));
  try {
    const S = power((A * power(BigInt(`0x${srpVerifier}`), u)) % N, b);
    return Buffer.from(hkdfSync('sha256', signed(S), signed(integer(u)), 'Caldera Derived Key', 16));
  } catch {
    // The group refuses bases outside 2 … N-2.
    return null;
  }
}

/** What the client proves its key with. */
export function claimSignature(
  key: Uint8Array,
  pool: string,
  userId: string,
  secretBlock: Uint8Array,
  timestamp: string,
): Buffer {
  return createHmac('sha256', key).update(pool).update(userId).update(secretBlock).update(timestamp).digest();
}

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function integer(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/** The shortest two's complement of a number that is not negative: a zero byte goes before a set highest bit. */
function signed(value: bigint): Buffer {
  let hex = value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  if (/^[89a-f]/.test(hex)) hex = `00${hex}`;
  return Buffer.from(hex, 'hex');
}
