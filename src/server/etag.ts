import { hash } from 'node:crypto';

/** Names the representation too: the same list in another form, coding or place is another page. */
export const etagOf = (key: string, version: number): string => `"${version.toString(36)}-${shortHash(key)}"`;

export const shortHash = (text: string | Buffer): string => hash('sha1', text, 'base64url').slice(0, 16);

/** Whether an `If-None-Match` header names an ETag (RFC 9110 §13.1.2; the comparison is weak). */
export const names = (header: string, etag: string): boolean =>
  header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part.trim() === '*');
