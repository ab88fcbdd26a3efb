import { getSession } from '../store/sessions.ts';
import type { Handler } from './call.ts';
import { withOriginal } from './originals.ts';
import { noSuch } from './records.ts';

/** What was read from the original: read again in a thread of its own, because nothing of it is stored. */
export const summary: Handler = async ({ db, objects, analyzer }, { organization, id }) => {
  const session = (await getSession(db, organization, id)) ?? noSuch('session', id);
  const { sourceName: fileName, sourceRate_hz: rate_hz } = session;
  const value = await withOriginal(objects, organization, session, ({ content: bytes }) =>
    analyzer.inspect({ bytes, fileName, rate_hz }),
  );
  if (value === null) {
    if ((await getSession(db, organization, id)) === null) noSuch('session', id);
    throw new Error(`the original of session ${id} is missing from the objects`);
  }
  return { kind: 'value', value };
};
