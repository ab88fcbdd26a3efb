import { type FeedPlace, LANES } from '../store/changes.ts';
import { ApiError } from './errors.ts';
import { signToken, verifiedToken } from './signedToken.ts';

/**
 * A change token is a place in the feed: 2 · version 8 · lane 1 · id, as a signed token. It says nothing of the
 * kinds that were asked for: it is a place in the whole feed.
 */
const KIND = 2;
const HEAD_BYTES = 1 + 8 + 1;

export function writeChangeToken(
  secret: Buffer,
  organization: string,
  { version, lane, id }: FeedPlace,
): string {
  const head = Buffer.alloc(HEAD_BYTES);
  head[0] = KIND;
  head.writeBigUInt64BE(BigInt(version), 1);
  head[9] = lane;
  return signToken(secret, organization, Buffer.concat([head, Buffer.from(id, 'utf8')]));
}

/** Throws ApiError when the token is not ours. */
export function readChangeToken(secret: Buffer, organization: string, token: string): FeedPlace {
  const payload = verifiedToken(secret, organization, token);
  if (payload === null || payload[0] !== KIND || payload.length < HEAD_BYTES || payload[9]! > LANES) {
    throw new ApiError(
      'invalid_continuation_token',
      'since is damaged or not one of yours. Send the token of the last answer unchanged, or none to begin again.',
    );
  }
  return {
    version: Number(payload.readBigUInt64BE(1)),
    lane: payload[9]!,
    id: payload.subarray(HEAD_BYTES).toString('utf8'),
  };
}
