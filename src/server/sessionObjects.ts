import type { Objects } from '../objects/objects.ts';
import type { Db } from '../store/db.ts';
import { claim, forgetLoose } from '../store/looseObjects.ts';
import { FIRST_REPORT } from '../store/reports.ts';
import type { Analysis } from './analysis.ts';
import type { Received } from './received.ts';

/** Keys of a session's objects: org/<organization>/<prefix>/<kind>. `prefix` is the session's own (StoredSession.objects). */
const below = (organization: string, prefix: string) => `org/${organization}/${prefix}/`;

export const objectsOf = below;
/** The recorded file, byte for byte as it was sent. */
export const originalKey = (organization: string, prefix: string) => `${below(organization, prefix)}original`;
export const seriesKey = (organization: string, prefix: string, version: number) =>
  `${below(organization, prefix)}${seriesObject(version)}`;
export const brotliKey = (organization: string, prefix: string, version: number) =>
  `${below(organization, prefix)}${seriesObject(version)}.br`;
/** `object`: as the report's row names it. */
export const reportKey = (organization: string, prefix: string, object: string) =>
  `${below(organization, prefix)}${object}`;

/** The version of the series that come with the recording. */
export const FIRST_SERIES = 1;

/** Later series lie in the folder of the attempt that made them, which has drawn their version. */
const seriesObject = (version: number) => (version === FIRST_SERIES ? 'series-1' : `${version}/series`);

/** Prefix and report of an attempt at computing a session again. `attempt`: a drawn number that is no version yet. */
export const attemptPrefix = (prefix: string, attempt: number) => `${prefix}/${attempt}`;
export const attemptReport = (attempt: number) => `${attempt}/report`;

/** Objects of a recording that never got its row are swept after this. */
export const LOOSE_FOR_US = 3600 * 1e6;

/** Writes everything a new session has beside its row; resolves when all of it is durable, or has failed. */
export async function putSessionObjects(
  objects: Objects,
  organization: string,
  prefix: string,
  original: Received,
  analysis: Analysis,
): Promise<void> {
  await allWritten([
    originalWritten(objects, originalKey(organization, prefix), original),
    ...seriesWritten(objects, organization, prefix, FIRST_SERIES, analysis),
    objects.put(reportKey(organization, prefix, FIRST_REPORT), analysis.report),
  ]);
}

/** Writes what an attempt at computing a session again has brought. */
export async function putAttempt(
  objects: Objects,
  organization: string,
  prefix: string,
  attempt: number,
  analysis: Analysis,
): Promise<void> {
  await allWritten([
    ...seriesWritten(objects, organization, prefix, attempt, analysis),
    objects.put(reportKey(organization, prefix, attemptReport(attempt)), analysis.report),
  ]);
}

/**
 * Removes objects that no row has taken up. A commit whose answer was lost may have taken them up: they are no longer
 * loose then, and stay.
 */
export async function discardLoose(
  db: Db,
  objects: Objects,
  organization: string,
  prefix: string,
): Promise<void> {
  if (!(await claim(db, organization, prefix))) return;
  await objects.deleteAll(objectsOf(organization, prefix));
  await forgetLoose(db, organization, prefix);
}

const originalWritten = (objects: Objects, key: string, { content, chunks }: Received): Promise<void> =>
  content instanceof Uint8Array ? objects.put(key, content) : objects.putStream(key, chunks());

function seriesWritten(
  objects: Objects,
  organization: string,
  prefix: string,
  version: number,
  { series: files }: Analysis,
): Promise<void>[] {
  if (files === null) return [];
  return [
    objects.put(seriesKey(organization, prefix, version), files.series),
    objects.put(brotliKey(organization, prefix, version), files.brotli),
  ];
}

async function allWritten(writes: readonly Promise<void>[]): Promise<void> {
  const written = await Promise.allSettled(writes);
  // Judged when all have ended: none may be written after the others were discarded.
  const failed = written.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
