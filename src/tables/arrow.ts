import { Column, Endianness, field, Table, tableToIPC, Version } from '@uwdata/flechette';
import { arrowBatch, arrowType } from './arrowColumns.ts';
import { type ArrowBlock, withBlocks } from './arrowFooter.ts';
import { gatherRows } from './gather.ts';
import type { TableBatch, TableColumn, TableMetadata, TableWriter } from './table.ts';

export interface ArrowOptions {
  /** Rows of one record batch, which lie in memory together; 16,384 when absent. */
  batchRows?: number;
}

const BATCH_ROWS = 16_384;
const MAGIC = Uint8Array.from([...new TextEncoder().encode('ARROW1'), 0, 0]);
/** What ends a stream: a continuation marker and a length of nought. */
const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/**
 * Arrow IPC file (Feather version 2), a record batch at a time. Unit and description are metadata of each field; `metadata`
 * is that of the schema.
 *
 * The library writes whole tables. So each batch is written as a stream of its own, of which the schema that goes ahead and
 * the end are left out; and the footer is that of a table of as many empty batches, with the places of the real ones in it.
 */
export function arrowWriter(
  columns: readonly TableColumn[],
  metadata: TableMetadata,
  { batchRows = BATCH_ROWS }: ArrowOptions = {},
): TableWriter {
  const schema = schemaOf(columns, metadata);
  const tableOf = (batches: readonly TableBatch[]) =>
    new Table(
      schema,
      columns.map(
        (column, place) =>
          new Column(
            batches.map(({ rows, columns }) => arrowBatch(column, columns[place]!, rows)),
            arrowType(column.type),
          ),
      ),
    );
  const head = written(tableOf([]), 'stream').slice(0, -1);
  const headBytes = sizeOf(head);
  const blocks: ArrowBlock[] = [];
  let offset = 0;
  const counted = (pieces: Uint8Array[]) => {
    offset += sizeOf(pieces);
    return pieces;
  };
  const begin = () => (offset === 0 ? counted([MAGIC, ...head]) : []);
  const record = (batch: TableBatch): Uint8Array[] => {
    const begun = begin();
    const pieces = behind(written(tableOf([batch]), 'stream').slice(0, -1), headBytes);
    const metadataLength = 8 + new DataView(pieces[0]!.buffer, pieces[0]!.byteOffset).getInt32(4, true);
    blocks.push({ offset, metadataLength, bodyLength: sizeOf(pieces) - metadataLength });
    return [...begun, ...counted(pieces)];
  };
  const gathered = gatherRows(batchRows);
  return {
    write: (batch) => gathered.add(batch).flatMap(record),
    end() {
      const rest = gathered.rest();
      const last = rest === null ? begin() : record(rest);
      const empty = { rows: 0, columns: columns.map(() => []) };
      const model = written(tableOf(blocks.map(() => empty)), 'file');
      return [...last, END, ...withBlocks(model, blocks)];
    },
  };
}

function schemaOf(columns: readonly TableColumn[], metadata: TableMetadata): Table['schema'] {
  const mapOf = (entries: readonly (readonly [string, string | undefined])[]) => {
    const said = entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
    return said.length === 0 ? null : new Map(said);
  };
  return {
    version: Version.V5,
    endianness: Endianness.Little,
    fields: columns.map(({ name, type, nullable, unit, description }) =>
      field(
        name,
        arrowType(type),
        nullable,
        mapOf([
          ['unit', unit],
          ['description', description],
        ]),
      ),
    ),
    metadata: mapOf(Object.entries(metadata)),
  };
}

/** What the library writes, in the pieces in which it does: whole messages and whole buffers. */
function written(table: Table, format: 'stream' | 'file'): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const sink = {
    write: (bytes: Uint8Array) => void pieces.push(bytes),
    pad: (count: number) => void pieces.push(new Uint8Array(count)),
    finish: () => null,
  };
  tableToIPC(table, { format, sink });
  return pieces;
}

const sizeOf = (pieces: readonly Uint8Array[]): number =>
  pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);

/** The pieces behind so many bytes, which end with a piece. */
function behind(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let place = 0;
  for (let passed = 0; passed < bytes; place++) passed += pieces[place]!.byteLength;
  return pieces.slice(place);
}
