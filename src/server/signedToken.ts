import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A token that a client keeps and sends back: some bytes, the first of which says what they are, bound to an organization
 * and signed. It needs no memory on the server, never expires, and works on any node that knows the secret.
 *
 * base64url( payload · signature 16 ): letters, digits, `-` and `_` only, so that it is safe in a URL, and in a header raw
 * and JSON-encoded alike.
 */
const SIGNATURE_BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{24,1200}$/;

export const signToken = (secret: Buffer, organization: string, payload: Buffer): string =>
  Buffer.concat([payload, sign(secret, organization, payload)]).toString('base64url');

/** What was signed; null when the token is not ours, or not of this organization. */
export function verifiedToken(secret: Buffer, organization: string, token: string): Buffer | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.toString('base64url') !== token) return null;
  const payload = bytes.subarray(0, -SIGNATURE_BYTES);
  const signature = bytes.subarray(-SIGNATURE_BYTES);
  return timingSafeEqual(signature, sign(secret, organization, payload)) ? payload : null;
}

function sign(secret: Buffer, organization: string, payload: Buffer): Buffer {
  return createHmac('sha256', secret)
    .update(organization)
    .update('\0')
    .update(payload)
    .digest()
    .subarray(0, SIGNATURE_BYTES);
}
