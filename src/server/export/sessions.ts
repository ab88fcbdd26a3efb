import { pipeline, Readable } from 'node:stream';
import { setImmediate as others } from 'node:timers/promises';
import { constants, createGzip } from 'node:zlib';
import type { ExportQuery } from '../../contract/sessions.ts';
import { unescapeJson } from '../../contract/wire.ts';
import type { SessionFilter } from '../../store/sessionPage.ts';
import { type SessionSlice, sessionSlice } from '../../store/sessionSlice.ts';
import { accepts } from '../answers.ts';
import type { Deps, Handler } from '../call.ts';
import { readQuery } from '../input.ts';
import { readFilter } from '../sessionFilter.ts';
import { attachment } from './download.ts';
import { NDJSON } from './ndjson.ts';

/**
 * Sessions looked at with one statement. The embedded store is done with it in half a millisecond, for which everybody
 * waits, and texts of this size are let go of early; PostgreSQL is away for a while with each statement, and others do not
 * wait.
 */
export const SLICE = { sqlite: 250, postgres: 1000 } as const;

/**
 * Every session that matches, in one answer of any length: read slice by slice as fast as the client takes it, never more
 * than one ahead, and no further once the client is gone. What fails before the first slice is answered as ever; after it the connection ends
 * without the answer's end, so that nobody takes a part for the whole.
 */
export const exportSessions: Handler = async (deps, { organization, query, headers }) => {
  const filter = readFilter(readQuery<ExportQuery>('ExportQuery', query));
  const format = NDJSON;
  const slices = await begun(readSlices(deps, organization, filter));
  const file = Readable.from(format.write(slices), { objectMode: false, highWaterMark: 1 });
  const gzip = format.text && accepts(headers['accept-encoding'] as string | undefined, 'gzip');
  return {
    kind: 'bytes',
    headers: {
      'content-type': format.contentType,
      'content-disposition': attachment(`sessions.${format.ending}`),
      vary: 'Accept-Encoding',
    },
    body: gzip ? compressed(file) : file,
    ...(gzip ? { encoding: 'gzip' as const } : {}),
  };
};

async function* readSlices(
  { db }: Deps,
  organization: string,
  filter: SessionFilter,
): AsyncGenerator<string> {
  const read = (after: string) => sessionSlice(db, organization, filter, after, SLICE[db.dialect]);
  for (let coming: Promise<SessionSlice> | null = read(''); coming !== null; ) {
    const { lines, last }: SessionSlice = await coming;
    // The next one is read while this one is sent. When the client is gone nobody waits for it, or hears that it failed.
    coming = last === null ? null : read(last);
    coming?.catch(() => {});
    if (lines !== '') yield unescapeJson(`${lines}\\n`);
    // The embedded store answers at once, and a client that takes everything would leave others no turn.
    await others();
  }
}

/** The same pieces, the first of them made already. */
async function begun(pieces: AsyncGenerator<string>): Promise<AsyncGenerator<string>> {
  const first = await pieces.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  })();
}

/** Either side that ends early ends the other. */
const compressed = (file: Readable): Readable =>
  pipeline(file, createGzip({ level: constants.Z_BEST_SPEED }), () => {});
