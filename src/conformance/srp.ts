import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';
import { isMembers, type Members, must } from './expect.ts';
import type { Account, Door, Tokens } from './signIn.ts';
import { mustSignIn } from './signIn.ts';
import { described } from './words.ts';

/**
 * The password proof of Amazon Cognito as its libraries send it: SRP-6a (RFC 5054) with SHA-256 over the 3072-bit group of
 * RFC 3526 §5, g = 2. Its own turns: hashes run over integers in two's complement, the identity is pool name and user id
 * without a separator, and the key is HKDF-SHA256 of S, salted with u, info "Caldera Derived Key", 16 bytes.
 */

const N = integer(getDiffieHellman('modp15').getPrime());
const G = 2n;
const K = integer(sha256(signed(N), signed(G)));

/** Signs in without sending the password. The name of the pool is the part of its id after `_`. */
export async function signInBySrp(
  door: Door,
  { username, password, clientId }: Account,
  poolName: string,
): Promise<Tokens> {
  const a = integer(randomBytes(128)) % N;
  const A = power(G, a);
  const begun = await door('InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: username, SRP_A: A.toString(16) },
    ClientMetadata: {},
    UserContextData: {},
  });
  const challenge = isMembers(begun.json) ? begun.json : {};
  const wanted = 'ChallengeName PASSWORD_VERIFIER with its ChallengeParameters';
  must(
    begun.status === 200 && challenge.ChallengeName === 'PASSWORD_VERIFIER',
    begun,
    wanted,
    `HTTP ${begun.status}, ${described(begun.json)}`,
  );
  const given = isMembers(challenge.ChallengeParameters) ? challenge.ChallengeParameters : {};
  const text = (name: string, form: RegExp): string => {
    const value = (given as Members)[name];
    must(typeof value === 'string' && form.test(value), begun, `${name} in ${form}`, described(value));
    return value;
  };
  const userId = text('USER_ID_FOR_SRP', /./);
  const B = BigInt(`0x${text('SRP_B', HEX)}`);
  const salt = BigInt(`0x${text('SALT', HEX)}`);
  const block = Buffer.from(text('SECRET_BLOCK', /^[A-Za-z0-9+/]+=*$/), 'base64');
  must(B % N !== 0n, begun, 'SRP_B that is no multiple of N', 'a multiple of N');

  const u = integer(sha256(signed(A), signed(B)));
  const x = integer(sha256(signed(salt), sha256(Buffer.from(`${poolName}${userId}:${password}`))));
  const S = power(mod(B - K * power(G, x)), a + u * x);
  const key = hkdfSync('sha256', signed(S), signed(u), 'Caldera Derived Key', 16);
  const timestamp = cognitoTime(new Date());
  const signature = createHmac('sha256', new Uint8Array(key))
    .update(poolName)
    .update(userId)
    .update(block)
    .update(timestamp)
    .digest('base64');
  const answer = await door('RespondToAuthChallenge', {
    ChallengeName: 'PASSWORD_VERIFIER',
    ClientId: clientId,
    Session: challenge.Session,
    ChallengeResponses: {
      USERNAME: userId,
      PASSWORD_CLAIM_SECRET_BLOCK: block.toString('base64'),
      TIMESTAMP: timestamp,
      PASSWORD_CLAIM_SIGNATURE: signature,
    },
  });
  return mustSignIn(answer);
}

const HEX = /^[0-9a-fA-F]+$/;

/** "Mon Nov 3 09:05:00 UTC 2026". */
function cognitoTime(date: Date): string {
  const [day, dayOfMonth, month, year, time] = date.toUTCString().replace(',', '').split(' ') as string[];
  return `${day} ${month} ${Number(dayOfMonth)} ${time} UTC ${year}`;
}

const mod = (value: bigint): bigint => ((value % N) + N) % N;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
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
  const hex = value.toString(16);
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}
