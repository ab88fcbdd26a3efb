import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { difference, smaller } from './differences.ts';
import { DARK, LIGHT, type Look } from './looks.ts';
import { VIEWS } from './views.ts';

const KEPT = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
/** Ignored by git. */
const DIFFERENT = fileURLToPath(new URL('../../../screenshots-different/', import.meta.url));

export const pictureOf = (view: string, look: Look) => `${view}-${look.name}.png`;

export const NAMES: readonly string[] = VIEWS.flatMap(({ name, door }) =>
  [...LIGHT, ...DARK].filter(({ paper }) => !(door && paper)).map((look) => pictureOf(name, look)),
);

/** The picture that is kept is left as it is where a person sees no difference. */
export function keep(name: string, taken: Buffer): void {
  const kept = read(name);
  if (kept !== null && difference(kept, taken) === null) return;
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(join(KEPT, name), smaller(taken));
}

/** Removes the pictures of views that are no more, and what was different before. */
export function tidy(): void {
  for (const name of keptNames()) if (!NAMES.includes(name)) rmSync(join(KEPT, name));
  rmSync(DIFFERENT, { recursive: true, force: true });
}

export const keptNames = (): string[] =>
  existsSync(KEPT)
    ? readdirSync(KEPT)
        .filter((name) => name.endsWith('.png'))
        .sort()
    : [];

/** What differs from the picture that is kept, in words; null: nothing. Both pictures of a difference are written down. */
export function compareWithKept(name: string, taken: Buffer): string | null {
  const kept = read(name);
  const found =
    kept === null ? { what: 'there is no such picture so far', shown: null } : difference(kept, taken);
  if (found === null) return null;
  mkdirSync(DIFFERENT, { recursive: true });
  writeFileSync(join(DIFFERENT, name), taken);
  const marked = name.replace(/\.png$/, '.difference.png');
  if (found.shown !== null) writeFileSync(join(DIFFERENT, marked), found.shown);
  return `docs/screenshots/${name}: ${found.what}. See screenshots-different/${name}${found.shown === null ? '' : ` and ${marked}`}; if it should look so, take new pictures: npm run screenshots`;
}

/** The browser's, by its first number. */
const TAKEN_WITH = join(KEPT, 'chromium.txt');
export const takenWith = (): string | null =>
  existsSync(TAKEN_WITH) ? readFileSync(TAKEN_WITH, 'utf8').trim() : null;
export const keepTakenWith = (major: string): void => writeFileSync(TAKEN_WITH, `${major}\n`);

const read = (name: string) => (existsSync(join(KEPT, name)) ? readFileSync(join(KEPT, name)) : null);
