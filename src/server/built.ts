/**
 * Where a module lies that runs in a thread or a process of its own. Node 20 runs no TypeScript: when the sources
 * themselves run (tests), the built file beside them is taken.
 */
export function builtModule(name: string): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL(`../../dist/server/${name}.js`, import.meta.url)
    : new URL(`./${name}.js`, import.meta.url);
}
