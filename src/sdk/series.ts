import type { IkData, SeriesFormat } from '../contract/series.ts';
import type { Beyond, CallOptions } from './call.ts';
import { fileNameOf } from './disposition.ts';
import { KinebaseError } from './errors.ts';
import { refuseEnvelope } from './offered.ts';
import type { Send } from './request.ts';

/** Which part of a session's series; everything when nothing is said. */
export interface SeriesChoice {
  /** Series names, such as `knee_angle_r` and `knee_angle_r_vel`; time always comes along. */
  channels?: readonly string[] | undefined;
  /** Seconds from the session's start, both inclusive. */
  from?: number | undefined;
  to?: number | undefined;
  /** Series of the report of this version; absent: the current one. */
  version?: number | undefined;
}

/** A part as numbers, on request thinned to at most so many points per series, all peaks kept. */
export interface IkDataOptions extends SeriesChoice, CallOptions {
  points?: number | undefined;
}

export interface IkDataFileOptions extends SeriesChoice, CallOptions {
  format: Exclude<SeriesFormat, 'json'>;
}

/** Series as a file, under the name of the recording with the ending of the format. */
export interface SeriesDownload {
  fileName: string;
  bytes: Uint8Array;
}

export interface SeriesCalls {
  /** Joint angles, velocities and accelerations. */
  ikData(s3Key: string, options?: IkDataOptions): Promise<IkData>;
  /**
   * The same as a file of another format.
   *
   * @example
   * const { fileName, bytes } = await client.ikDataFile(session.s3Key, { format: 'csv' });
   */
  ikDataFile(s3Key: string, options: IkDataFileOptions): Promise<SeriesDownload>;
}

export function series(send: Send): SeriesCalls {
  return {
    ikData: async (s3Key, { signal, timeout_ms, ...choice } = {}) => {
      const query = queryOf(s3Key, choice);
      const beyond = beyondChoice(s3Key, choice);
      return (await send({ endpoint: 'ikData', query, beyond, signal, timeout_ms })).value as IkData;
    },
    ikDataFile: async (s3Key, { signal, timeout_ms, ...choice }) => {
      const query = queryOf(s3Key, choice);
      const { bytes, header } = await send.bytes({ endpoint: 'ikData', query, signal, timeout_ms });
      refuseEnvelope('ikData', header('content-type'));
      return { fileName: fileNameOf(header('content-disposition')) ?? `series.${choice.format}`, bytes };
    },
  };
}

/** Where the server always sends everything, channels and a stretch of time are taken out of it here. */
function beyondChoice(
  s3Key: string,
  { channels, from, to, version, points }: IkDataOptions,
): Beyond | undefined {
  if ([channels, from, to, version, points].every((value) => value === undefined)) return undefined;
  return {
    query: { s3Key },
    finish: (series) => selected(series as IkData, { channels, from, to }),
    lacking: Object.entries({ version, points }).flatMap(([name, value]) =>
      value === undefined ? [] : [name],
    ),
  };
}

function selected(series: IkData, { channels, from = -Infinity, to = Infinity }: SeriesChoice): IkData {
  const missing = channels?.find((name) => !Object.hasOwn(series, name));
  if (missing !== undefined)
    throw new KinebaseError(
      'invalid_parameter',
      `channels: the session has no series ${JSON.stringify(missing)}.`,
    );
  const wanted = channels && new Set(['time', ...channels]);
  const inside = series.time.map((time_s) => time_s >= from && time_s <= to);
  return Object.fromEntries(
    Object.entries(series)
      .filter(([name]) => wanted?.has(name) ?? true)
      .map(([name, values]) => [name, values.filter((_, frame) => inside[frame])]),
  ) as IkData;
}

/** No name at all means time alone; an empty parameter would mean everything. */
const queryOf = (s3Key: string, { channels, ...choice }: SeriesChoice) => ({
  s3Key,
  ...choice,
  channels: channels?.length === 0 ? 'time' : channels,
});
