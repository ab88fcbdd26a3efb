import { createHash, randomBytes } from 'node:crypto';
import type { Exercise } from '../contract/exercises.ts';
import { LONGEST_KEY_BYTES, LONGEST_SESSION_ID_BYTES } from '../contract/ids.ts';
import { type RecordSessionQuery, type SessionKind, STAND_ALONE } from '../contract/sessions.ts';
import { PIPELINE_VERSION } from '../motion/process.ts';
import { RECORDING_ENDING, RECORDING_ENDINGS } from '../motion/read.ts';
import { getAssessment } from '../store/assessments.ts';
import { getAthlete } from '../store/athletes.ts';
import { getExercise } from '../store/exercises.ts';
import { newId } from '../store/ids.ts';
import { markLoose } from '../store/looseObjects.ts';
import { getSession, type Inserted, insertSession, type NewSession, toSession } from '../store/sessions.ts';
import { RECEIVED, type StoredSession } from '../store/storedSession.ts';
import { nowMicroseconds } from '../store/time.ts';
import type { Analysis } from './analysis.ts';
import type { Answer } from './answers.ts';
import type { Deps, Handler } from './call.ts';
import { dictionaryOf } from './channels.ts';
import { generalExercise, toDefinition } from './definition.ts';
import { ApiError } from './errors.ts';
import { readQuery } from './input.ts';
import { processingOfQuery } from './processing.ts';
import type { Received } from './received.ts';
import { readTime } from './records.ts';
import { readRepetitions, refuseFaulty } from './repetitions.ts';
import { discardLoose, FIRST_SERIES, folderOf, LOOSE_FOR_US, putSessionObjects } from './sessionObjects.ts';
import { unknown } from './sessions.ts';
import { withUpload } from './uploadBody.ts';

/** Records a session from a file: computes first, writes the objects, and last the row that makes it all visible. */
export const record: Handler = async (deps, { organization, query, stream, headers }) => {
  const parameters = readQuery<RecordSessionQuery>('RecordSessionQuery', query);
  if (/^multipart\//i.test(headers['content-type'] ?? '')) {
    throw new ApiError(
      'invalid_body',
      'Send the bytes of the file as the body itself, not as a form: curl --data-binary @squats.mot.',
    );
  }
  const plan = await planSession(deps, organization, parameters);
  const { uploadLimit_bytes, uploads } = deps;
  return withUpload(stream, headers, uploadLimit_bytes, uploads, (received) =>
    recordReceived(deps, organization, parameters, plan, received),
  );
};

async function recordReceived(
  deps: Deps,
  organization: string,
  parameters: RecordSessionQuery,
  plan: Plan,
  received: Received,
): Promise<Answer> {
  const existing = await recordedBefore(deps, organization, parameters.sessionID);
  if (existing !== null) return answerAgain(existing, parameters, received);
  const { repetitions } = plan;
  const analysis = await deps.analyzer.analyze({
    bytes: received.content,
    fileName: baseName(parameters.fileName),
    rate_hz: parameters.rate ?? null,
    exercise: toDefinition(plan.exercise),
    processing: plan.processing,
    channels: await dictionaryOf(deps.db, organization),
    repetitions,
    received: parameters.imported === 'true',
  });
  const session = complete(plan, parameters, received, analysis, deps.now());
  const outcome = await store(deps, organization, session, received, analysis).catch(async (error) => {
    // What the session refers to may have been removed while the file came in: then that is what to say.
    await planSession(deps, organization, parameters);
    throw error;
  });
  if (outcome === 'inserted') return { kind: 'value', status: 201, value: toSession(session) };
  if (outcome === 'taken')
    return answerAgain((await getSession(deps.db, organization, session.sessionId))!, parameters, received);
  if (outcome === 'key taken')
    throw new ApiError('conflict', `s3Key ${JSON.stringify(session.s3Key)} belongs to another session.`);
  throw new ApiError('unavailable', 'The recording took too long to store. Send it again.', {
    'retry-after': '5',
  });
}

