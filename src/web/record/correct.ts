import {
  DEFAULT_PROCESSING,
  type KinebaseClient,
  type RecordingMeta,
  type Session,
  STAND_ALONE,
} from '../../sdk/index.ts';

/**
 * Makes of a session that a lost attempt recorded what is chosen by now: sent again under its id, a file changes nothing. The
 * sampling rate of a file without a time column alone stays as it was read.
 */
export async function correct(
  client: KinebaseClient,
  session: Session,
  { athleteID, exerciseID, assessmentID, date, sessionName, fileName = '', ...meta }: RecordingMeta,
): Promise<Session> {
  const exercises = await client.exercises.list().all();
  const exercise = exercises.find((each) =>
    exerciseID === undefined ? each['Exercise Name'] === GENERAL : each['Exercise ID'] === exerciseID,
  );
  const named = exerciseID === undefined ? undefined : exercise?.['Exercise Name'];
  return client.sessions.patch(session['Session ID'], {
    'Athlete ID': athleteID,
    'Assessment ID': assessmentID ?? STAND_ALONE,
    'Session Name': sessionName ?? named ?? fileName.replace(/(\.[a-z0-9]+?)?(\.gz)?$/i, ''),
    ...(exercise === undefined ? {} : { 'Exercise ID': exercise['Exercise ID'] }),
    ...(date === undefined ? {} : { Date: new Date(date).toISOString() }),
    Processing: {
      Rate: meta.outputRate ?? DEFAULT_PROCESSING.Rate,
      CutOff: meta.cutOff === 'off' ? null : Number(meta.cutOff ?? DEFAULT_PROCESSING.CutOff),
      Order: meta.order ?? DEFAULT_PROCESSING.Order,
      Interpolation: meta.interpolation ?? DEFAULT_PROCESSING.Interpolation,
      MaxGap: meta.maxGap ?? DEFAULT_PROCESSING.MaxGap,
      Wraps: meta.wraps ?? DEFAULT_PROCESSING.Wraps,
    },
  });
}

/** What the server reads a recording by that names no exercise. */
const GENERAL = 'General movement';
