import { isIP } from 'node:net';
import { ApiError } from '../errors.ts';
import { isPublicAddress, notPublic } from './addresses.ts';

/** The host as a name or an address, without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/**
 * Reads where to post; throws ApiError that says what is wrong. What a name leads to is looked at again with every
 * connection.
 */
export function readTarget(text: string, allowPrivate: boolean): URL {
  const refuse = (why: string): never => {
    throw new ApiError('invalid_parameter', `Member URL ${why}.`);
  };
  const url = URL.canParse(text)
    ? new URL(text)
    : refuse('must be a URL such as https://motion.example/hook');
  if (!/^https?:$/.test(url.protocol)) refuse(`must begin with https:// or http://, not ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    refuse('must not carry a user or a password: posts are signed');
  if (url.hash !== '') refuse('must not have a part behind #: it would not be sent');
  const host = hostOf(url);
  const isPrivate = isIP(host) === 0 ? /(^|\.)localhost\.?$/i.test(host) : !isPublicAddress(host);
  if (isPrivate && !allowPrivate)
    refuse(
      `leads into the server's own network: ${notPublic(host)}. The operator may allow it (KINEBASE_WEBHOOK_PRIVATE=allow)`,
    );
  return url;
}
