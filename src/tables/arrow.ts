import { Column, Endianness, field, Table, tableToIPC, Version } from '@uwdata/flechette';
import { arrowBatch, arrowType } from './arrowColumns.ts';
import { type ArrowBlock, withBlocks } from './arrowFooter.ts';
import type { TableBatch, TableColumn, TableEncoding, TableMetadata } from './table.ts';

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
export function arrowEncoding(
  columns: readonly TableColumn[],
  { batchRows = BATCH_ROWS }: ArrowOptions = {},
): TableEncoding {
  const plain = schemaOf(columns, {});
  const headBytes = sizeOf(streamOf(plain, columns, []));
  return {
    pieceRows: batchRows,
    encode: (batch) => ({ bytes: behind(streamOf(plain, columns, [batch]), headBytes) }),
    assemble(metadata) {
      const schema = schemaOf(columns, metadata);
      const blocks: ArrowBlock[] = [];
      let head = [MAGIC, ...streamOf(schema, columns, [])];
      let offset = sizeOf(head);
      const begin = () => {
        const begun = head;
        head = [];
        return begun;
      };
      return {
        add({ bytes }) {
          const size = sizeOf(bytes);
          const [first] = bytes as [Uint8Array];
          const metadataLength = PREFIX + new DataView(first.buffer, first.byteOffset).getInt32(4, true);
          blocks.push({ offset, metadataLength, bodyLength: size - metadataLength });
          offset += size;
          return [...begin(), ...bytes];
        },
        end() {
          const empty = { rows: 0, columns: columns.map(() => []) };
          const batches = blocks.map(() => empty);
          const model = written(tableOf(schema, columns, batches), 'file');
          return [...begin(), END, ...withBlocks(model, blocks)];
        },
      };
    },
  };
}

/** In front of a message: a continuation marker and its length. */
const PREFIX = 8;

const tableOf = (
  schema: Table['schema'],
  columns: readonly TableColumn[],
  batches: readonly TableBatch[],
): Table =>
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

/** A stream without its end. */
const streamOf = (...[schema, columns, batches]: Parameters<typeof tableOf>): Uint8Array[] =>
  written(tableOf(schema, columns, batches), 'stream').slice(0, -1);

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
