import type { Disk } from './disk.ts';
import { pathWithin, readIfThere } from './disk.ts';
import { MirrorError } from './error.ts';
import type { MirrorFormat } from './formats.ts';
import { MANIFEST } from './layout.ts';

/** `manifest.json`: what a mirror is of and where its journal lies; written as a whole, in the place of the old one. */
export interface Manifest {
  /** Version of the layout. */
  kinebaseMirror: typeof LAYOUT;
  source: MirrorSource;
  formats: MirrorFormat[];
  /** Path of the journal, which lists every file with its SHA-256. */
  journal: string;
  /** When the last sync ended that left nothing out, and what the mirror held then. */
  lastComplete: { at: string; sessions: number; files: number; bytes: number } | null;
}

export const LAYOUT = 1;

/** Whose records a mirror holds. */
export interface MirrorSource {
  /** Without a slash at the end. */
  url: string;
  /** Id of the organization; null where the server does not say. */
  organization: string | null;
  /** Name of the account, where it is all that is known of whose records they are. */
  account: string | null;
}

export async function readManifest(folder: string): Promise<Manifest | null> {
  const path = pathWithin(folder, MANIFEST);
  const bytes = await readIfThere(path);
  if (bytes === null) return null;
  const manifest = parse(bytes.toString('utf8'));
  const layout = manifest?.kinebaseMirror as unknown;
  if (typeof layout === 'number' && layout > LAYOUT) {
    throw new MirrorError(
      'newer_mirror',
      `${folder} was made by a later version of kinebase (layout ${layout}, this one knows ${LAYOUT}): update this one, or choose another folder`,
    );
  }
  if (manifest === null || layout !== LAYOUT || typeof manifest.journal !== 'string') {
    throw new MirrorError(
      'not_a_mirror',
      `${path} is not of a mirror: choose another folder, or remove it if nothing else made it`,
    );
  }
  return manifest;
}

export async function writeManifest(disk: Disk, folder: string, manifest: Manifest): Promise<void> {
  const path = pathWithin(folder, MANIFEST);
  const fresh = `${path}.new`;
  // What a killed sync left under that name.
  await disk.remove(fresh);
  await disk.write(fresh, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  await disk.rename(fresh, path);
  await disk.flushFolder(folder);
}

function parse(text: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Manifest | null) : null;
  } catch {
    return null;
  }
}
