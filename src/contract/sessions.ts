import type { Processing } from './processing.ts';
import type { LinesQuery } from './reportLines.ts';
import type { TableFormat, TableName } from './tables.ts';

/** A recorded movement session. The first eight members are the public contract; spelling and spaces are part of it. */
export interface Session {
  /** Unique, opaque. */
  'Session ID': string;
  /** UTC time of recording, ISO 8601 with microseconds where known: starts with `YYYY-MM-DD`. */
  Date: string;
  /** Handle for ikData and reportData; opaque, never null; one that was made here needs no encoding in a URL. */
  s3Key: string;
  /** Length of the recording in seconds. */
  Duration: number;
  /** Equals `ValorID` of the athlete. */
  'Athlete ID': string;
  /** Shared by the sessions of one assessment, or the literal `singleExercise`. */
  'Assessment ID': string;
  /** Id of the exercise: the same for every session of that exercise. */
  'Exercise ID': string;
  /** Usually the exercise's name, with the side as a prefix for one-sided tests. */
  'Session Name': string;
}

/** `singleExercise` stands in `Assessment ID` for a recording made outside an assessment. */
export const STAND_ALONE = 'singleExercise';

/** Free sessions are sandbox recordings: kept and readable by id, never listed. */
export type SessionKind = 'exercise' | 'assessment' | 'free';

/** Query of `GET /sessions`: every filter is optional, and an empty one is an absent one. */
export interface SessionsQuery {
  /** One athlete, or several separated by commas. */
  athleteID?: string;
  exerciseID?: string;
  /** `singleExercise` selects recordings made outside an assessment. */
  assessmentID?: string;
  /** Exactly this Session Name. */
  name?: string;
  /** Recorded at or after: ISO 8601, or a bare date, that whole day in `timeZone`. */
  from?: string;
  /** Recorded at or before: ISO 8601, or a bare date, that whole day in `timeZone`. */
  to?: string;
  /** IANA name; UTC when absent. */
  timeZone?: string;
  order?: 'newest' | 'oldest';
  /** Sessions per page; 1000 when absent, never more than 5000. */
  limit?: number;
}

/** Query of `GET /export`: the filters of `GET /sessions`, and with `of=reports` which of their lines. */
export interface ExportQuery extends Omit<SessionsQuery, 'order' | 'limit'>, LinesQuery {
  /** Absent: sessions. */
  of?: TableName;
  /** Absent: ndjson. */
  format?: TableFormat;
  /** `true`: behind the ids also what athlete, exercise and assessment are called. */
  names?: 'true' | 'false';
}

/** Query of `POST /sessions`; the body is the file, plain or gzip. */
export interface RecordSessionQuery {
  /** Name of the file; its ending says the format (.mot .sto .csv .trc .c3d .json, each also with .gz). */
  fileName: string;
  athleteID: string;
  /** Absent: a general definition that reads every known joint. */
  exerciseID?: string;
  assessmentID?: string;
  /** Absent: the exercise's name, or the file's name without its ending. */
  sessionName?: string;
  /** ISO 8601 time of recording; absent: now. */
  date?: string;
  /** Absent: `assessment` with an assessmentID, else `exercise`. */
  kind?: SessionKind;
  /** A UUID chosen by the client, or the session's id on another server: repeating the call changes nothing and answers the same. */
  sessionID?: string;
  /** Sampling rate in Hz of a file without a time column; absent: 30. */
  rate?: number;
  /** Members of `Processing`, for who wants other than the default. `cutOff=off` leaves the filter out. */
  outputRate?: number;
  cutOff?: string;
  order?: number;
  interpolation?: Processing['Interpolation'];
  maxGap?: number;
  wraps?: Processing['Wraps'];
  /** The s3Key that the session had on another server; made here when absent. 409 when another session has it. */
  s3Key?: string;
  /** `RepetitionInput[]` as JSON: set with the recording. */
  repetitions?: string;
  /** `true`: the file is an `ImportedSession` as .json, whose series are kept as they are. */
  imported?: 'true' | 'false';
}

/** Body of `PATCH /sessions/{id}`: what may be corrected after recording. A new exercise recomputes the report. */
export interface SessionPatch {
  Date?: string;
  'Athlete ID'?: string;
  /** `singleExercise` takes the session out of its assessment. */
  'Assessment ID'?: string;
  'Exercise ID'?: string;
  'Session Name'?: string;
  /** Members that differ from the default; null: the default. Series and report are computed again. */
  Processing?: Partial<Processing> | null;
}
