import type { IkData, SeriesFormat } from '../contract/series.ts';
import { fileNameOf } from './disposition.ts';
import type { CallOptions, Send } from './request.ts';

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
    ikData: async (s3Key, { signal, timeout_ms, ...choice } = {}) =>
      (await send({ endpoint: 'ikData', query: queryOf(s3Key, choice), signal, timeout_ms })).value as IkData,
    ikDataFile: async (s3Key, { signal, timeout_ms, ...choice }) => {
      const query = queryOf(s3Key, choice);
      const { bytes, header } = await send.bytes({ endpoint: 'ikData', query, signal, timeout_ms });
      return { fileName: fileNameOf(header('content-disposition')) ?? `series.${choice.format}`, bytes };
    },
  };
}

/** No name at all means time alone; an empty parameter would mean everything. */
const queryOf = (s3Key: string, { channels, ...choice }: SeriesChoice) => ({
  s3Key,
  ...choice,
  channels: channels?.length === 0 ? 'time' : channels,
});
