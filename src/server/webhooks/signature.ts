import { createHmac, randomBytes } from 'node:crypto';
import type { StoredWebhook } from '../../store/webhooks.ts';

/** Signatures as Standard Webhooks 1.0 has them: HMAC-SHA256 over `id.timestamp.body`. */
const PREFIX = 'whsec_';

export const newSecret = (): string => PREFIX + randomBytes(32).toString('base64');

const sign = (secret: string, content: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .update(content)
    .digest('base64')}`;

/** The headers of a post that is sent now; after a change of the secret, for a while, with both signatures. */
export function signedHeaders(
  { secret, oldSecret }: Pick<StoredWebhook, 'secret' | 'oldSecret'>,
  deliveryId: string,
  body: string,
  now_us: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now_us / 1e6));
  const secrets = [secret, ...(oldSecret !== null && oldSecret.until_us > now_us ? [oldSecret.secret] : [])];
  return {
    'webhook-id': deliveryId,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((each) => sign(each, `${deliveryId}.${timestamp}.${body}`)).join(' '),
  };
}
