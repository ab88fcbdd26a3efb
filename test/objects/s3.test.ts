import { randomBytes } from 'node:crypto';
import { createServer, request as sendOn } from 'node:http';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Objects, ObjectsAwayError, ObjectTakenError } from '../../src/objects/objects.ts';
import { openObjects } from '../../src/objects/open.ts';
import { freePort } from '../setup/postgres.ts';
import { askDoor, hasBucket, type NewBucket, newBucket } from './stores.ts';

async function* chunks(bytes: Buffer, size = 300_001): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe.skipIf(!hasBucket)('objects in a bucket', () => {
  let place: NewBucket;
  let objects: Objects;
  beforeAll(async () => {
    place = await newBucket();
    objects = await openObjects(`s3:${place.endpoint}/${place.bucket}/clinic`, place.credentials);
  }, 180_000);

  const theirs = async (key: string): Promise<Buffer> => {
    const { Body } = await place.client.send(new GetObjectCommand({ Bucket: place.bucket, Key: key }));
    return Buffer.from(await Body!.transformToByteArray());
  };

  test("Amazon's client reads what we wrote, in one request and in parts", async () => {
    for (const length of [0, 1000, 20_000_000]) {
      const bytes = randomBytes(length);
      await objects.putStream(`org/a=_.-9/${length}`, chunks(bytes));
      expect((await theirs(`clinic/org/a=_.-9/${length}`)).equals(bytes)).toBe(true);
    }
    await objects.put('org/small', Buffer.from('small'));
    expect(String(await theirs('clinic/org/small'))).toBe('small');
    const head = new HeadObjectCommand({ Bucket: place.bucket, Key: 'clinic/org/small' });
    expect((await place.client.send(head)).ContentLength).toBe(5);
  });

  test("we read what Amazon's client wrote, in one request and in parts, and list nothing outside our prefix", async () => {
    const Bucket = place.bucket;
    const bytes = randomBytes(11_000_000);
    await place.client.send(new PutObjectCommand({ Bucket, Key: 'clinic/other/one', Body: bytes }));
    const Key = 'clinic/other/parts';
    const { UploadId } = await place.client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const parts = [bytes.subarray(0, 6_000_000), bytes.subarray(6_000_000)];
    const Parts = [];
    for (const [at, Body] of parts.entries()) {
      const PartNumber = at + 1;
      const part = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body });
      Parts.push({ PartNumber, ETag: (await place.client.send(part)).ETag });
    }
    const MultipartUpload = { Parts };
    await place.client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
    for (const outside of ['other/one', 'clinic2/other/one', 'clinic', "odd key/ü+%&<>'"])
      await place.client.send(new PutObjectCommand({ Bucket, Key: outside, Body: 'outside' }));
    expect((await objects.get('other/one'))?.equals(bytes)).toBe(true);
    expect((await objects.get('other/parts'))?.equals(bytes)).toBe(true);
    const seen = [];
    for await (const { key, size_bytes } of objects.list('other/')) seen.push([key, size_bytes]);
    expect(seen).toEqual([
      ['other/one', 11_000_000],
      ['other/parts', 11_000_000],
    ]);
    // The same bytes in other parts are still the same bytes.
    await objects.putStream('other/parts', chunks(bytes));
    await objects.put('other/one', bytes);
    await expect(objects.put('other/one', Buffer.from('x'))).rejects.toThrow(ObjectTakenError);
    await objects.deleteAll('other/');
    const left = await place.client.send(new ListObjectsV2Command({ Bucket }));
    const keys = (left.Contents ?? []).map(({ Key }) => Key);
    expect(keys).toEqual(
      expect.arrayContaining(['other/one', 'clinic2/other/one', 'clinic', "odd key/ü+%&<>'"]),
    );
    expect(keys.filter((key) => key!.startsWith('clinic/other'))).toEqual([]);
  });

  test('a link gives anybody the object under its name, until it expires; one that was altered gives nothing', async () => {
    const bytes = randomBytes(100_000);
    await objects.put('org/a=_.-9/linked', bytes);
    const link = { expiresIn_s: 300, fileName: 'Knie "links" ä+b.mot.gz' };
    const url = (await objects.downloadUrl('org/a=_.-9/linked', link))!;
    const answer = await fetch(url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(link.fileName)}`,
    );
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(10, 20)]);
    expect((await fetch(url.replace('/linked', '/small'))).status).toBe(403);
    expect((await fetch(url.replace('X-Amz-Expires=300', 'X-Amz-Expires=301'))).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    const short = (await objects.downloadUrl('org/a=_.-9/linked', { ...link, expiresIn_s: 1 }))!;
    await expect.poll(async () => (await fetch(short)).status).toBe(403);
  });

  test('uploads in parts that a crash left are counted and dropped, younger ones are not', async () => {
    const Bucket = place.bucket;
    for (const Key of ['clinic/org/x', 'clinic/org/y', 'elsewhere'])
      await place.client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    expect(await objects.unfinished(Date.now() - 3_600_000, true)).toBe(0);
    expect(await objects.unfinished(Date.now() + 3_600_000, false)).toBe(2);
    expect(await objects.unfinished(Date.now() + 3_600_000, true)).toBe(2);
    expect(await objects.unfinished(Date.now() + 3_600_000, true)).toBe(0);
    const left = await place.client.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(left.Uploads?.map(({ Key }) => Key)).toEqual(['elsewhere']);
  });

  test('a write whose answer was lost is written once', async () => {
    const { port: target } = new URL(place.endpoint);
    let lost = 0;
    // Passes requests on as they are, and cuts the line instead of the first answer to a write.
    const line = createServer((request, response) => {
      const { method, url, headers } = request;
      const onward = sendOn({ host: 'localhost', port: target, method, path: url, headers }, (answer) => {
        if (method === 'PUT' && answer.statusCode === 200 && lost++ === 0) request.socket.destroy();
        else answer.pipe(response.writeHead(answer.statusCode!, answer.headers));
      });
      request.pipe(onward);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => line.listen(port, '127.0.0.1', resolve));
    try {
      const through = await openObjects(
        `s3:http://localhost:${port}/${place.bucket}/lost`,
        place.credentials,
      );
      expect(lost).toBeGreaterThan(0);
      lost = 0;
      await through.put('org/x', Buffer.from('once'));
      expect(lost).toBeGreaterThan(0);
      expect(String(await theirs('lost/org/x'))).toBe('once');
    } finally {
      line.closeAllConnections();
      line.close();
    }
  });
});

