/** Paging: a list answers one page and the token of the next, null at the end. */

/** Request header and answer member that carry the token. */
export const TOKEN_HEADER = 'X-Continuation-Token';

/** Sessions a page holds when `limit` is absent, and the most it holds whatever `limit` says. */
export const DEFAULT_LIMIT = 1000;
export const MAX_LIMIT = 5000;

/** Answer of a data endpoint. `body` is a JSON string, or the value itself when asked for. */
export interface Envelope<Body> {
  /** The HTTP status again: 200, or 201 for a new record. */
  statusCode: number;
  body: string | Body;
}

/** Answer of a list that pages. The token is always a member: null when all has been retrieved. */
export interface PageEnvelope<Item> extends Envelope<Item[]> {
  'X-Continuation-Token': string | null;
}
