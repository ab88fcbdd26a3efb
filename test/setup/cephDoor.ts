import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hasCeph, startCeph, type TestCeph } from './ceph.ts';

/** Starts Ceph when the first test asks for it: files run in processes of their own and share one. */
export interface CephDoor {
  url: string;
  close(): Promise<void>;
}

/** Where S3 is, and what a test may do with a gateway of its own. */
export interface Bucket {
  endpoint: string;
  accessKey: string;
  secretKey: string;
}

/** Null where Ceph is not installed. */
export async function openCephDoor(): Promise<CephDoor | null> {
  if (!hasCeph()) return null;
  let ceph: Promise<TestCeph> | null = null;
  const server = createServer((request, response) => {
    ceph ??= startCeph();
    const port = Number(request.url!.slice(1));
    const work = async () => {
      const { accessKey, secretKey, ...of } = await ceph!;
      if (request.method === 'DELETE') await of.killGateway(port);
      else if (request.method === 'PUT') await of.startGateway(port);
      const own = request.method === 'POST' ? await of.addGateway() : of.gateway;
      return JSON.stringify({ endpoint: `http://localhost:${own}`, accessKey, secretKey });
    };
    work().then(
      (text) => response.end(text),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.close();
      await (await ceph)?.stop();
    },
  };
}
