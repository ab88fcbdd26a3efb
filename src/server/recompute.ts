import { randomInt } from 'node:crypto';
import { getExercise } from '../store/exercises.ts';
import type { StoredSession } from '../store/sessions.ts';
import type { Deps } from './call.ts';
import { toDefinition } from './definition.ts';
import { originalKey, reportKey } from './sessionObjects.ts';

/**
 * Computes a session's report again from its original, for the exercise it now has. The new report is a new object beside
 * the old one; it counts once the session's row names its version, which is answered.
 */
export async function recompute(
  { db, objects, analyzer }: Deps,
  organization: string,
  session: StoredSession,
): Promise<number> {
  const exercise = await getExercise(db, organization, session.exerciseId);
  const bytes = await objects.get(originalKey(organization, session.objects));
  if (exercise === null || bytes === null)
    throw new Error(`session ${session.sessionId} lacks its exercise or its original`);
  const { report } = await analyzer.analyze({
    bytes,
    fileName: session.sourceName,
    rate_hz: session.sourceRate_hz,
    exercise: toDefinition(exercise),
  });
  // Drawn, not counted: two changes at once must never write the same object.
  const reportVersion = randomInt(2, 2 ** 31);
  await objects.put(reportKey(organization, session.objects, reportVersion), report);
  return reportVersion;
}
