import { LONGEST_KEY_BYTES, LONGEST_SESSION_ID_BYTES } from '../../contract/ids.ts';
import { type Session, type SessionPatch, STAND_ALONE } from '../../contract/sessions.ts';
import { fromIso, toIso } from '../../contract/time.ts';
import type { RecordingMeta } from '../../sdk/index.ts';
import { unlessAbsent } from '../fetch.ts';
import { AT_ONCE_S, durationOf } from '../fill.ts';
import { labelOf } from '../labels.ts';
import { createBudget, inParallel } from '../limit.ts';
import { RecordError, tableSession } from '../records.ts';
import type { Here, Listed } from './archives.ts';
import { compareContent } from './compare.ts';
import { at } from './place.ts';
import { differing, refuseId } from './put.ts';
import { type Content, fetchContent } from './recordings.ts';
import type { ImportRun } from './run.ts';

/** Sessions with their recordings, so many at a time. What failed in passing is tried once more at the end. */
export async function importSessions(run: ImportRun, listed: Listed, here: Here): Promise<void> {
  const { sessions } = listed;
  run.progress({ phase: 'sessions', total: sessions.size, open: false });
  const budget = createBudget(AT_ONCE_S);
  const pass = (some: Iterable<Session>, again: ((session: Session) => void) | null) =>
    inParallel(some, run.parallel, async (session) => {
      if (run.stopped() !== null) return run.leave(1);
      const { id, name } = labelOf({ id: session['Session ID'], record: session });
      const work = () => budget(durationOf(session), () => importSession(run, session, listed, here));
      const later = again && (() => again(session));
      if (await run.attempt('sessions', id, name, work, later)) run.progress({ done: 1 });
      else run.leave(1);
    });
  const failed: Session[] = [];
  await pass(sessions.values(), (session) => failed.push(session));
  run.progress({ total: failed.length });
  await pass(failed, null);
}

/** `look`: compare the recording, too. */
async function importSession(
  run: ImportRun,
  session: Session,
  listed: Listed,
  here: Here,
  look = run.refresh,
): Promise<void> {
  const { reports } = listed;
  const { 'Session ID': id, s3Key } = session;
  refuseNames(session);
  const { name } = labelOf({ id, record: session });
  const there = here.sessions.get(id);
  const theirReport = reports?.get(id);
  const received = theirReport?.PipelineVersion === RECEIVED;
  if (there === undefined) {
    if (!run.dryRun) {
      const content = await fetchContent(run, session, received);
      const meanwhile = await recordUnlessThere(run, session, content);
      if (meanwhile !== null) {
        here.sessions.set(id, meanwhile);
        return importSession(run, session, listed, here, true);
      }
    }
    return run.happened('sessions', id, 'new', name);
  }
  const changes = differing(membersOf(there), wantedOf(session)) as SessionPatch;
  // A report of theirs belongs to their exercise; ours would take its place.
  const otherReport =
    changes['Exercise ID'] !== undefined && here.reports.get(id)?.PipelineVersion === RECEIVED;
  const mustLook =
    look || (theirReport?.Version ?? 1) > 1 || !isAbout(durationOf(session), durationOf(there));
  let isOther = there.s3Key !== s3Key || otherReport;
  let changed = isOther || Object.keys(changes).length > 0;
  if (!isOther && Object.keys(changes).length > 0 && !run.dryRun)
    await at('destination', run.to.sessions.patch(id, changes, { signal: run.signal }));
  if (!isOther && mustLook) {
    const found = await compareContent(run, session);
    isOther = found === 'other';
    changed ||= found !== 'same';
  }
  if (isOther && !run.dryRun) {
    // Whole and looked at before the old one goes. Killed in between, the next import records it.
    const content = await fetchContent(run, session, received);
    await at('destination', run.to.sessions.delete(id, { signal: run.signal }));
    await record(run, session, content);
  }
  if (changed) run.happened('sessions', id, 'changed', name);
  else run.unchanged('sessions');
}

/** The pipeline's version of what a Kinebase received from another server. */
const RECEIVED = 0;

/** Other servers round, or count a frame more or less. */
const isAbout = (one_s: number, other_s: number): boolean => Math.abs(one_s - other_s) < 0.1;

/** A session that came to be there since the lists were read: what was under way when an import was killed. */
async function recordUnlessThere(
  run: ImportRun,
  session: Session,
  content: Content,
): Promise<Session | null> {
  try {
    await record(run, session, content);
    return null;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'conflict') throw error;
    const there = await unlessAbsent(run.to.sessions.get(session['Session ID'], { signal: run.signal }));
    if (there === null) throw error;
    return there;
  }
}

async function record(run: ImportRun, session: Session, { bytes, meta }: Content): Promise<void> {
  const { 'Session ID': sessionID, s3Key } = session;
  const wanted = wantedOf(session);
  const whole: RecordingMeta = {
    athleteID: session['Athlete ID'],
    ...(wanted['Exercise ID'] === undefined ? {} : { exerciseID: wanted['Exercise ID'] }),
    assessmentID: wanted['Assessment ID']!,
    ...(wanted['Session Name'] === undefined ? {} : { sessionName: wanted['Session Name'] }),
    date: wanted.Date!,
    ...meta,
    sessionID,
    s3Key,
  };
  const made = await at('destination', run.to.sessions.record(bytes, whole, { signal: run.signal }));
  if (made['Session ID'] !== sessionID || made.s3Key !== s3Key)
    throw new RecordError(
      `destination: it was recorded as ${JSON.stringify(made['Session ID'])} under ${JSON.stringify(made.s3Key)}`,
    );
  run.progress({ bytes: bytes.length });
}

/** Members of a session that can be corrected, as they are to be. What the source does not say stays. */
function wantedOf(session: Session): SessionPatch {
  const { 'Assessment ID': assessment, 'Exercise ID': exercise, 'Session Name': name } = session;
  return {
    Date: toIso(fromIso(tableSession(session).Date)!),
    'Athlete ID': session['Athlete ID'],
    'Assessment ID': assessment || STAND_ALONE,
    ...(exercise ? { 'Exercise ID': exercise } : {}),
    ...(name ? { 'Session Name': name } : {}),
  };
}

const membersOf = (session: Session): SessionPatch => ({
  Date: session.Date,
  'Athlete ID': session['Athlete ID'],
  'Assessment ID': session['Assessment ID'],
  'Exercise ID': session['Exercise ID'],
  'Session Name': session['Session Name'],
});

/** Throws RecordError for an id or a key that cannot be kept as it is. */
function refuseNames({ 'Session ID': id, s3Key }: Session): void {
  refuseId(id);
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  if (bytes(id) > LONGEST_SESSION_ID_BYTES)
    throw new RecordError(`its id is longer than ${LONGEST_SESSION_ID_BYTES} bytes`);
  if (bytes(s3Key) > LONGEST_KEY_BYTES)
    throw new RecordError(`its s3Key is longer than ${LONGEST_KEY_BYTES} bytes`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(s3Key)) throw new RecordError('its s3Key has control characters');
  for (const text of [id, s3Key])
    if (/\p{Surrogate}/u.test(text)) throw new RecordError('its id or s3Key is no Unicode text');
}