/** The session of an earlier call with the same UUID, in whatever case it was written then. */
async function recordedBefore(
  { db }: Deps,
  organization: string,
  id: string | undefined,
): Promise<StoredSession | null> {
  const spellings = id !== undefined && UUID.test(id) ? [id, id.toUpperCase(), id.toLowerCase()] : [id];
  for (const spelling of new Set(spellings)) {
    if (spelling === undefined) continue;
    const session = await getSession(db, organization, spelling);
    if (session !== null) return session;
  }
  return null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Plan {
  exercise: Exercise;
  assessmentId: string | null;
  kind: SessionKind;
  recordedAt_us: number;
  processing: StoredSession['processing'];
  repetitions: StoredSession['repetitions'];
}

/** Checks everything that can be checked before the body is read. */
async function planSession(
  { db, now }: Deps,
  organization: string,
  query: RecordSessionQuery,
): Promise<Plan> {
  if (!RECORDING_ENDING.test(query.fileName)) {
    throw new ApiError(
      'unsupported_file',
      `fileName must end in ${RECORDING_ENDINGS} (each also with .gz), not ${JSON.stringify(query.fileName.slice(-40))}.`,
    );
  }
  refuseOtherImport(query);
  const processing = processingOfQuery(query);
  const repetitions = query.repetitions === undefined ? null : readRepetitions(query.repetitions);
  // How long the recording is will be known when it is read.
  if (repetitions !== null) refuseFaulty(repetitions, { processing, duration_s: Number.POSITIVE_INFINITY });
  const recordedAt_us = query.date === undefined ? nowMicroseconds(now()) : readTime('date', query.date);
  const assessmentId =
    query.assessmentID === undefined || query.assessmentID === STAND_ALONE ? null : query.assessmentID;
  const kind = query.kind ?? (assessmentId === null ? 'exercise' : 'assessment');
  if ((kind === 'assessment') !== (assessmentId !== null)) {
    throw new ApiError(
      'invalid_parameter',
      `kind ${kind} ${assessmentId === null ? 'needs an' : 'takes no'} assessmentID.`,
    );
  }
  if ((await getAthlete(db, organization, query.athleteID)) === null)
    throw unknown('athleteID', query.athleteID);
  if (assessmentId !== null && (await getAssessment(db, organization, assessmentId)) === null)
    throw unknown('assessmentID', assessmentId);
  const exercise =
    query.exerciseID === undefined
      ? await generalExercise(db, organization, now())
      : await getExercise(db, organization, query.exerciseID);
  if (exercise === null) throw unknown('exerciseID', query.exerciseID!);
  return { exercise, assessmentId, kind, recordedAt_us, processing, repetitions };
}

/** Series that are kept as they are cannot be processed, and lie in a document. */
function refuseOtherImport(query: RecordSessionQuery): void {
  const { imported, fileName } = query;
  for (const [name, longest] of Object.entries(LONGEST_BYTES))
    if (Buffer.byteLength(query[name as keyof typeof LONGEST_BYTES] ?? '') > longest)
      throw new ApiError('invalid_parameter', `${name} is longer than ${longest} bytes.`);
  if (imported !== 'true') return;
  if (!/\.json(\.gz)?$/i.test(fileName))
    throw new ApiError('unsupported_file', 'With imported=true the fileName must end in .json or .json.gz.');
  const chosen = PROCESSING.find((name) => query[name] !== undefined);
  if (chosen !== undefined)
    throw new ApiError(
      'invalid_parameter',
      `${chosen} is for recordings; imported series are kept as they are.`,
    );
}

/** Whatever characters they have: an id is part of the keys of objects, and an s3Key stands in an index. */
const LONGEST_BYTES = { sessionID: LONGEST_SESSION_ID_BYTES, s3Key: LONGEST_KEY_BYTES } as const;
const PROCESSING = ['rate', 'outputRate', 'cutOff', 'order', 'interpolation', 'maxGap', 'wraps'] as const;

function complete(
  plan: Plan,
  query: RecordSessionQuery,
  received: Received,
  analysis: Analysis,
  now_ms: number,
): NewSession {
  const sessionId = query.sessionID ?? newId(now_ms);
  const imported = query.imported === 'true';
  const fileBase = baseName(query.fileName);
  return {
    sessionId,
    recordedAt_us: plan.recordedAt_us,
    athleteId: query.athleteID,
    assessmentId: plan.assessmentId,
    exerciseId: plan.exercise['Exercise ID'],
    name:
      (query.sessionName ?? (query.exerciseID === undefined ? nameOf(fileBase) : '')) ||
      plan.exercise['Exercise Name'],
    kind: plan.kind,
    duration_s: analysis.duration_s,
    s3Key: query.s3Key ?? keyOf(sessionId),
    sourceName: fileBase,
    sourceSha256: analysis.sha256,
    sourceBytes: received.size_bytes,
    sourceRate_hz: query.rate ?? null,
    objects: `${folderOf(sessionId)}.${randomBytes(6).toString('hex')}`,
    seriesVersion: FIRST_SERIES,
    reportVersion: 1,
    processing: plan.processing,
    repetitions: plan.repetitions,
    pipelineVersion: imported ? RECEIVED : PIPELINE_VERSION,
    ...(imported ? { reason: 'imported' as const } : {}),
  };
}

/** Needs no encoding in a URL, whatever the id is made of. */
const keyOf = (sessionId: string): string => `ik-${folderOf(sessionId)}`;

/** Without the folders that some clients send along. */
const baseName = (fileName: string) => fileName.replace(/^.*[/\\]/, '');

/** A file's name without its ending, no longer than a session's name may be. */
const nameOf = (fileBase: string) => fileBase.replace(RECORDING_ENDING, '').slice(0, 200).trim();

/** Objects first, row last: before the row nobody sees anything, after it everything is there. */
async function store(
  { db, objects, now, log }: Deps,
  organization: string,
  session: NewSession,
  original: Received,
  analysis: Analysis,
) {
  const { objects: prefix } = session;
  await markLoose(db, organization, prefix, nowMicroseconds(now()) + LOOSE_FOR_US);
  let outcome: Inserted | 'failed' = 'failed';
  try {
    await putSessionObjects(objects, organization, prefix, original, analysis);
    const { flat } = analysis;
    outcome = await insertSession(db, organization, { ...session, flat }, nowMicroseconds(now()));
    return outcome;
  } finally {
    if (outcome !== 'inserted') {
      await discardLoose(db, objects, organization, prefix).catch((error) =>
        log.warn({ err: error }, 'loose objects stay until the next sweep'),
      );
    }
  }
}

/** The answer to a repeated call; another file or another key under the same id is a conflict. */
async function answerAgain(
  existing: StoredSession,
  { s3Key = existing.s3Key }: RecordSessionQuery,
  received: Received,
): Promise<Answer> {
  const hash = createHash('sha256');
  for await (const chunk of received.chunks()) hash.update(chunk);
  if (hash.digest('hex') !== existing.sourceSha256 || s3Key !== existing.s3Key) {
    throw new ApiError('conflict', `sessionID ${existing.sessionId} already holds another recording.`);
  }
  return { kind: 'value', status: 201, value: toSession(existing) };
}
