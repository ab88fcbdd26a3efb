import { openFolder } from './filesystem.ts';
import type { Objects } from './objects.ts';
import { ObjectsUrlError, readS3Location, type S3Credentials } from './s3Location.ts';

/** Opens `file:FOLDER` or `s3:https://HOST/BUCKET`, the latter with credentials. */
export async function openObjects(url: string, credentials: S3Credentials | null = null): Promise<Objects> {
  if (url.startsWith('file:')) return openFolder(url.slice('file:'.length));
  if (!url.startsWith('s3:'))
    throw new ObjectsUrlError(`the objects URL must start with file: or s3:, not ${url.split(':')[0]}:`);
  const location = readS3Location(url);
  if (credentials === null)
    throw new ObjectsUrlError(
      'the objects lie in a bucket: set KINEBASE_S3_ACCESS_KEY and KINEBASE_S3_SECRET_KEY',
    );
  const { openBucket } = await import('./s3.ts');
  return openBucket(location, credentials);
}
