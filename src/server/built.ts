import { fileURLToPath } from 'node:url';

/** Whether the sources themselves run, and not what was built of them. */
const FROM_SOURCES = import.meta.url.endsWith('.ts');

/**
 * Where a module lies that runs in a thread or a process of its own. Node 20 runs no TypeScript: when the sources
 * themselves run (tests), the built file beside them is taken.
 */
export function builtModule(name: string): URL {
  return FROM_SOURCES
    ? new URL(`../../dist/server/${name}.js`, import.meta.url)
    : new URL(`./${name}.js`, import.meta.url);
}

/** Path of a folder of files that the build made for browsers, such as `docs`. */
export const builtFolder = (name: string): string =>
  fileURLToPath(new URL(FROM_SOURCES ? `../../dist/${name}` : `../${name}`, import.meta.url));
