import { createHash, createHmac } from 'node:crypto';
import type { S3Credentials, S3Location } from './s3Location.ts';

/**
 * A link that reads one object without credentials until it expires: Signature Version 4 in the query
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). Not the library's, which leaves `'` as it
 * is: servers sign `%27`, and a file name in an answer's headers begins with two of them.
 */
export function signLink(
  { endpoint, region }: S3Location,
  { accessKey, secretKey }: S3Credentials,
  path: string,
  answerHeaders: Readonly<Record<string, string>>,
  expiresIn_s: number,
  now: Date,
): string {
  const url = new URL(`${endpoint}/${path.split('/').map(escaped).join('/')}`);
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const parameters: Record<string, string> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKey}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(expiresIn_s),
    'X-Amz-SignedHeaders': 'host',
  };
  for (const [name, value] of Object.entries(answerHeaders)) parameters[`response-${name}`] = value;
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${escaped(parameters[name]!)}`)
    .join('&');
  const request = ['GET', url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(request).digest('hex')].join(
    '\n',
  );
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secretKey}`);
  return `${url.origin}${url.pathname}?${query}&X-Amz-Signature=${hmac(key, text).toString('hex')}`;
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
