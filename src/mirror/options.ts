import type { KinebaseClient } from '../sdk/index.ts';
import type { Disk } from './disk.ts';
import type { MirrorFormat } from './formats.ts';
import type { CountedKind, Failure, Happened } from './outcome.ts';
import type { Progress } from './run.ts';

export interface SyncOptions {
  client: KinebaseClient;
  /** Of the server, without a slash at the end. */
  url: string;
  /** Name of the account, as far as it is known. */
  account: string | null;
  folder: string;
  /** Absent: those that the mirror has, or Parquet. */
  formats?: readonly MirrorFormat[] | undefined;
  /** Absent: everything. */
  only?: ReadonlySet<CountedKind> | undefined;
  /** Sessions fetched at a time; 8 when absent. */
  parallel?: number | undefined;
  /** Only find out what there is to do. */
  dryRun?: boolean | undefined;
  /** Read every file again and fetch those that are not what they were. */
  verify?: boolean | undefined;
  /** Fetch series and reports that are there already, too. */
  refresh?: boolean | undefined;
  /** Remove also where suspiciously much is gone. */
  followDeletions?: boolean | undefined;
  /** The server is at another URL than before. */
  moved?: boolean | undefined;
  /** Ends the sync in order: what was fetched stays. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  onHappening?: ((happened: Happened) => void) | undefined;
  onFailure?: ((failure: Failure) => void) | undefined;
  disk?: Disk | undefined;
  /** Milliseconds since 1970 UTC. */
  now?: (() => number) | undefined;
}
