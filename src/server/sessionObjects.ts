import type { NewObject, Objects } from '../objects/objects.ts';
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

/**
 * A session's part of its prefix. Ids from elsewhere may hold what no key may, and are written in another alphabet; which of
 * the two it is shows in the first character.
 */
export const folderOf = (sessionId: string): string =>
  PLAIN_ID.test(sessionId) ? sessionId : `=${Buffer.from(sessionId).toString('base64url')}`;

export const sessionIdOf = (prefix: string): string => {
  const folder = prefix.slice(0, prefix.lastIndexOf('.'));
  return folder.startsWith('=') ? Buffer.from(folder.slice(1), 'base64url').toString() : folder;
};

const PLAIN_ID = /^[A-Za-z0-9_-]{1,128}$/;

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
  await objects.putAll([
    {
      key: originalKey(organization, prefix),
      content: original.content instanceof Uint8Array ? original.content : original.chunks(),
    },
    ...seriesObjects(organization, prefix, FIRST_SERIES, analysis),
    { key: reportKey(organization, prefix, FIRST_REPORT), content: analysis.report },
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
  await objects.putAll([
    ...seriesObjects(organization, prefix, attempt, analysis),
    { key: reportKey(organization, prefix, attemptReport(attempt)), content: analysis.report },
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

function seriesObjects(
  organization: string,
  prefix: string,
  version: number,
  { series: files }: Analysis,
): NewObject[] {
  if (files === null) return [];
  return [
    { key: seriesKey(organization, prefix, version), content: files.series },
    { key: brotliKey(organization, prefix, version), content: files.brotli },
  ];
}
