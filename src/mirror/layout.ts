import type { Session } from '../contract/sessions.ts';
import type { MirrorFormat } from './formats.ts';

/** Where things lie in a mirror, the same on every system: paths from its folder on, with slashes. */

/** Month of recording in UTC, as folders are called: `2026-05`. */
export const monthOf = ({ Date: recorded }: Pick<Session, 'Date'>): string =>
  /^\d{4}-(?:0[1-9]|1[0-2])(?=-)/.exec(recorded)?.[0] ?? 'undated';

export const seriesPath = (month: string, name: string, format: MirrorFormat): string =>
  `series/${month}/${name}.${format}`;
export const longSeriesPath = (month: string, name: string): string => `series-long/${month}/${name}.parquet`;
export const reportPath = (month: string, name: string): string => `reports/${month}/${name}.json`;
export const originalPath = (month: string, name: string, fileName: string): string =>
  `originals/${month}/${name}/${fileName}`;
/** `table`: `sessions`, or `reports/2026-05`. */
export const tablePath = (table: string, format: string): string => `${table}.${format}`;

/** What belongs to the mirror itself. */
export const MANIFEST = 'manifest.json';
export const PRIVATE = '.kinebase';
export const INCOMING = `${PRIVATE}/incoming`;
export const LOCKS = `${PRIVATE}/lock`;
export const journalPath = (number: number): string => `${PRIVATE}/journal-${number}.jsonl`;
