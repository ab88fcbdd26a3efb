import type { Assessment } from './assessments.ts';
import type { Athlete } from './athletes.ts';
import type { Exercise } from './exercises.ts';
import type { ReportVersion } from './reports.ts';
import type { Session } from './sessions.ts';

/** Kinds of record that the feed tells of, in the order in which it names those of one version. */
export const CHANGE_KINDS = ['athlete', 'assessment', 'exercise', 'session', 'report'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** The report that is current for a session; `GET /reportData` with the s3Key answers it. */
export interface CurrentReport extends Omit<ReportVersion, 'Current'> {
  'Session ID': string;
  s3Key: string;
}

/** What a record of each kind is: as its own list answers it. */
export interface ChangedRecords {
  athlete: Athlete;
  assessment: Assessment;
  exercise: Exercise;
  session: Session;
  report: CurrentReport;
}

/** A record as it stands since a version. */
export interface Upsert<Kind extends ChangeKind> {
  kind: Kind;
  /** Id of the record; of a report that of its session. */
  id: string;
  /** Of the organization: a later change has a larger one. Several records may share one. */
  version: number;
  deleted: false;
  record: ChangedRecords[Kind];
}

/** A record that is gone since a version. */
export interface Deletion {
  kind: ChangeKind;
  id: string;
  version: number;
  deleted: true;
  record: null;
}

export type Change = { [Kind in ChangeKind]: Upsert<Kind> }[ChangeKind] | Deletion;

/** Stands in `since` for who wants only what is changed from now on. Tokens are longer. */
export const NOW = 'now';

/** Query of `GET /changes`. */
export interface ChangesQuery {
  /** Token of the answer that was read last; absent or empty: from the beginning; `now`: nothing but a token to go on from. */
  since?: string;
  /** Some of `CHANGE_KINDS`, separated by commas; absent: all. */
  kinds?: string;
  /** Changes per answer; 1000 when absent, never more than 5000. */
  limit?: number;
}

/** `GET /changes`: what was changed after a token, in the order of versions. */
export interface Changes {
  changes: Change[];
  /** Where to go on, at once or later; always there. Letters, digits, `-` and `_`. */
  token: string;
  /** Whether more follows already. Also an answer without changes may have more behind it. */
  hasMore: boolean;
}