describe.skipIf(!hasBucket)(
  'a bucket that cannot be used is refused at the start in one line without secrets',
  () => {
    let place: NewBucket;
    beforeAll(async () => {
      place = await newBucket();
    }, 180_000);

    const refusal = async (url: string, change: object = {}): Promise<string> => {
      const credentials = { ...place.credentials, ...change };
      const error = await openObjects(url, credentials).then(
        () => new Error('was not refused'),
        (error: Error) => error,
      );
      expect(error.message).not.toContain('\n');
      expect(JSON.stringify(error) + error.stack + String(error.cause)).not.toContain(credentials.secretKey);
      return error.message;
    };

    test('no such bucket', async () => {
      expect(await refusal(`s3:${place.endpoint}/no-such-bucket`)).toContain('there is no such bucket');
    });

    test('wrong credentials', async () => {
      const url = `s3:${place.endpoint}/${place.bucket}`;
      expect(await refusal(url, { secretKey: 'another-secret' })).toContain('403 SignatureDoesNotMatch');
      expect(await refusal(url, { accessKey: 'another-key' })).toContain('403 InvalidAccessKeyId');
    });

    test('nobody there', async () => {
      expect(await refusal(`s3:http://localhost:${await freePort()}/${place.bucket}`)).toContain(
        'ECONNREFUSED',
      );
      expect(await refusal('s3:http://no-such-host.invalid/bucket')).toMatch(/ENOTFOUND|EAI_AGAIN/);
    });

    test('something else than S3', async () => {
      const other = createServer((_request, response) => response.end('<html>Hello</html>'));
      const port = await freePort();
      await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
      try {
        expect(await refusal(`s3:http://localhost:${port}/${place.bucket}`)).toContain('cannot be used');
      } finally {
        other.close();
      }
    });
  },
);

describe.skipIf(!hasBucket)('a bucket that goes away', () => {
  let place: NewBucket;
  let objects: Objects;
  let port: string;
  beforeAll(async () => {
    const gateway = await askDoor('POST');
    port = new URL(gateway.endpoint).port;
    place = await newBucket(gateway);
    objects = await openObjects(`s3:${place.endpoint}/${place.bucket}`, place.credentials);
  }, 180_000);
  afterAll(async () => {
    if (port !== undefined) await askDoor('DELETE', port);
  });

  test('every request says so, nothing is half written, and all works again when it is back', async () => {
    await objects.put('org/before', Buffer.from('before'));
    await askDoor('DELETE', port);
    const requests: [string, () => Promise<unknown>][] = [
      ['get', () => objects.get('org/before')],
      ['stream', () => objects.getStream('org/before')],
      ['put', () => objects.put('org/x', Buffer.from('x'))],
      ['put a stream', () => objects.putStream('org/y', chunks(Buffer.alloc(20_000_000)))],
      ['size', () => objects.size('org/before')],
      ['list', () => objects.list('org/')[Symbol.asyncIterator]().next()],
      ['delete', () => objects.delete('org/before')],
      ['delete all', () => objects.deleteAll('org/')],
      ['check', () => objects.check()],
    ];
    for (const [name, request] of requests) await expect(request(), name).rejects.toThrow(ObjectsAwayError);
    await askDoor('PUT', port);
    await expect.poll(() => objects.check().then(() => 'here', String)).toBe('here');
    expect(String(await objects.get('org/before'))).toBe('before');
    expect(await objects.get('org/x')).toBe(null);
    expect(await objects.get('org/y')).toBe(null);
    await objects.put('org/x', Buffer.from('x'));
  });

  test('killed in the middle of a large upload: nothing of it appears, and it can be repeated', async () => {
    const bytes = randomBytes(40_000_000);
    const source = async function* () {
      let at = 0;
      for await (const chunk of chunks(bytes, 1_000_000)) {
        if (at++ === 20) await askDoor('DELETE', port);
        yield chunk;
      }
    };
    await expect(objects.putStream('org/large', source())).rejects.toThrow(ObjectsAwayError);
    await askDoor('PUT', port);
    await expect.poll(() => objects.check().then(() => 'here', String)).toBe('here');
    expect(await objects.get('org/large')).toBe(null);
    // Its parts could not be aborted while the bucket was away.
    expect(await objects.unfinished(Date.now() + 3_600_000, true)).toBe(1);
    await objects.putStream('org/large', chunks(bytes));
    expect((await objects.get('org/large'))?.equals(bytes)).toBe(true);
  });
});
