import type { Db } from '../store/db.ts';
import type { SessionPrefix } from '../store/move/prefixes.ts';
import { listReports } from '../store/reports.ts';
import { brotliKey, originalKey, reportKey, seriesKey } from './sessionObjects.ts';

/** Every key that the rows of a session name: the recording, every report it ever had, and the series each of them is of. */
export async function namedKeys(
  db: Db,
  organization: string,
  { sessionId, prefix }: SessionPrefix,
): Promise<Set<string>> {
  const reports = await listReports(db, organization, sessionId);
  return new Set([
    originalKey(organization, prefix),
    ...reports.flatMap(({ object, seriesVersion }) => [
      reportKey(organization, prefix, object),
      seriesKey(organization, prefix, seriesVersion),
      brotliKey(organization, prefix, seriesVersion),
    ]),
  ]);
}
