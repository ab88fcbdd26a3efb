import { basename } from 'node:path';
import type { ExportFileOptions, KinebaseClient, LineFilters, TableFormat, TableName } from '../sdk/index.ts';
import { UsageError } from './explain.ts';
import { readLineFilters } from './lineFilters.ts';
import { note, out, outPieces } from './print.ts';
import { openBytes } from './progress.ts';
import { saveFile } from './saveFile.ts';
import { type FilterFlags, readFilters } from './sessionFilters.ts';

export interface TableFlags extends FilterFlags, LineFilters {
  of: TableName;
  format: TableFormat;
  names?: true;
  output?: string;
  force?: true;
}

/** Everything that matches as one file on disk, or on standard output. */
export async function exportTable(client: KinebaseClient, options: TableFlags): Promise<void> {
  const { of, format, names, output, force } = options;
  const filters = { ...(await readFilters(client, options)), ...readLineFilters(options) };
  const stop = new AbortController();
  const asked: ExportFileOptions = { ...filters, of, format, names, signal: stop.signal };
  const { fileName, chunks } = await client.exportFile(asked);
  if (output === '-') return outPieces(chunks);
  // A name from a server is a name, and never a path.
  const file = output ?? basename(fileName.replaceAll('\\', '/'));
  const interrupted = () => stop.abort();
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const progress = await openBytes(file);
  let failed = true;
  try {
    const bytes = await saveFile(file, chunks, { force: force === true, onWritten: progress.at });
    failed = false;
    progress.end();
    if (output === undefined) out(file);
    else note(`${bytes} bytes to ${file}`);
  } finally {
    if (failed) {
      progress.end();
      // The exchange is let go of also where the disk was what failed.
      stop.abort();
    }
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
  }
}

/** What belongs to one session's series, or to many sessions, and not to the other. */
export function refuseMixed(flags: Record<string, unknown>, names: readonly string[], why: string): void {
  const wrong = names.find((name) => flags[name] !== undefined);
  if (wrong === undefined) return;
  const option = wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${option} is ${why}`);
}
