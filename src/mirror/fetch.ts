import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../contract/reports.ts';
import type { Session } from '../contract/sessions.ts';
import { isKinebaseError } from '../sdk/index.ts';
import { type Disk, pathWithin, readIfThere } from './disk.ts';
import { diskFault } from './error.ts';
import { fetchSeries, type SeriesDeps } from './fetchSeries.ts';
import type { MirrorFormat } from './formats.ts';
import { gatherBytes } from './gatherBytes.ts';
import { monthOf, originalPath, reportPath } from './layout.ts';
import { safeName } from './names.ts';
import { RecordError, readReport } from './records.ts';
import { isRefusal, isUnreached } from './run.ts';
import { type NewFile, seriesFiles, seriesPaths } from './seriesFiles.ts';
import { type FileEntry, PART_NAMES, type Part, type PartName, type Parts, STALE } from './state.ts';

/** A session of which something is to be fetched. */
export interface Wanted {
  session: Session;
  /** Its name in paths. */
  name: string;
  /** Of its current report, where the feed says so. */
  version: string | null;
  wants: ReadonlySet<PartName>;
  /** What the mirror has of it. */
  had: Parts;
}

/** What came of it: files under names of `incoming`, flushed, and what each is to be called. */
export interface Fetched {
  parts: Parts;
  put: { from: string; path: string }[];
  failed: { part: PartName; error: unknown }[];
}

export interface FetchDeps extends SeriesDeps {
  disk: Disk;
  folder: string;
  incoming(): string;
}

/**
 * Fetches what is wanted of one session; null when it was stopped meanwhile. What fails is told apart by part and leaves
 * nothing; a fault of the disk is thrown.
 */
export async function fetchParts(deps: FetchDeps, wanted: Wanted): Promise<Fetched | null> {
  const fetched: Fetched = { parts: {}, put: [], failed: [] };
  const work = workOf(deps, wanted);
  try {
    for (const part of FETCHED) {
      if (!wanted.wants.has(part) && !work.needs(part)) continue;
      const written: { from: string; entry: FileEntry }[] = [];
      try {
        for (const file of await work[part]()) written.push(await writeIncoming(deps, file));
        for (const { from, entry } of written) fetched.put.push({ from, path: entry.path });
        // Without its report a series has no gaps: it is good enough until there is one.
        const blind = part === 'series' && fetched.failed.length > 0;
        const files = written.map(({ entry }) => entry);
        fetched.parts[part] = { version: blind ? STALE : wanted.version, files };
      } catch (error) {
        await discard(deps, written);
        const fault = diskFault(error);
        if (fault !== null) throw fault;
        if (deps.signal.aborted) {
          await discard(deps, fetched.put);
          return null;
        }
        fetched.failed.push({ part, error });
        // The way to the server is at fault: the other parts would only meet the same.
        if (isUnreached(error) || isRefusal(error)) return fetched;
      }
    }
    return fetched;
  } catch (error) {
    await discard(deps, fetched.put);
    throw error;
  }
}

async function discard({ disk }: FetchDeps, files: readonly { from: string }[]): Promise<void> {
  for (const { from } of files) await disk.remove(from);
}

/** The report first: it says where the series have gaps, and of which recording they are. */
const FETCHED = ['report', 'series', 'original'] as const satisfies PartName[];

function workOf(deps: FetchDeps, { session, name, had }: Wanted) {
  const { client, formats, signal, folder } = deps;
  const month = monthOf(session);
  const { s3Key, 'Session ID': id } = session;
  let report: Report | null = null;
  /** The one that was just fetched, or else the one that is there. */
  const knownReport = async (): Promise<Report | null> => {
    const [file] = had.report?.files ?? [];
    if (report !== null || file === undefined) return report;
    const bytes = await readIfThere(pathWithin(folder, file.path));
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as Report);
  };
  return {
    /** Another recording under the same id. */
    needs: (part: PartName): boolean => {
      const [file] = had.original?.files ?? [];
      const source = report?.Provenance?.SourceSha256;
      return part === 'original' && file !== undefined && source !== undefined && source !== file.sha256;
    },
    async report(): Promise<NewFile[]> {
      const value = await unlessAbsent(client.reportData(s3Key, { signal }));
      if (value === null) return [];
      report = readReport(session, value);
      return [{ path: reportPath(month, name), bytes: [Buffer.from(`${JSON.stringify(report)}\n`)] }];
    },
    async series(): Promise<NewFile[]> {
      const series = await unlessAbsent(fetchSeries(deps, s3Key, knownReport));
      return series === null ? [] : seriesFiles(session, name, series, formats);
    },
    async original(): Promise<NewFile[]> {
      const original = await unlessAbsent(client.sessions.originalFile(id, { signal }));
      if (original === null) return [];
      const { fileName, chunks, sha256 } = original;
      return [{ path: originalPath(month, name, safeName(fileName)), bytes: chunks, sha256 }];
    },
  };
}

/** Null where the server has none. */
export async function unlessAbsent<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isKinebaseError(error) && error.status === 404) return null;
    throw error;
  }
}

export async function writeIncoming(
  { disk, incoming }: Pick<FetchDeps, 'disk' | 'incoming'>,
  { path, bytes: pieces, sha256: stated = null }: NewFile,
): Promise<{ entry: FileEntry; from: string }> {
  const from = incoming();
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted() {
    for await (const piece of gatherBytes(pieces)) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
  await disk.write(from, counted());
  const sha256 = hash.digest('hex');
  if (stated === null || stated === sha256) return { entry: { path, sha256, bytes }, from };
  await disk.remove(from);
  throw new RecordError(
    `${path.replace(/^.*\//, '')} has another checksum than the server states: it was cut off or changed on the way`,
  );
}

/** Which parts of a session are not as they should be. */
export function wantedParts(
  { session, name, version, had }: Omit<Wanted, 'wants'>,
  formats: readonly MirrorFormat[],
  offered: ReadonlySet<PartName>,
  again: boolean,
): Set<PartName> {
  const month = monthOf(session);
  const places: Record<PartName, (part: Part) => boolean> = {
    series: ({ files }) => isDeepStrictEqual(pathsOf(files), seriesPaths(month, name, formats)),
    report: ({ files }) => files[0]!.path === reportPath(month, name),
    original: ({ files }) => files[0]!.path.startsWith(originalPath(month, name, '')),
  };
  const isGood = (name: PartName): boolean => {
    const part = had[name];
    if (part === undefined || again || part.version === STALE) return false;
    // That the server has none may be otherwise next time; a feed would tell.
    if (part.files.length === 0) return version !== null && part.version === version;
    return places[name](part) && (name === 'original' || version === null || part.version === version);
  };
  return new Set(PART_NAMES.filter((name) => offered.has(name) && !isGood(name)));
}

const pathsOf = (files: readonly FileEntry[]): string[] => files.map(({ path }) => path);
