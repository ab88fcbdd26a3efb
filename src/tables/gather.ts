import type { TableBatch } from './table.ts';

/** Batches of any size → batches of exactly `size` rows; what is left at the end is a smaller one. */
export interface Gathered {
  add(batch: TableBatch): TableBatch[];
  /** Null when nothing is left. */
  rest(): TableBatch | null;
}

export function gatherRows(size: number): Gathered {
  let parts: TableBatch[] = [];
  let rows = 0;
  const take = (): TableBatch => {
    const taken = join(parts, rows);
    parts = [];
    rows = 0;
    return taken;
  };
  return {
    add(batch) {
      const full: TableBatch[] = [];
      for (let from = 0; from < batch.rows; ) {
        const to = Math.min(batch.rows, from + size - rows);
        parts.push(from === 0 && to === batch.rows ? batch : cut(batch, from, to));
        rows += to - from;
        from = to;
        if (rows === size) full.push(take());
      }
      return full;
    },
    rest: () => (rows === 0 ? null : take()),
  };
}

const cut = ({ columns }: TableBatch, from: number, to: number): TableBatch => ({
  rows: to - from,
  columns: columns.map((values) =>
    values instanceof Float64Array ? values.subarray(from, to) : Array.prototype.slice.call(values, from, to),
  ),
});

function join(parts: readonly TableBatch[], rows: number): TableBatch {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const columns = first!.columns.map((_, column) => {
    const joined: unknown[] = new Array(rows);
    let at = 0;
    for (const { rows, columns } of parts) {
      const values = columns[column]!;
      for (let row = 0; row < rows; row++) joined[at++] = values[row];
    }
    return joined;
  });
  return { rows, columns };
}
