import type { Objects } from '../objects/objects.ts';
import type { StoredSession } from '../store/sessions.ts';
import type { Analysis } from './analysis.ts';

/** Keys of a session's objects: org/<organization>/<prefix>/<kind>. `prefix` is the session's own (StoredSession.objects). */
const below = (organization: string, prefix: string) => `org/${organization}/${prefix}/`;

export const objectsOf = below;
/** The recorded file, byte for byte as it was sent. */
export const originalKey = (organization: string, prefix: string) => `${below(organization, prefix)}original`;
export const seriesKey = (organization: string, prefix: string, version: number) =>
  `${below(organization, prefix)}series-${version}`;
export const brotliKey = (organization: string, prefix: string, version: number) =>
  `${below(organization, prefix)}series-${version}.br`;
export const reportKey = (organization: string, prefix: string, version: number) =>
  `${below(organization, prefix)}report-${version}`;

/** Objects of a recording that never got its row are swept after this. */
export const LOOSE_FOR_US = 3600 * 1e6;

/** Writes everything a session has beside its row; resolves when all of it is durable, or has failed. */
export async function putSessionObjects(
  objects: Objects,
  organization: string,
  {
    objects: prefix,
    seriesVersion,
    reportVersion,
  }: Pick<StoredSession, 'objects' | 'seriesVersion' | 'reportVersion'>,
  original: Uint8Array,
  analysis: Analysis,
): Promise<void> {
  const written = await Promise.allSettled([
    objects.put(originalKey(organization, prefix), original),
    objects.put(seriesKey(organization, prefix, seriesVersion), analysis.series),
    objects.put(brotliKey(organization, prefix, seriesVersion), analysis.brotli),
    objects.put(reportKey(organization, prefix, reportVersion), analysis.report),
  ]);
  // Judged when all have ended: none may be written after the others were discarded.
  const failed = written.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
