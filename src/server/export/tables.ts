import type { ExportQuery } from '../../contract/sessions.ts';
import type { TableFormat, TableName } from '../../contract/tables.ts';
import { reportSlice } from '../../store/reportLines.ts';
import type { SessionFilter } from '../../store/sessionPage.ts';
import { sessionSlice } from '../../store/sessionSlice.ts';
import { type SliceNames, sliceNames } from '../../store/sliceNames.ts';
import { type LineFilter, readLineFilter } from '../../tables/lineFilter.ts';
import type { TablePiece } from '../../tables/table.ts';
import type { Answer } from '../answers.ts';
import type { Call, Deps, Handler } from '../call.ts';
import { ApiError } from '../errors.ts';
import { readQuery } from '../input.ts';
import { readFilter } from '../sessionFilter.ts';
import { completed } from './reportTexts.ts';
import { SLICE, sessionLines } from './sessions.ts';
import { oneAhead } from './slices.ts';
import { streamedFile } from './streamedFile.ts';
import { encodingOf, type SessionTexts } from './tablePiece.ts';

/** /export: everything that matches as one file. */
export const exportTable: Handler = async (deps, call) => {
  const query = readQuery<ExportQuery>('ExportQuery', call.query);
  const { of = 'sessions', format = 'ndjson' } = query;
  const ofLines = (['quantity', 'metric', 'side'] as const).find((name) => query[name] !== undefined);
  if (of === 'sessions' && ofLines !== undefined)
    throw new ApiError('invalid_parameter', `${ofLines} is for of=reports: sessions have no such thing.`);
  const chosen = { filter: readFilter(query), lines: readLineFilter(query), named: query.names === 'true' };
  return answerTable(deps, call, of, format, chosen);
};

/** What a file has of its table. */
interface Chosen {
  filter: SessionFilter;
  /** Of reports: which of their lines. */
  lines: LineFilter;
  /** Whether names stand behind the ids. */
  named: boolean;
}

/**
 * Every session that matches, or every line of their reports, in the order of the session ids: read slice by slice as fast
 * as the client takes it.
 */
export function answerTable(
  deps: Deps,
  call: Call,
  table: TableName,
  format: TableFormat,
  chosen: Chosen,
): Promise<Answer> {
  const { organization } = call;
  const pieces =
    table === 'sessions' && format === 'ndjson' && !chosen.named
      ? sessionLines(deps, organization, chosen.filter)
      : filePieces(deps, organization, table, format, chosen);
  return streamedFile(call, table, format, pieces);
}

/**
 * Characters of the store's texts that are encoded together, and by at most one slice more. A row group of Parquet is worth
 * being large: some 12,000 sessions, or 25,000 lines of reports.
 */
const PIECE = {
  parquet: { sessions: 4_000_000, reports: 2_000_000 },
  other: { sessions: 300_000, reports: 300_000 },
} as const;

/** As `SLICE`, of sessions with the lines of their reports: five times as long. */
const REPORTS_SLICE = { sqlite: 50, postgres: 200 } as const;

/** The file in pieces, each encoded in another thread while the one before it is sent. */
async function* filePieces(
  deps: Deps,
  organization: string,
  table: TableName,
  format: TableFormat,
  { lines, named, filter }: Chosen,
): AsyncGenerator<Uint8Array> {
  const file = encodingOf({ table, format, named }).assemble({ table });
  const add = (piece: TablePiece) => (piece.bytes.length === 0 ? [] : file.add(piece));
  let coming: Promise<TablePiece> | null = null;
  const most = PIECE[format === 'parquet' ? 'parquet' : 'other'][table];
  for await (const texts of together(readTexts(deps, organization, table, filter, named), most)) {
    // One at a time: what is read and sent meanwhile keeps the other core busy, and memory is that of one piece.
    if (coming !== null) yield* add(await coming);
    coming = deps.analyzer.tablePiece({ table, format, lines, named, texts });
    // When the client is gone nobody waits for it, or hears that it failed.
    coming.catch(() => {});
  }
  if (coming !== null) yield* add(await coming);
  yield* file.end();
}

async function* readTexts(
  deps: Deps,
  organization: string,
  table: TableName,
  filter: SessionFilter,
  named: boolean,
): AsyncGenerator<SessionTexts> {
  const { db } = deps;
  /** A slice with the names of its ids, as they are right behind it: what was removed in between has none. */
  const withNames = async <S extends { last: string | null }>(after: string, slice: S): Promise<S & Named> =>
    named ? { ...slice, names: await sliceNames(db, organization, after, slice.last) } : slice;
  if (table === 'sessions') {
    const read = async (after: string) =>
      withNames(after, await sessionSlice(db, organization, filter, after, SLICE[db.dialect]));
    for await (const { lines, names } of oneAhead(read))
      if (lines !== '') yield { sessions: lines, reports: null, names };
    return;
  }
  const read = async (after: string) =>
    withNames(after, await reportSlice(db, organization, filter, after, REPORTS_SLICE[db.dialect]));
  for await (const { names, ...slice } of oneAhead(read))
    if (slice.sessions !== '') yield { ...(await completed(deps, organization, slice)), names };
}

interface Named {
  names?: SliceNames;
}

async function* together(slices: AsyncIterable<SessionTexts>, most: number): AsyncGenerator<SessionTexts[]> {
  let texts: SessionTexts[] = [];
  let characters = 0;
  for await (const slice of slices) {
    texts.push(slice);
    characters += (slice.reports ?? slice.sessions).length;
    if (characters < most) continue;
    yield texts;
    texts = [];
    characters = 0;
  }
  if (texts.length > 0) yield texts;
}
