import { pipeline, Readable } from 'node:stream';
import { setImmediate as others } from 'node:timers/promises';
import { constants, createGzip } from 'node:zlib';
import type { ExportQuery } from '../../contract/sessions.ts';
import { unescapeJson } from '../../contract/wire.ts';
import type { SessionFilter } from '../../store/sessionPage.ts';
import { sessionSlice } from '../../store/sessionSlice.ts';
import { accepts } from '../answers.ts';
import type { Deps, Handler } from '../call.ts';
import { readQuery } from '../input.ts';
import { readFilter } from '../sessionFilter.ts';
import { attachment } from './download.ts';
import { NDJSON } from './ndjson.ts';

/** Sessions looked at with one statement: the embedded store, which others wait for, is done with it in a few milliseconds. */
const SLICE = 1000;

/**
 * Every session that matches, in one answer of any length: read slice by slice as fast as the client takes it, and no
 * further once the client is gone. What fails before the first slice is answered as ever; after it the connection ends
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
  for (let after: string | null = ''; after !== null; ) {
    const { lines, last } = await sessionSlice(db, organization, filter, after, SLICE);
    if (lines !== '') yield unescapeJson(`${lines}\\n`);
    after = last;
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
