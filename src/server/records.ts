import type { IncomingHttpHeaders } from 'node:http';
import { TOKEN_HEADER } from '../contract/page.ts';
import { escapeJson, readTokenHeader, type TokenRequest } from '../contract/wire.ts';
import { fromIso } from '../store/time.ts';
import type { Answer } from './answers.ts';
import { ApiError } from './errors.ts';

/** Answers that every kind of record shares. */
export function noSuch(kind: string, id: string): never {
  throw new ApiError('not_found', `Your organization has no ${kind} ${JSON.stringify(id.slice(0, 200))}.`);
}

export const stillUsed = (kind: string, by: string): ApiError =>
  new ApiError('conflict', `The ${kind} is still used by ${by}. Remove those first.`);

/** Nothing was recorded before, and page positions are written for this span. */
const EARLIEST_US = Date.UTC(1900, 0) * 1000;
const LATEST_US = Date.UTC(2200, 0) * 1000;

/** ISO 8601 → microseconds; throws ApiError naming the parameter. */
export function readTime(name: string, text: string): number {
  const time_us = fromIso(text);
  if (time_us === null) {
    throw new ApiError(
      'invalid_parameter',
      `${name} must be a date or time in ISO 8601, such as 2026-05-04T09:30:00Z, not ${JSON.stringify(text.slice(0, 60))}.`,
    );
  }
  if (time_us < EARLIEST_US || time_us > LATEST_US) {
    throw new ApiError(
      'invalid_parameter',
      `${name} must lie between the years 1900 and 2199; it is ${text.trim().slice(0, 40)}.`,
    );
  }
  return time_us;
}

/** Which page the token header asks for. */
export const askedPage = (headers: IncomingHttpHeaders): TokenRequest =>
  readTokenHeader(headers[TOKEN_HEADER.toLowerCase()] as string | undefined);

/** A list that is complete in one answer, in the shape of a last page: no token was ever given out for another. */
export function completeList(records: readonly unknown[], headers: IncomingHttpHeaders): Answer {
  const asked = askedPage(headers);
  if (asked.kind === 'end') return { kind: 'page', items: '', next: null };
  if (asked.kind === 'next') {
    throw new ApiError(
      'invalid_continuation_token',
      'This list comes in one answer and gives out no X-Continuation-Token. Leave the header out.',
    );
  }
  return {
    kind: 'page',
    items: records.map((record) => escapeJson(JSON.stringify(record))).join(','),
    next: null,
  };
}
