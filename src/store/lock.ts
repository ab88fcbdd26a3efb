import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { StoreError } from './db.ts';

/**
 * One process per data folder. The lock itself is an exclusive SQLite transaction on `lock.db`: the kernel lets go of it
 * when the owner dies, however it dies, so a dead lock needs no guessing about process ids. `owner.json` beside it only
 * names the owner for the message that a second process gets.
 */
export function lockFolder(folder: string, command: string): () => void {
  const lock = openLock(folder);
  try {
    lock.exec('pragma busy_timeout = 0');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw new StoreError(
      'store_in_use',
      `the data folder ${folder} is in use by ${ownerOf(folder)}; stop it, or choose another folder with --data`,
      { cause: error },
    );
  }
  const owner = { pid: process.pid, command, since: new Date().toISOString() };
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));
  return () => {
    lock.exec('rollback');
    lock.close();
  };
}

function openLock(folder: string): InstanceType<typeof Database> {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return new Database(join(folder, 'lock.db'));
  } catch (error) {
    throw new StoreError(
      'store_unusable',
      `the data folder ${folder} cannot be written to; choose another with --data, or mend its permissions`,
      { cause: error },
    );
  }
}

function ownerOf(folder: string): string {
  try {
    const { pid, command, since } = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'));
    return `${command} (process ${pid}, since ${since})`;
  } catch {
    return 'another process';
  }
}
