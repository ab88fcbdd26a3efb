import { expect, test } from 'vitest';
import { openObjects } from '../../src/objects/open.ts';
import { readS3Location } from '../../src/objects/s3Location.ts';

test('a URL names host, bucket, prefix and region', () => {
  expect(readS3Location('s3:https://s3.example.org/kinebase')).toEqual({
    endpoint: 'https://s3.example.org/kinebase',
    prefix: '',
    region: 'us-east-1',
  });
  expect(readS3Location('s3:http://10.0.0.7:7480/kine.base-2/clinic/one/?region=eu-central-1')).toEqual({
    endpoint: 'http://10.0.0.7:7480/kine.base-2',
    prefix: 'clinic/one/',
    region: 'eu-central-1',
  });
});

test.each([
  ['no bucket', 's3:https://s3.example.org', 'names no bucket'],
  ['no bucket but a slash', 's3:https://s3.example.org/', 'names no bucket'],
  ['a bucket of two letters', 's3:https://s3.example.org/ab', 'names no bucket'],
  ['a bucket in capitals', 's3:https://s3.example.org/Kinebase', 'names no bucket'],
  ['no host', 's3:kinebase', 's3:https://HOST/BUCKET'],
  ['the form of other programs', 's3://kinebase/x', 's3:https://HOST/BUCKET'],
  ['another protocol', 's3:ftp://s3.example.org/kinebase', 's3:https://HOST/BUCKET'],
  ['a way out of the prefix', 's3:https://s3.example.org/kinebase/.hidden', 'prefix'],
  ['an empty part', 's3:https://s3.example.org/kinebase//x', 'prefix'],
  ['an option that is unknown', 's3:https://s3.example.org/kinebase?regoin=x', '"regoin"'],
  ['a fragment', 's3:https://s3.example.org/kinebase#x', '"#x"'],
])('a URL with %s is refused', (_what, url, named) => {
  expect(() => readS3Location(url)).toThrow(named);
});

test('credentials in the URL are refused, and not repeated', () => {
  const refusal = () => readS3Location('s3:https://AKIA:hush@s3.example.org/kinebase');
  expect(refusal).toThrow('KINEBASE_S3_ACCESS_KEY');
  expect(refusal).not.toThrow(/hush|AKIA/);
});

test('a bucket without credentials is not opened', async () => {
  await expect(openObjects('s3:https://s3.example.org/kinebase')).rejects.toThrow('KINEBASE_S3_SECRET_KEY');
});
