import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isMembers, type Members } from './expect.ts';

/** JSON Web Tokens: read without their key, and imitated without it. */

/** The claims of a token; null unless it has three parts and claims in JSON. */
export function claimsOf(token: string): Members | null {
  const parts = token.split('.');
  const claims = parts.length === 3 ? decoded(parts[1]!) : undefined;
  return isMembers(claims) ? claims : null;
}

/** Of nobody. Made once: that takes a while. */
let foreignKey: KeyObject | null = null;

/** Authorization headers that must open nothing; null is none. Nobody but the server can make a token that expired. */
export function badAuthorizations(idToken: string, refreshToken: string): [string, string | null][] {
  const [head = '', body = '', signature = ''] = idToken.split('.');
  const claims = decoded(body);
  const now_s = Math.floor(Date.now() / 1000);
  const moved = encoded({ ...(isMembers(claims) ? claims : {}), iat: now_s - 7200, exp: now_s - 3600 });
  foreignKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const key = foreignKey;
  const signed = (text: string) => `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  return [
    ['no Authorization', null],
    ['the scheme alone', 'Bearer'],
    ['no JWT', 'Bearer your_jwt_token'],
    ['two parts of three', `Bearer ${head}.${body}`],
    ['a damaged signature', `Bearer ${head}.${body}.${damaged(signature)}`],
    ['claims of an hour ago', `Bearer ${head}.${moved}.${signature}`],
    ['another signing key', `Bearer ${signed(`${head}.${body}`)}`],
    ['algorithm none', `Bearer ${encoded({ alg: 'none', typ: 'JWT' })}.${body}.`],
    ['a refresh token', `Bearer ${refreshToken}`],
  ];
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** In the middle: the last letter of base64 may hold bits that count for nothing. */
function damaged(signature: string): string {
  const at = signature.length >> 1;
  return signature.slice(0, at) + (signature[at] === 'A' ? 'B' : 'A') + signature.slice(at + 1);
}
