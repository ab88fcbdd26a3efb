import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Disk } from './disk.ts';
import { MirrorError } from './error.ts';
import { isRunning, ownProcess, type ProcessName } from './process.ts';

/** A folder that nobody else has. */
export interface Lock {
  /** Throws MirrorError when another one took the folder, because nothing was heard of this one for long. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

export interface LockOptions {
  /** Who wants the folder. */
  own?: ProcessName;
  /** Calls again and again, so many milliseconds apart, until the answer is called. */
  every?: (interval_ms: number, work: () => Promise<void>) => () => void;
}

/**
 * One sync per folder. Whoever wants it leaves a claim, a file under a name that nobody used before, and then looks for
 * others: it has the folder when there is no claim of a living process but its own. So a dead one's claim is in nobody's way,
 * and may be removed by anybody, because its name never means another. Of a process elsewhere it is only known that it is
 * alive while it keeps writing its claim; how long ago that was is counted on the clock of the folder's file system alone.
 */
export async function lockFolder(
  disk: Disk,
  folder: string,
  { own = ownProcess(), every = everyInterval }: LockOptions = {},
): Promise<Lock> {
  await disk.makeFolder(folder);
  // Two that begin at the same moment see each other: both step back and try again, each after a while of its own.
  for (let attempt = 0; ; attempt++) {
    const path = join(folder, `${randomBytes(9).toString('hex')}.json`);
    const claim: Claim = { ...own, since: new Date().toISOString() };
    // Whole before anybody reads it: one that cannot be read is removed as a dead one's.
    await disk.write(`${path}.new`, Buffer.from(JSON.stringify(claim)));
    await disk.rename(`${path}.new`, path);
    const owner = await otherOwner(folder, path, own).catch(async (error) => {
      await disk.remove(path);
      throw error;
    });
    if (owner === null) return held(disk, folder, path, every);
    await disk.remove(path);
    if (attempt === ATTEMPTS) throw inUse(folder, owner, own);
    await wait(Math.random() * PAUSE_MS * (attempt + 1));
  }
}

const ATTEMPTS = 2;
const PAUSE_MS = 150;
const BEAT_MS = 5000;
/** Long enough for a machine that is out of breath and a file system that hangs. */
const SILENT_MS = 60_000;

interface Claim extends ProcessName {
  since: string;
}

function held(disk: Disk, folder: string, path: string, every: NonNullable<LockOptions['every']>): Lock {
  // One that fails is made good by the next; that the claim is gone is found by `assertHeld`.
  const end = every(BEAT_MS, () => beat(path).catch(() => {}));
  return {
    async assertHeld() {
      try {
        await stat(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        throw new MirrorError(
          'mirror_in_use',
          `another sync took ${join(folder, '../..')}, because nothing was heard of this one for more than a minute`,
        );
      }
    },
    async release() {
      end();
      await disk.remove(path);
    },
  };
}

/** The first byte again, so that whoever reads meanwhile finds the claim whole; a claim that is gone does not come back. */
async function beat(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write('{', 0);
  } finally {
    await file.close();
  }
}

function everyInterval(interval_ms: number, work: () => Promise<void>): () => void {
  const timer = setInterval(work, interval_ms);
  timer.unref();
  return () => clearInterval(timer);
}

async function otherOwner(folder: string, ownPath: string, own: ProcessName): Promise<Claim | null> {
  const { mtimeMs: now_ms } = await stat(ownPath);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (path === ownPath || !name.endsWith('.json')) continue;
    const found = await readClaim(path);
    if (found !== null && (isRunning(found.claim, own) ?? now_ms - found.beaten_ms < SILENT_MS))
      return found.claim;
    await rm(path, { force: true });
  }
  return null;
}

/** Null for a claim that was withdrawn, and for what is none. */
async function readClaim(path: string): Promise<{ claim: Claim; beaten_ms: number } | null> {
  try {
    const { mtimeMs } = await stat(path);
    const claim = JSON.parse(await readFile(path, 'utf8')) as Claim;
    return Number.isInteger(claim.pid) ? { claim, beaten_ms: mtimeMs } : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function inUse(folder: string, claim: Claim, own: ProcessName): MirrorError {
  const { pid, host, since } = claim;
  const elsewhere =
    isRunning(claim, own) === null
      ? ` on ${host}; if it was killed, try again a minute after that: it is not waited for longer`
      : '';
  return new MirrorError(
    'mirror_in_use',
    `another sync has ${join(folder, '../..')}: process ${pid}, since ${since}${elsewhere}`,
  );
}
