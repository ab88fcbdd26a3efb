import type { Session } from '../../contract/sessions.ts';
import { RecordError } from '../records.ts';
import { sameRecord } from '../state.ts';
import { madeOf, processingChange } from './made.ts';
import { at } from './place.ts';
import { seriesAndReport } from './recordings.ts';
import type { ImportRun } from './run.ts';

/**
 * Whether the recording of a session that both have is the same; how a Kinebase made its report is taken over on the way.
 * `other`: another recording, to be imported in the place of this one.
 */
export function compareContent(run: ImportRun, session: Session): Promise<'same' | 'changed' | 'other'> {
  return run.full ? compareReports(run, session) : compareDocuments(run, session);
}

async function compareReports(
  { from, to, signal, dryRun }: ImportRun,
  { 'Session ID': id, s3Key }: Session,
): Promise<'same' | 'changed' | 'other'> {
  const theirs = await at('source', from.reportData(s3Key, { signal }));
  const ours = await at('destination', to.reportData(s3Key, { signal }));
  const [wanted, have] = [madeOf(theirs), madeOf(ours)];
  if (wanted.sourceSha256 !== have.sourceSha256) return 'other';
  // Series that are kept as they are were not processed on either side.
  const isReceived = (flags: readonly string[]) =>
    flags.some((flag) => /^(report and )?series imported/.test(flag));
  const processed = !isReceived(theirs.Provenance.Flags) && !isReceived(ours.Provenance.Flags);
  const Processing = processed ? processingChange(theirs, ours) : null;
  const repetitions = !sameRecord(wanted.repetitions, have.repetitions);
  if (Processing !== null && !dryRun)
    await at('destination', to.sessions.patch(id, { Processing }, { signal }));
  if (repetitions && !dryRun)
    await at('destination', to.sessions.repetitions(id, { Repetitions: wanted.repetitions }, { signal }));
  return Processing !== null || repetitions ? 'changed' : 'same';
}

/** What was received is the original of the session at the destination. */
async function compareDocuments(run: ImportRun, session: Session): Promise<'same' | 'other'> {
  const theirs = await at('source', seriesAndReport(run, session));
  const { bytes } = await at(
    'destination',
    run.to.sessions.original(session['Session ID'], { signal: run.signal }),
  );
  return sameRecord(JSON.parse(JSON.stringify(theirs)), receivedIn(bytes)) ? 'same' : 'other';
}

function receivedIn(bytes: Uint8Array): unknown {
  try {
    const { ikData, reportData = null } = JSON.parse(new TextDecoder().decode(bytes));
    return { ikData, reportData };
  } catch (error) {
    throw new RecordError('destination: the session was not imported but recorded there: its id is taken', {
      cause: error,
    });
  }
}
