import { isMissing, type TableBatch, type TableColumn, TableError } from './table.ts';

/** Names that can be told apart in every program: none empty, none twice. */
export function checkColumns(columns: readonly TableColumn[]): void {
  const names = new Set<string>();
  for (const { name } of columns) {
    if (name === '') throw new TableError('a column has no name');
    if (names.has(name)) throw new TableError(`two columns are called ${JSON.stringify(name)}`);
    names.add(name);
  }
  if (names.size === 0) throw new TableError('the table has no columns');
}

/** What a format would write as something else is refused: each value is of its column's type, or missing where it may be. */
export function checkBatch(columns: readonly TableColumn[], batch: TableBatch): void {
  if (batch.columns.length !== columns.length)
    throw new TableError(`a batch has ${batch.columns.length} columns, the table ${columns.length}`);
  columns.forEach((column, place) => {
    const values = batch.columns[place]!;
    if (values.length !== batch.rows)
      throw new TableError(`${column.name} has ${values.length} values in a batch of ${batch.rows} rows`);
    const fits = FITS[column.type];
    for (let row = 0; row < batch.rows; row++) {
      const value = values[row];
      if (fits(value) || (column.nullable && isMissing(value))) continue;
      throw new TableError(
        `${column.name} of row ${row} is ${shown(value)}, not ${column.nullable ? 'missing or ' : ''}of type ${column.type}`,
      );
    }
  });
}

const FITS: Readonly<Record<TableColumn['type'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  double: (value) => Number.isFinite(value),
  int: (value) => Number.isSafeInteger(value),
  timestamp: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === 'boolean',
};

const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
