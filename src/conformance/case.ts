import type { World } from './world.ts';

/** One numbered case: a statement about what clients find on the wire. */
export interface Case {
  number: number;
  title: string;
  /** Resolves where the statement holds; throws Broken where it does not, Undecided where nothing can be said. */
  check(world: World): Promise<void>;
}

/** The paths that answer data. */
export const DATA_PATHS = [
  '/athletes',
  '/assessments',
  '/exercises',
  '/sessions',
  '/sessionData',
  '/ikData',
  '/reportData',
  '/videoExport',
] as const;
