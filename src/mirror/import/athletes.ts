import type { Assessment, AssessmentInput } from '../../contract/assessments.ts';
import type { Athlete } from '../../contract/athletes.ts';
import { type Session, STAND_ALONE } from '../../contract/sessions.ts';
import { fromIso, toIso } from '../../contract/time.ts';
import { inParallel } from '../limit.ts';
import type { Here, Listed } from './archives.ts';
import { at } from './place.ts';
import { membersOf, put, textOf } from './put.ts';
import type { ImportRun } from './run.ts';

export async function importAthletes(run: ImportRun, { lists }: Listed, here: Here): Promise<void> {
  await inParallel(lists.athletes ?? [], run.parallel, async ([id, record]) => {
    if (run.stopped() !== null) return;
    const { FirstName, LastName, ExternalID } = record as Partial<Athlete>;
    const names = { FirstName: FirstName ?? '', LastName: LastName ?? '' };
    const wanted = { ...names, ...(ExternalID === undefined ? {} : { ExternalID }) };
    const name = `${names.FirstName} ${names.LastName}`.trim();
    await run.attempt('athletes', id, name, async () => {
      const { signal, to } = run;
      const result = await put<Athlete>(run, {
        kind: 'athletes',
        id,
        name,
        here: here.athletes.get(id),
        wanted,
        create: () => to.athletes.create({ ...wanted, ValorID: id }, { signal }),
        patch: (changes) => to.athletes.patch(id, changes, { signal }),
      });
      if (result !== undefined) here.athletes.set(id, result);
    });
  });
}

/** Those of the list, and those that only sessions name: a server of the contract need not say more of them. */
export async function importAssessments(run: ImportRun, listed: Listed, here: Here): Promise<void> {
  const named = namedBySessions(listed, here);
  await inParallel([...(listed.lists.assessments ?? []), ...named], run.parallel, async ([id, record]) => {
    if (run.stopped() !== null || id === STAND_ALONE) return;
    const name = textOf(record, 'Assessment Name', 'AssessmentName', 'Name', 'name') || id;
    await run.attempt('assessments', id, name, async () => {
      const { signal, to } = run;
      const time_us = fromIso(textOf(record, 'Date'));
      const wanted: Partial<Assessment> = {
        'Assessment Name': name,
        ...membersOf(record, ['Athlete ID']),
        ...(time_us === null ? {} : { Date: toIso(time_us) }),
      };
      await put<Assessment>(run, {
        kind: 'assessments',
        id,
        name,
        here: here.assessments.get(id),
        wanted,
        create: () =>
          at(
            'destination',
            to.assessments.create({ ...(wanted as AssessmentInput), 'Assessment ID': id }, { signal }),
          ),
        patch: (changes) => to.assessments.patch(id, changes, { signal }),
      });
    });
  });
}

function namedBySessions({ lists, sessions }: Listed, here: Here): Map<string, object> {
  const first = new Map<string, Session>();
  for (const session of sessions.values()) {
    const { 'Assessment ID': id } = session;
    if (!id || id === STAND_ALONE || lists.assessments?.has(id) || here.assessments.has(id)) continue;
    const before = first.get(id);
    if (before === undefined || session.Date < before.Date) first.set(id, session);
  }
  return new Map(
    [...first].map(([id, { Date: date, 'Athlete ID': athlete }]) => [
      id,
      { 'Assessment Name': `Assessment of ${date.slice(0, 10)}`, 'Athlete ID': athlete, Date: date },
    ]),
  );
}
