import { POOL_ID } from '../contract/wire.ts';

export { POOL_ID };

/**
 * Issuer of this installation's tokens. Without a public URL it is fixed, so that tokens hold whatever host name a client
 * uses, and only a name; with one it is a place where others find the keys (OpenID Connect Discovery 1.0 §4).
 */
export const issuerAt = (publicUrl: string | null): string =>
  `${publicUrl ?? 'https://kinebase.local'}/${POOL_ID}`;
