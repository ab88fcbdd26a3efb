import { ANGLE_UNIT_HEADER, type SeriesFormat } from '../../contract/series.ts';
import { UnwritableError } from '../../motion/write/write-error.ts';
import type { StoredSession } from '../../store/storedSession.ts';
import { type Answer, accepts } from '../answers.ts';
import type { Call, Deps } from '../call.ts';
import { ApiError } from '../errors.ts';
import type { SeriesFile } from '../seriesFile.ts';
import { attachment, FILE_FORMATS, fileNameFor } from './download.ts';
import { type RenderInput, renderSeries } from './renderSeries.ts';
import type { Selection } from './selection.ts';

/** A choice of a series as JSON in its envelope, or as a file to keep. Throws ApiError where a format cannot hold it. */
export async function answerRendered(
  { analyzer }: Deps,
  { form, headers: { 'accept-encoding': accepted } }: Call,
  session: StoredSession,
  file: SeriesFile,
  { entries, first, end }: Selection,
  { format, points }: { format: SeriesFormat; points: number | null },
): Promise<Answer> {
  const isText = format === 'json' || FILE_FORMATS[format].text;
  const gzip = isText && accepts(accepted as string | undefined, 'gzip');
  const input: RenderInput = {
    pieces: file.pieces,
    rate_hz: file.rate_hz,
    entries,
    first,
    end,
    format,
    points,
    form,
    sessionId: session.sessionId,
    title: session.name,
    gzip,
  };
  const body = await (isSmall(input, file) ? renderSeries(input) : analyzer.render(input)).catch((error) => {
    if (error instanceof UnwritableError) throw new ApiError('invalid_parameter', `format: ${error.message}`);
    throw error;
  });
  const encoding = gzip ? { encoding: 'gzip' as const } : {};
  const vary = 'Accept-Encoding, Prefer';
  if (format === 'json')
    return { kind: 'bytes', headers: { 'content-type': 'application/json', vary }, form, body, ...encoding };
  const headers = {
    'content-type': FILE_FORMATS[format].contentType,
    'content-disposition': attachment(fileNameFor(session.sourceName, format)),
    [ANGLE_UNIT_HEADER]: 'deg',
    vary,
  };
  return { kind: 'bytes', headers, body, ...encoding };
}

/** Numbers that are read and written within a few milliseconds. */
const SMALL_VALUES = 40_000;

/**
 * Small work is done at once: a thread may be busy with a recording, or have to be started. JSON is made array by array,
 * and others take their turns between two of them; a file is made in one go.
 */
const isSmall = ({ format, entries }: RenderInput, { frames }: SeriesFile): boolean =>
  format === 'json'
    ? frames <= SMALL_VALUES && frames * entries.length <= 4 * SMALL_VALUES
    : frames * entries.length <= SMALL_VALUES;
