import type { KinebaseClient, Provenance, RecordingMeta, Session } from '../sdk/index.ts';

/** Which options of an import a session that was already there does not follow, and how to change it. '' where it does. */
export async function unapplied(
  client: KinebaseClient,
  session: Session,
  meta: RecordingMeta,
): Promise<string> {
  const others = ofSession(session, meta);
  if (OF_PROCESSING.some((name) => meta[name] !== undefined))
    others.push(...ofProcessing((await client.reportData(session.s3Key)).Provenance, meta));
  if (others.length === 0) return '';
  const options = others.map((option) => (option === '--unwrap' ? option : `${option} …`)).join(' ');
  return `; not applied: ${others.join(', ')}; change it with kinebase session ${session['Session ID']} ${options}`;
}

const OF_PROCESSING = ['outputRate', 'cutOff', 'order', 'interpolation', 'maxGap', 'wraps'] as const;

function ofSession(session: Session, meta: RecordingMeta): string[] {
  const { exerciseID, date, assessmentID, sessionName } = meta;
  return named({
    '--exercise': exerciseID !== undefined && exerciseID !== session['Exercise ID'],
    '--date': date !== undefined && timeOf(date) !== timeOf(session.Date),
    '--assessment': assessmentID !== undefined && assessmentID !== session['Assessment ID'],
    '--name': sessionName !== undefined && sessionName !== session['Session Name'],
  });
}

/** `auto` interpolation follows whatever came of it. */
function ofProcessing(made: Provenance, meta: RecordingMeta): string[] {
  const { outputRate, cutOff, order, interpolation, maxGap, wraps } = meta;
  const madeCutOff = made.Filter === null ? 'off' : String(made.Filter.CutOff);
  return named({
    '--output-rate': outputRate !== undefined && outputRate !== made.Rate,
    '--cut-off': cutOff !== undefined && cutOff !== madeCutOff,
    '--order': order !== undefined && made.Filter !== null && order !== made.Filter.Order,
    '--interpolation':
      interpolation !== undefined && interpolation !== 'auto' && interpolation !== made.Interpolation,
    '--max-gap': maxGap !== undefined && maxGap !== made.MaxGap,
    '--unwrap': wraps === 'unwrap' && made.AngleRange !== 'unwrapped',
  });
}

const named = (differs: Readonly<Record<string, boolean>>): string[] =>
  Object.keys(differs).filter((option) => differs[option]);

const timeOf = (date: string | Date): number => new Date(date).getTime();
