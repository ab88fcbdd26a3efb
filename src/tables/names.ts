import type { ColumnOf, TableBatch, TableColumn } from './table.ts';

/** What athletes, exercises and assessments are called, by their ids. */
export interface Names {
  athletes: Readonly<Record<string, { name: string | null; externalId: string | null }>>;
  exercises: Readonly<Record<string, string>>;
  assessments: Readonly<Record<string, string>>;
}

/** A column of names, and the column whose ids they belong to. */
interface NameColumn extends Omit<ColumnOf<Record<string, unknown>>, 'type' | 'nullable'> {
  of: string;
  read(names: Names, id: string): string | null;
}

const NAME_COLUMNS: readonly NameColumn[] = [
  {
    name: 'athlete_name',
    member: 'Athlete Name',
    description: 'First and last name',
    of: 'athlete_id',
    read: ({ athletes }, id) => own(athletes, id)?.name ?? null,
  },
  {
    name: 'athlete_external_id',
    member: 'Athlete ExternalID',
    description: 'Id of the athlete in a system of your own',
    of: 'athlete_id',
    read: ({ athletes }, id) => own(athletes, id)?.externalId ?? null,
  },
  {
    name: 'exercise_name',
    member: 'Exercise Name',
    of: 'exercise_id',
    read: ({ exercises }, id) => own(exercises, id) ?? null,
  },
  {
    name: 'assessment_name',
    member: 'Assessment Name',
    description: 'Missing for recordings outside of an assessment',
    of: 'assessment_id',
    read: ({ assessments }, id) => own(assessments, id) ?? null,
  },
];

/** Ids are free texts, also such that every object has a member of that name. */
const own = <Value>(values: Readonly<Record<string, Value>>, id: string): Value | undefined =>
  Object.hasOwn(values, id) ? values[id] : undefined;

interface TableColumns {
  columns: readonly TableColumn[];
  wireColumns: readonly TableColumn[];
}

/** A table's columns with those of names behind them: of every id that the table has. */
export function withNames({ columns, wireColumns }: TableColumns): TableColumns {
  const added = namesOf(columns).map(
    ({ of, read, ...column }) => ({ ...column, type: 'string', nullable: true }) as const,
  );
  return {
    columns: [...columns, ...added.map(({ member, ...column }) => column)],
    wireColumns: [...wireColumns, ...added.map(({ member, ...column }) => ({ ...column, name: member }))],
  };
}

/** Rows of a table with the names of their ids behind them. */
export function addNames(batch: TableBatch, { columns }: TableColumns, names: Names): TableBatch {
  const added = namesOf(columns).map(({ of, read }) => {
    const ids = batch.columns[columns.findIndex(({ name }) => name === of)] as ArrayLike<string>;
    return Array.from({ length: batch.rows }, (_, row) => read(names, ids[row]!));
  });
  return { rows: batch.rows, columns: [...batch.columns, ...added] };
}

const namesOf = (columns: readonly TableColumn[]): NameColumn[] =>
  NAME_COLUMNS.filter(({ of }) => columns.some(({ name }) => name === of));
