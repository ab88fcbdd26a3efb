import { useState } from 'react';
import type { Exercise } from '../../sdk/index.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Sure } from '../ui/Sure.tsx';
import { Cell, Table } from '../ui/Table.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';
import { ExerciseDialog } from './ExerciseDialog.tsx';
import { FindField } from './FindField.tsx';
import { Listed } from './Listed.tsx';
import { Recomputing } from './Recomputing.tsx';
import { useAdministered } from './useAdministered.ts';
import { useSection } from './useSection.ts';

const say = administrationWords.exercises;

/** Exercise definitions: what is segmented, what is measured, and which range a score is taken from. */
export function ExercisesSection() {
  const { query, change, busy } = useAdministered('exercises', (client) => client.exercises.list().all());
  const { find = '' } = useSection();
  /** null: none is open; without an id: a new one. */
  const [open, setOpen] = useState<Partial<Exercise> | null>(null);
  const matches = ({ 'Exercise Name': name, Category }: Exercise) =>
    `${name} ${Category}`.toLowerCase().includes(find.trim().toLowerCase());
  return (
    <>
      <p className="max-w-3xl text-soft">{say.text}</p>
      <div className="no-print flex flex-wrap items-end gap-3">
        <FindField />
        <Button onClick={() => setOpen({})}>{say.add}</Button>
        <Recomputing />
      </div>
      <Listed query={query}>
        {(exercises) =>
          !exercises.some(matches) ? (
            <Notice title={words.noMatch} />
          ) : (
            <Table caption={say.title} columns={[say.name, say.category, say.metrics, say.primary, '']}>
              {exercises
                .filter(matches)
                .toSorted((a, b) => a['Exercise Name'].localeCompare(b['Exercise Name']))
                .map((exercise) => (
                  <tr key={exercise['Exercise ID']}>
                    <Cell wide>{exercise['Exercise Name']}</Cell>
                    <Cell>{exercise.Category}</Cell>
                    <Cell>{exercise.Metrics === null ? say.everyMetric : exercise.Metrics.length}</Cell>
                    <Cell>
                      <code>{exercise.PrimaryChannel ?? '–'}</code>
                    </Cell>
                    <Cell>
                      <Button
                        kind="quiet"
                        aria-label={`${say.edit}: ${exercise['Exercise Name']}`}
                        onClick={() => setOpen(exercise)}
                      >
                        {say.edit}
                      </Button>
                      <Button
                        kind="quiet"
                        aria-label={`${say.copy}: ${exercise['Exercise Name']}`}
                        onClick={() => setOpen(copyOf(exercise))}
                      >
                        {say.copy}
                      </Button>
                      <Sure
                        label={words.delete}
                        name={exercise['Exercise Name']}
                        disabled={busy}
                        onSure={() =>
                          change({ call: (client) => client.exercises.delete(exercise['Exercise ID']) })
                        }
                      />
                    </Cell>
                  </tr>
                ))}
            </Table>
          )
        }
      </Listed>
      {open !== null && (
        <ExerciseDialog exercise={open} onClose={() => setOpen(null)} onSaved={() => setOpen(null)} />
      )}
    </>
  );
}

function copyOf({ 'Exercise ID': _, ...exercise }: Exercise): Partial<Exercise> {
  return { ...exercise, 'Exercise Name': say.copyOf(exercise['Exercise Name']) };
}
