// Where archives and other programs are kept between runs: outside the project, and only rebuilt when they are out of date.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** `--cache FOLDER`, or a folder below the system's temporary one. */
export function cacheFolder(chosen) {
  const folder = chosen === undefined ? join(tmpdir(), 'kinebase-bench') : resolve(chosen);
  // PostgreSQL runs as another user when we are root: it must get through.
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}
