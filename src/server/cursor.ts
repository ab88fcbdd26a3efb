import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Position, SessionFilter } from '../store/sessionPage.ts';
import { ApiError } from './errors.ts';

/**
 * A continuation token is the place of the last session of a page, bound to the organization and to the filters it was
 * issued for, and signed: it needs no memory on the server, never expires, and works on any node that knows the secret.
 *
 * base64url( version 1 · filter hash 8 · time 8 · session id · signature 16 ): letters, digits, `-` and `_` only, so that
 * a token is safe in a header raw and JSON-encoded alike.
 */
const VERSION = 1;
const FILTER_BYTES = 8;
const HEAD_BYTES = 1 + FILTER_BYTES + 8;
const SIGNATURE_BYTES = 16;

export function writeCursor(
  secret: Buffer,
  organization: string,
  filter: SessionFilter,
  position: Position,
): string {
  const head = Buffer.alloc(HEAD_BYTES);
  head[0] = VERSION;
  filterHash(filter).copy(head, 1);
  head.writeBigInt64BE(BigInt(position.recordedAt_us), 1 + FILTER_BYTES);
  const payload = Buffer.concat([head, Buffer.from(position.sessionId, 'utf8')]);
  return Buffer.concat([payload, sign(secret, organization, payload)]).toString('base64url');
}

/** Throws ApiError when the token is not ours, or was issued for other filters. */
export function readCursor(
  secret: Buffer,
  organization: string,
  filter: SessionFilter,
  token: string,
): Position {
  const bytes = /^[A-Za-z0-9_-]{40,600}$/.test(token) ? Buffer.from(token, 'base64url') : Buffer.alloc(0);
  const payload = bytes.subarray(0, -SIGNATURE_BYTES);
  const signature = bytes.subarray(-SIGNATURE_BYTES);
  const whole =
    payload.length > HEAD_BYTES && payload[0] === VERSION && bytes.toString('base64url') === token;
  if (!whole || !timingSafeEqual(signature, sign(secret, organization, payload))) {
    throw new ApiError(
      'invalid_continuation_token',
      'The X-Continuation-Token is damaged or not one of yours. Send back the token of the last answer unchanged, or none to start again.',
    );
  }
  if (!payload.subarray(1, 1 + FILTER_BYTES).equals(filterHash(filter))) {
    throw new ApiError(
      'continuation_token_mismatch',
      'The X-Continuation-Token was issued for other filters. Keep the filters of the first call (limit may change), or start without a token.',
    );
  }
  return {
    recordedAt_us: Number(payload.readBigInt64BE(1 + FILTER_BYTES)),
    sessionId: payload.subarray(HEAD_BYTES).toString('utf8'),
  };
}

function sign(secret: Buffer, organization: string, payload: Buffer): Buffer {
  return createHmac('sha256', secret)
    .update(organization)
    .update('\0')
    .update(payload)
    .digest()
    .subarray(0, SIGNATURE_BYTES);
}

/** Hashes of filters that were asked for lately: nearly every page is one of a few. */
const hashes = new Map<string, Buffer>();
const HASHES_KEPT = 1000;

function filterHash(filter: SessionFilter): Buffer {
  const { athleteIds, exerciseId, assessmentId, name, from_us, before_us, order } = filter;
  const canonical = JSON.stringify([
    athleteIds && [...athleteIds].sort(),
    exerciseId,
    assessmentId,
    name,
    from_us,
    before_us,
    order,
  ]);
  let hash = hashes.get(canonical);
  if (hash === undefined) {
    hash = createHash('sha256').update(canonical).digest().subarray(0, FILTER_BYTES);
    if (hashes.size >= HASHES_KEPT) hashes.clear();
    hashes.set(canonical, hash);
  }
  return hash;
}
