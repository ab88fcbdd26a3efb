import { Readable } from 'node:stream';
import type { IkDataQuery } from '../contract/series.ts';
import { getSessionByKey } from '../store/sessions.ts';
import type { StoredSession } from '../store/storedSession.ts';
import { type Answer, accepts } from './answers.ts';
import { sizeOf } from './bufferCache.ts';
import type { Call, Deps, Handler } from './call.ts';
import { ApiError } from './errors.ts';
import { answerRendered } from './export/answerRendered.ts';
import { selectSeries } from './export/selection.ts';
import { readQuery } from './input.ts';
import { versionOf } from './reports.ts';
import { gzipAnswer, plainAnswer, readSeriesFile } from './seriesFile.ts';
import type { SeriesPlace } from './seriesPlace.ts';
import { brotliKey, seriesKey } from './sessionObjects.ts';

/**
 * /ikData: the stored bytes as they lie, in the coding that the client accepts, when the whole is asked for; a choice of
 * series put together from the stored pieces; ranges, thinned curves and files computed from them.
 */
export const ikData: Handler = async (deps, call) => {
  const query = readQuery<IkDataQuery>('IkDataQuery', call.query);
  const place = await placeOf(deps, call, query);
  const { channels, from, to, points, format = 'json' } = query;
  if (format !== 'json' || [from, to, points].some((each) => each !== undefined)) {
    const file = readSeriesFile(await readObject(deps, call, place.series));
    const selection = selectSeries(file, query);
    return answerRendered(deps, call, place.session, file, selection, { format, points: points ?? null });
  }
  return channels === undefined
    ? answerStored(deps, call, place)
    : answerChosen(deps, call, place.series, query);
};

/** The session a key belongs to. A key of another organization answers like one that nobody knows. */
async function sessionByKey({ db }: Deps, { organization }: Call, s3Key: string): Promise<StoredSession> {
  const session = await getSessionByKey(db, organization, s3Key);
  if (session === null)
    throw new ApiError('not_found', 'Your organization has no recording under this s3Key.');
  return session;
}

/** Series belong to a report: those of an earlier one differ where it was computed in another way. */
function placeOf(deps: Deps, call: Call, { s3Key, version }: IkDataQuery): Promise<SeriesPlace> {
  const { organization } = call;
  return deps.places(JSON.stringify([organization, s3Key, version]), async () => {
    const session = await sessionByKey(deps, call, s3Key);
    const { seriesVersion } =
      version === undefined ? session : await versionOf(deps, organization, session, version);
    return {
      session,
      series: seriesKey(organization, session.objects, seriesVersion),
      brotli: brotliKey(organization, session.objects, seriesVersion),
    };
  });
}

const JSON_HEADERS = { 'content-type': 'application/json', vary: 'Accept-Encoding, Prefer' };

async function answerStored(deps: Deps, call: Call, { series, brotli }: SeriesPlace): Promise<Answer> {
  const { form } = call;
  const accepted = call.headers['accept-encoding'] as string | undefined;
  if (form === 'string' && accepts(accepted, 'br')) {
    const body = await cached(deps, call, brotli, brotli, (bytes) => [bytes]);
    return { kind: 'bytes', headers: JSON_HEADERS, encoding: 'br', form, body };
  }
  if (accepts(accepted, 'gzip')) {
    const body = await cached(deps, call, `${series} gzip ${form}`, series, (bytes) =>
      gzipAnswer(readSeriesFile(bytes), form),
    );
    return { kind: 'bytes', headers: JSON_HEADERS, encoding: 'gzip', form, body };
  }
  const { length, pieces } = plainAnswer(readSeriesFile(await readObject(deps, call, series)), form);
  return streamed(form, length, pieces);
}

/** Whole arrays by name: the stored pieces again, none of them compressed or computed anew. */
async function answerChosen(deps: Deps, call: Call, key: string, query: IkDataQuery): Promise<Answer> {
  const { form } = call;
  const file = readSeriesFile(await readObject(deps, call, key));
  const { entries } = selectSeries(file, query);
  if (accepts(call.headers['accept-encoding'] as string | undefined, 'gzip')) {
    const body = gzipAnswer(file, form, entries);
    return { kind: 'bytes', headers: JSON_HEADERS, encoding: 'gzip', form, body };
  }
  const { length, pieces } = plainAnswer(file, form, entries);
  return streamed(form, length, pieces);
}

const streamed = (form: Call['form'], length: number, pieces: AsyncIterable<Buffer>): Answer => ({
  kind: 'bytes',
  headers: { ...JSON_HEADERS, 'content-length': String(length) },
  form,
  body: Readable.from(pieces, { objectMode: false }),
});

async function cached(
  deps: Deps,
  call: Call,
  name: string,
  key: string,
  make: (bytes: Buffer) => Buffer[],
): Promise<readonly Buffer[]> {
  const kept = deps.seriesCache.get(name);
  if (kept !== undefined) return kept;
  const pieces = make(await readObject(deps, call, key));
  if (sizeOf(pieces) > deps.seriesCache.largest_bytes) return pieces;
  // As one: sending hundreds of pieces takes the system half as long again.
  const whole = [Buffer.concat(pieces)];
  deps.seriesCache.put(name, whole);
  return whole;
}

/** An object of the session that the s3Key belongs to; when the session was removed meanwhile, that is the answer. */
async function readObject(deps: Deps, call: Call, key: string): Promise<Buffer> {
  const bytes = await deps.objects.get(key);
  if (bytes !== null) return bytes;
  await sessionByKey(deps, call, call.query.s3Key as string);
  throw new Error(`the object ${key} is missing`);
}

/** /videoExport: nothing here records video, so every key answers 404; the shape is provisional. */
export const videoExport: Handler = async (deps, call) => {
  await sessionByKey(deps, call, readQuery<{ s3Key: string }>('KeyQuery', call.query).s3Key);
  throw new ApiError(
    'not_found',
    'There is no video of this session: Kinebase keeps joint angles, not images.',
  );
};
