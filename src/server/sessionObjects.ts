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
