import type { Assessment } from '../contract/assessments.ts';
import type { Versioned } from './changes.ts';
import type { Db } from './db.ts';
import { change, removeUnused } from './organizations.ts';
import { fromIso, toIso } from './time.ts';

interface AssessmentRow {
  assessment_id: string;
  name: string;
  athlete_id: string | null;
  held_at: number;
}

const toAssessment = (row: AssessmentRow): Assessment => ({
  'Assessment ID': row.assessment_id,
  'Assessment Name': row.name,
  'Athlete ID': row.athlete_id,
  Date: toIso(row.held_at),
});

const COLUMNS = 'assessment_id, name, athlete_id, held_at';

/** Every assessment, newest first; of one athlete when given. */
export async function listAssessments(
  db: Db,
  organization: string,
  athleteId?: string,
): Promise<Assessment[]> {
  const rows =
    athleteId === undefined
      ? await db
          .within(organization)
          .query<AssessmentRow>(
            `select ${COLUMNS} from assessments where org_id = $1 order by held_at desc, assessment_id desc limit 1000000`,
            [organization],
          )
      : await db.within(organization).query<AssessmentRow>(
          `select ${COLUMNS} from assessments where org_id = $1 and athlete_id = $2
           order by held_at desc, assessment_id desc limit 1000000`,
          [organization, athleteId],
        );
  return rows.map(toAssessment);
}

/** Assessments that were changed last at one of these versions, both included. */
export async function assessmentsAt(
  db: Db,
  organization: string,
  first: number,
  last: number,
): Promise<Versioned<Assessment>[]> {
  const rows = await db.within(organization).query<AssessmentRow & { version: number }>(
    `select version, ${COLUMNS} from assessments where org_id = $1 and version >= $2 and version <= $3
     order by version, assessment_id limit 1000000`,
    [organization, first, last],
  );
  return rows.map((row) => ({ id: row.assessment_id, version: row.version, record: toAssessment(row) }));
}

export async function getAssessment(db: Db, organization: string, id: string): Promise<Assessment | null> {
  const rows = await db
    .within(organization)
    .query<AssessmentRow>(`select ${COLUMNS} from assessments where org_id = $1 and assessment_id = $2`, [
      organization,
      id,
    ]);
  return rows[0] ? toAssessment(rows[0]) : null;
}

/** Adds an assessment; null when the id is taken. */
export async function createAssessment(
  db: Db,
  organization: string,
  assessment: Assessment,
  now_us: number,
): Promise<Assessment | null> {
  return change(db, organization, async (db, version, undo) => {
    const rows = await db.within(organization).query<AssessmentRow>(
      `insert into assessments (org_id, assessment_id, name, athlete_id, held_at, version, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict do nothing returning ${COLUMNS}`,
      [organization, ...values(assessment), version, now_us],
    );
    return rows[0] ? toAssessment(rows[0]) : undo(null);
  });
}

/** Changes an assessment inside one transaction; null when there is none. */
export async function changeAssessment(
  db: Db,
  organization: string,
  id: string,
  edit: (assessment: Assessment) => Assessment,
  now_us: number,
): Promise<Assessment | null> {
  return change(db, organization, async (db, version, undo) => {
    const current = await getAssessment(db, organization, id);
    if (current === null) return undo(null);
    const assessment = edit(current);
    await db.within(organization).query(
      `update assessments set name = $3, athlete_id = $4, held_at = $5, version = $6, updated_at = $7
       where org_id = $1 and assessment_id = $2`,
      [organization, ...values(assessment), version, now_us],
    );
    return assessment;
  });
}

/** Removes an assessment; `in use` while sessions belong to it. */
export function deleteAssessment(
  db: Db,
  organization: string,
  id: string,
  now_us: number,
): Promise<'deleted' | 'absent' | 'in use'> {
  const used = `select 1 from sessions where org_id = $1 and assessment_id = $2 limit 1`;
  const remove = 'delete from assessments where org_id = $1 and assessment_id = $2 returning assessment_id';
  return removeUnused(db, organization, 'assessment', id, { used, remove }, now_us);
}

function values(assessment: Assessment) {
  const held = fromIso(assessment.Date);
  if (held === null) throw new Error(`not a time: ${assessment.Date}`);
  return [
    assessment['Assessment ID'],
    assessment['Assessment Name'],
    assessment['Athlete ID'],
    held,
  ] as const;
}
