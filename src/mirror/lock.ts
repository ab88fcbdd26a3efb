import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Disk } from './disk.ts';
import { MirrorError } from './error.ts';

/**
 * One sync per folder. Whoever wants it leaves a claim, a file under a name that nobody used before, and then looks for
 * others: it has the folder when there is no claim of a living process but its own. So a dead one's claim is in nobody's way,
 * and may be removed by anybody, because its name never means another. A process is known by its id and the moment it began,
 * since ids are given out again.
 */
export async function lockFolder(disk: Disk, folder: string): Promise<() => Promise<void>> {
  await disk.makeFolder(folder);
  // Two that begin at the same moment see each other: both step back and try again, each after a while of its own.
  for (let attempt = 0; ; attempt++) {
    const claim = `${randomBytes(9).toString('hex')}.json`;
    const path = join(folder, claim);
    // Whole before anybody reads it: one that cannot be read is removed as a dead one's.
    await disk.write(`${path}.new`, Buffer.from(JSON.stringify(ownClaim())));
    await disk.rename(`${path}.new`, path);
    const release = () => disk.remove(path);
    const owner = await otherOwner(folder, claim).catch(async (error) => {
      await release();
      throw error;
    });
    if (owner === null) return release;
    await release();
    if (attempt === ATTEMPTS) throw inUse(folder, owner);
    await wait(Math.random() * PAUSE_MS * (attempt + 1));
  }
}

const ATTEMPTS = 2;
const PAUSE_MS = 150;

interface Claim {
  pid: number;
  host: string;
  /** When the process began, in words of its system; null where that cannot be known. */
  began: string | null;
  since: string;
}

const ownClaim = (): Claim => ({
  pid: process.pid,
  host: hostname(),
  began: beginningOf(process.pid),
  since: new Date().toISOString(),
});

async function otherOwner(folder: string, own: string): Promise<{ claim: Claim; path: string } | null> {
  for (const name of await readdir(folder)) {
    if (name === own || !name.endsWith('.json')) continue;
    const path = join(folder, name);
    const claim = await readClaim(path);
    if (claim !== null && isAlive(claim)) return { claim, path };
    await rm(path, { force: true });
  }
  return null;
}

/** Null for a claim that was withdrawn, and for what is none. */
async function readClaim(path: string): Promise<Claim | null> {
  try {
    const claim = JSON.parse(await readFile(path, 'utf8')) as Claim;
    return Number.isInteger(claim.pid) ? claim : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Of a process on another machine nothing is known: it counts as living. */
function isAlive({ pid, host, began }: Claim): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return began === beginningOf(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = beginningOf(pid);
  return began === null || now === null || began === now;
}

function beginningOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      // Behind the name in brackets, which may hold anything: the 20th member is the start, in ticks since the boot.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!;
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${ticks}`;
    }
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

function inUse(folder: string, { claim, path }: { claim: Claim; path: string }): MirrorError {
  const { pid, host, since } = claim;
  const elsewhere = host === hostname() ? '' : ` on ${host}; if it is no more, remove ${path}`;
  return new MirrorError(
    'mirror_in_use',
    `another sync has ${join(folder, '../..')}: process ${pid}, since ${since}${elsewhere}`,
  );
}
