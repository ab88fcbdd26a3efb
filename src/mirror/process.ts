import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told from others that had its number, or have it elsewhere. */
export interface ProcessName {
  pid: number;
  host: string;
  /** Where its number means this process: containers number theirs apart, also under one host name. Null where there is no such thing. */
  numbers: string | null;
  /** When it began, in words of its system, since numbers are given out again; null where that cannot be known. */
  began: string | null;
}

export const ownProcess = (): ProcessName => ({
  pid: process.pid,
  host: hostname(),
  numbers: numbersOf(process.pid),
  began: lookAt(process.pid)?.began ?? null,
});

/** Null where nothing can be known of it, because it belongs to another machine or another container. */
export function isRunning({ pid, host, numbers, began }: ProcessName, own: ProcessName): boolean | null {
  if (host !== own.host || numbers !== own.numbers) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = lookAt(pid);
  if (now === null) return true;
  return !now.ended && (began === null || now.began === null || began === now.began);
}

/** `ended`: it is dead, and listed only until its parent asks how it ended. Null where a process cannot be looked at. */
function lookAt(pid: number): { began: string | null; ended: boolean } | null {
  try {
    if (process.platform === 'linux') {
      // Behind the name in brackets, which may hold anything: first the state, 20th the start, in ticks since the boot.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const members = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
      return { began: `${boot} ${members[19]!}`, ended: isEnded(members[0]!) };
    }
    if (process.platform === 'win32') return null;
    const said = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [, state = '', began = ''] = /^(\S+)\s+(.*)$/.exec(said) ?? [];
    return { began: began || null, ended: isEnded(state) };
  } catch {
    return null;
  }
}

const isEnded = (state: string): boolean => /^[ZX]/.test(state);

function numbersOf(pid: number): string | null {
  try {
    return process.platform === 'linux' ? readlinkSync(`/proc/${pid}/ns/pid`) : null;
  } catch {
    return null;
  }
}
