import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import type { S3Credentials } from '../../src/objects/s3Location.ts';
import type { Bucket } from '../setup/cephDoor.ts';

/** The object stores. A new one is a new line here. */
export interface Store {
  name: string;
  available: boolean;
  /** An empty place for objects, and how to take it away again. */
  place(): Promise<ObjectsPlace>;
}

export interface ObjectsPlace {
  url: string;
  credentials: S3Credentials | null;
  remove(): Promise<void>;
}

// Its newest releases say at every start that they will want a newer Node next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const cephUrl = inject('cephUrl');
export const hasBucket = cephUrl !== null;

export const STORES: readonly Store[] = [
  { name: 'folder', available: true, place: folderPlace },
  { name: 'Ceph', available: hasBucket, place: () => bucketPlace() },
  { name: 'Ceph, below a prefix', available: hasBucket, place: () => bucketPlace('/some/where') },
];

async function folderPlace(): Promise<ObjectsPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'kinebase-objects-'));
  return {
    url: `file:${folder}`,
    credentials: null,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Ceph keeps everything in memory and ends with the run: nothing is taken away. */
async function bucketPlace(prefix = ''): Promise<ObjectsPlace> {
  const { endpoint, bucket, credentials } = await newBucket();
  return { url: `s3:${endpoint}/${bucket}${prefix}`, credentials, remove: async () => {} };
}

export interface NewBucket {
  endpoint: string;
  bucket: string;
  credentials: S3Credentials;
  /** Amazon's client for that bucket: a reader and writer by others. */
  client: S3Client;
}

/** A bucket of its own on the Ceph of this run, behind `gateway` or the one that all tests share. */
export async function newBucket(gateway?: Bucket): Promise<NewBucket> {
  const { endpoint, accessKey, secretKey } = gateway ?? (await askDoor('GET'));
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
  });
  const bucket = `t-${randomBytes(8).toString('hex')}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { endpoint, bucket, credentials: { accessKey, secretKey }, client };
}

/** Asks the Ceph of this run: POST makes another gateway, DELETE kills it, PUT starts it again. */
export async function askDoor(method: 'GET' | 'POST' | 'PUT' | 'DELETE', port = ''): Promise<Bucket> {
  const response = await fetch(`${cephUrl}${port}`, { method });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Bucket;
}
