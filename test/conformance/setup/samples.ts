import { PUBLISHED_NAMES } from '../../../src/conformance/cases/sessions.ts';
import type { Athlete } from '../../../src/contract/athletes.ts';
import type { Session } from '../../../src/contract/sessions.ts';
import { addAthlete, created, type Organization, recordMovement } from './installation.ts';

export { PUBLISHED_NAMES };

export interface Samples {
  athletes: Athlete[];
  assessmentId: string;
  /** The five published tests of the first athlete, in one assessment. */
  assessed: Session[];
  /** A squat of the second athlete, recorded alone. */
  alone: Session;
  free: Session;
}

/** Athletes with odd names, an assessment of five recordings, one recorded alone and a free one; all through the API. */
export async function addSamples(organization: Organization, rows?: number): Promise<Samples> {
  const athletes = [
    await addAthlete(organization, 'Ada', 'St. John'),
    await addAthlete(organization, 'Jörg', ''),
    await addAthlete(organization, '', 'O’Neill-Łuk"asz\\'),
  ];
  const [ada, joerg] = [athletes[0]!.ValorID, athletes[1]!.ValorID];
  const assessment = { 'Assessment Name': 'Screening', 'Athlete ID': ada };
  const { 'Assessment ID': assessmentID } = await created(
    organization.call('/assessments', { method: 'POST', body: assessment }),
  );
  const assessed: Session[] = [];
  for (const [index, name] of PUBLISHED_NAMES.entries()) {
    const query = { athleteID: ada, assessmentID, date: `2026-05-04T23:5${index}:30.123456-04:00` };
    assessed.push(await recordMovement(organization, name, query, index, rows));
  }
  const onOwn = { athleteID: joerg, date: '2026-05-03' };
  const alone = await recordMovement(organization, 'Hip Hinge Test', onOwn, 1, rows);
  const sandbox = { athleteID: ada, kind: 'free' } as const;
  const free = await recordMovement(organization, 'Hip Hinge Test', sandbox, 1, rows);
  return { athletes, assessmentId: assessmentID, assessed, alone, free };
}
