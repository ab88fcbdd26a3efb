import type { Objects } from '../../src/objects/objects.ts';

/** Other bytes under a key that is taken: no store offers that, but a person with a disk or a bucket may do it. */
export async function exchange(objects: Objects, key: string, bytes: Uint8Array): Promise<void> {
  await objects.delete(key);
  await objects.put(key, bytes);
}
