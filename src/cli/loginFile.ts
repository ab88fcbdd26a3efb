import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** The sign-in that `kinebase login` left: no password, only what gets new tokens until it is revoked or expires. */
export interface StoredLogin {
  url: string;
  username: string;
  clientId: string;
  refreshToken: string;
}

/** As the XDG base directory specification places it. */
export function loginPath(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const { XDG_CONFIG_HOME: folder = '' } = env;
  return join(isAbsolute(folder) ? folder : join(homedir(), '.config'), 'kinebase', 'login.json');
}

export async function readLogin(path = loginPath()): Promise<StoredLogin | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as StoredLogin;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(
      `${path} cannot be read: ${(error as Error).message}; \`kinebase login\` writes it anew`,
      { cause: error },
    );
  }
}

/** For its owner only; a half-written file never takes the place of a whole one. */
export async function writeLogin(login: StoredLogin, path = loginPath()): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, path);
}

export const removeLogin = (path = loginPath()): Promise<void> => rm(path, { force: true });
