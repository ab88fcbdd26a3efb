import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** On another machine a process cannot be asked for; its drafts count as left after this. */
const LEFT_AFTER_MS = 86_400_000;

/** A folder for what this process is writing: several servers may share the objects, and none may touch another's. */
export async function openDrafts(root: string): Promise<string> {
  const drafts = join(root, '.tmp');
  await removeLeft(drafts);
  const own = join(drafts, `${hostname()}.${process.pid}.${randomBytes(6).toString('hex')}`);
  await mkdir(own, { recursive: true });
  return own;
}

/** Removes what processes that are no more left behind. */
async function removeLeft(drafts: string): Promise<void> {
  const names = await readdir(drafts).catch(() => []);
  for (const name of names) {
    const [, host, pid] = /^(.+)\.(\d+)\.[0-9a-f]+$/.exec(name) ?? [];
    const path = join(drafts, name);
    const age_ms = Date.now() - (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
    const left = host === hostname() ? !isRunning(Number(pid)) : age_ms > LEFT_AFTER_MS;
    if (host === undefined || left) await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
