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
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined || !Object.hasOwn(ADVICE, code)) return null;
  const where = path === undefined ? '' : ` at ${path}`;
  return new MirrorError('disk', `${ADVICE[code]}${where} (${code}: ${message})`, { cause: error });
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room, and run the same command again to go on',
  EDQUOT: 'your quota of the disk is used up: make room, and run the same command again to go on',
  EROFS: 'the folder is on a file system that is mounted read-only',
  EACCES: 'the folder cannot be written: mend its permissions',
  EPERM: 'the folder cannot be written: mend its permissions',
  EIO: 'the disk failed',
  EMFILE: 'too many files are open: lower --parallel',
  ENFILE: 'too many files are open on this machine: lower --parallel',
  ENOTDIR: 'a file stands where the mirror needs a folder',
  EISDIR: 'a folder stands where the mirror needs a file',
  ENAMETOOLONG: 'the path of the folder is too long for this file system',
  ENOENT: 'a file or folder of the mirror was removed while it was synced',
  EFBIG: 'the file system takes no files as large as this',
};
