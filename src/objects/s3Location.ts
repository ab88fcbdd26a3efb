/** Where a bucket is. */
export interface S3Location {
  /** `https://host[:port]/bucket`. */
  endpoint: string;
  /** Before every key: empty, or ending in a slash. */
  prefix: string;
  region: string;
}

export interface S3Credentials {
  accessKey: string;
  secretKey: string;
}

/** What an operator got wrong; the message holds no secret. */
export class ObjectsUrlError extends Error {
  override readonly name = 'ObjectsUrlError';
}

const FORM = 's3:https://HOST/BUCKET[/PREFIX][?region=REGION]';
const PREFIX = /^[A-Za-z0-9_=-][A-Za-z0-9._=-]*(\/[A-Za-z0-9_=-][A-Za-z0-9._=-]*)*$/;

/** `s3:https://HOST/BUCKET[/PREFIX][?region=REGION]`; with `http:` for a bucket on a trusted network. */
export function readS3Location(text: string): S3Location {
  const address = text.replace(/^s3:/, '');
  if (!/^https?:\/\//.test(address) || !URL.canParse(address))
    throw new ObjectsUrlError(`the objects URL of a bucket is ${FORM}`);
  const url = new URL(address);
  if (url.username !== '' || url.password !== '')
    throw new ObjectsUrlError(
      'the objects URL must not hold credentials; set KINEBASE_S3_ACCESS_KEY and KINEBASE_S3_SECRET_KEY',
    );
  const [bucket = '', ...rest] = url.pathname.slice(1).replace(/\/$/, '').split('/');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new ObjectsUrlError(`the objects URL names no bucket: it is ${FORM}`);
  const prefix = rest.join('/');
  if (prefix !== '' && !PREFIX.test(prefix))
    throw new ObjectsUrlError(
      'the prefix in the objects URL may hold letters, digits, ._=- and single slashes',
    );
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'region');
  if (unknown !== undefined || url.hash !== '')
    throw new ObjectsUrlError(
      `the objects URL knows no ${JSON.stringify(unknown ?? url.hash)}: it is ${FORM}`,
    );
  return {
    endpoint: `${url.protocol}//${url.host}/${bucket}`,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region: url.searchParams.get('region') || 'us-east-1',
  };
}
