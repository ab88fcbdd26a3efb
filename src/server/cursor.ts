import { createHash } from 'node:crypto';
import type { Position, SessionFilter } from '../store/sessionPage.ts';
import type { LineFilter } from '../tables/lineFilter.ts';
import { ApiError } from './errors.ts';
import { signToken, verifiedToken } from './signedToken.ts';

/** What a list was asked for; of reports, which of their lines, too. */
type ListFilter = SessionFilter & { lines?: LineFilter };

/**
 * A continuation token is the place of the last session of a page, bound to the filters it was issued for:
 * version 1 · filter hash 8 · time 8 · session id, as a signed token.
 */
const VERSION = 1;
const FILTER_BYTES = 8;
const HEAD_BYTES = 1 + FILTER_BYTES + 8;

export function writeCursor(
  secret: Buffer,
  organization: string,
  filter: ListFilter,
  position: Position,
): string {
  const head = Buffer.alloc(HEAD_BYTES);
  head[0] = VERSION;
  filterHash(filter).copy(head, 1);
  head.writeBigInt64BE(BigInt(position.recordedAt_us), 1 + FILTER_BYTES);
  const payload = Buffer.concat([head, Buffer.from(position.sessionId, 'utf8')]);
  return signToken(secret, organization, payload);
}

/** Throws ApiError when the token is not ours, or was issued for other filters. */
export function readCursor(
  secret: Buffer,
  organization: string,
  filter: ListFilter,
  token: string,
): Position {
  const payload = verifiedToken(secret, organization, token);
  if (payload === null || payload[0] !== VERSION || payload.length <= HEAD_BYTES) {
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

/** Hashes of filters by the object they came as: nearly every page is one of a few, read off its URL once. */
const hashes = new WeakMap<SessionFilter, Buffer>();

function filterHash(filter: ListFilter): Buffer {
  let hash = hashes.get(filter);
  if (hash === undefined) {
    const { athleteIds, exerciseId, assessmentId, name, from_us, before_us, order, lines } = filter;
    const canonical = JSON.stringify([
      athleteIds && [...athleteIds].sort(),
      exerciseId,
      assessmentId,
      name,
      from_us,
      before_us,
      order,
      ...(lines ? [lines] : []),
    ]);
    hash = createHash('sha256').update(canonical).digest().subarray(0, FILTER_BYTES);
    hashes.set(filter, hash);
  }
  return hash;
}
