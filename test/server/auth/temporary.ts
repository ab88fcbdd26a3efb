import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openDb } from '../../../src/store/db.ts';

export interface Temporary {
  db: Db;
  close(): Promise<void>;
}

/** A real store in a folder of its own. */
export async function openTemporary(): Promise<Temporary> {
  const folder = await mkdtemp(join(tmpdir(), 'kinebase-auth-'));
  const db = await openDb(`sqlite:${folder}`);
  return {
    db,
    close: async () => {
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}
