/** User pool id and issuer of this installation's tokens: fixed, so that tokens hold whatever host name a client uses. */
export const POOL_ID = 'local_kinebase';
export const ISSUER = `https://kinebase.local/${POOL_ID}`;
