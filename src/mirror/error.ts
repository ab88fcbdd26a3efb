import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Why a folder cannot be synced at all; what goes wrong with single records is in the summary. */
export class MirrorError extends Error {
  override readonly name = 'MirrorError';
  readonly code: MirrorErrorCode;
  constructor(code: MirrorErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

export const MIRROR_ERRORS = {
  not_a_mirror: 'The folder holds something else, so nothing is written into it.',
  other_source: 'The folder mirrors another server, organization or account.',
  newer_mirror: 'The mirror was made by a later version.',
  mirror_in_use: 'Another sync has the folder.',
  disk: 'The folder cannot be read or written: no space, no permission, a broken disk.',
} as const;

export type MirrorErrorCode = keyof typeof MIRROR_ERRORS;

/** What a person can do about a fault of the file system; null for any other fault. */
export function diskFault(error: unknown): MirrorError | null {
  if (error instanceof MirrorError) return error.code === 'disk' ? error : null;
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === undefined || syscall === undefined || !Object.hasOwn(ADVICE, code)) return null;
  const [what, remedy] = ADVICE[code]!;
  const inTheWay = IN_THE_WAY[code]?.(dest ?? path ?? '') ?? path;
  const where = inTheWay === undefined ? '' : ` at ${inTheWay}`;
  return new MirrorError('disk', `${what}${where}: ${remedy} (${code.replace('ERR_FS_', '')})`, {
    cause: error,
  });
}

const AGAIN = 'make room, and run the same command again to go on';
const NO_FOLDER = [
  'a file stands where the mirror needs a folder',
  'rename or remove it, or choose another folder',
] as const;
const NO_FILE = ['a folder stands where the mirror needs a file', 'rename or remove it'] as const;
const CLOSED = 'the folder cannot be used';
const PERMISSIONS = 'mend its permissions, or choose another folder';

/** What is wrong, and what to change. */
const ADVICE: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOSPC: ['the disk is full', AGAIN],
  EDQUOT: ['your quota of the disk is used up', AGAIN],
  EROFS: [CLOSED, 'its file system is mounted read-only; mount it for writing, or choose another folder'],
  EACCES: [CLOSED, PERMISSIONS],
  EPERM: [CLOSED, PERMISSIONS],
  EIO: ['the disk failed', 'choose a folder on another one'],
  EMFILE: ['too many files are open', 'lower --parallel'],
  ENFILE: ['too many files are open on this machine', 'lower --parallel'],
  ENOTDIR: NO_FOLDER,
  EEXIST: NO_FOLDER,
  EISDIR: NO_FILE,
  ERR_FS_EISDIR: NO_FILE,
  ENAMETOOLONG: ['the path is too long for this file system', 'choose a folder with a shorter one'],
  ENOENT: [
    'a file or folder of the mirror was removed while it was synced',
    'run the same command again to go on',
  ],
  EFBIG: ['the file system takes no files as large as this', 'choose a folder on another one'],
};

/** Which is meant: of a path that is refused because of a file in it, that file. */
const IN_THE_WAY: Readonly<Record<string, (path: string) => string>> = {
  ENOTDIR: firstFile,
  EEXIST: firstFile,
  EISDIR: (path) => path,
};

function firstFile(path: string): string {
  for (let place = path; place !== dirname(place); place = dirname(place)) {
    try {
      if (!statSync(place).isDirectory()) return place;
    } catch {
      // Below a file nothing is.
    }
  }
  return path;
}
