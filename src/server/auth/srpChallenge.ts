import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What the first step of an SRP sign-in leaves for the second. It travels with the client, sealed: any server can go on. */
export interface SrpChallenge {
  /** Origin id of the sign-in to be. It can be recorded once only, so a challenge cannot be answered twice. */
  origin: string;
  username: string;
  clientId: string;
  /** The client's public value, hexadecimal. */
  A: string;
  /** The server's secret value, hexadecimal. */
  b: string;
  begun_ms: number;
}

/** A challenge has to be answered within three minutes, as at Amazon. */
export const CHALLENGE_MS = 180_000;

const PURPOSE = Buffer.from('kinebase srp challenge 1');

/** Seals with AES-256-GCM: 12 bytes of nonce, 16 of tag, then the ciphertext. */
export function sealChallenge(secret: Uint8Array, challenge: SrpChallenge): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(PURPOSE);
  const text = Buffer.concat([cipher.update(JSON.stringify(challenge)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Opens a sealed challenge; null when it is not one of ours. */
export function openChallenge(secret: Uint8Array, sealed: Uint8Array): SrpChallenge | null {
  if (sealed.length <= 28) return null;
  try {
    const opener = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12), {
      authTagLength: 16,
    }).setAAD(PURPOSE);
    opener.setAuthTag(sealed.subarray(12, 28));
    return JSON.parse(Buffer.concat([opener.update(sealed.subarray(28)), opener.final()]).toString());
  } catch {
    return null;
  }
}
