import { getSession } from '../store/sessions.ts';
import type { Handler } from './call.ts';
import { noSuch } from './records.ts';
import { originalKey } from './sessionObjects.ts';

/** What was read from the original: read again in a thread of its own, because nothing of it is stored. */
export const summary: Handler = async ({ db, objects, analyzer }, { organization, id }) => {
  const session = (await getSession(db, organization, id)) ?? noSuch('session', id);
  const bytes = await objects.get(originalKey(organization, session.objects));
  if (bytes === null) {
    if ((await getSession(db, organization, id)) === null) noSuch('session', id);
    throw new Error(`the original of session ${id} is missing from the objects`);
  }
  const { sourceName: fileName, sourceRate_hz: rate_hz } = session;
  return { kind: 'value', value: await analyzer.inspect({ bytes, fileName, rate_hz }) };
};
