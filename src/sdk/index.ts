/** `@kinebase/client`: a server of the sessions API from any runtime with fetch. */

export type { Role, Scope } from '../contract/access.ts';
export type { Assessment, AssessmentInput } from '../contract/assessments.ts';
export type { Athlete, AthleteInput } from '../contract/athletes.ts';
export {
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  type Changes,
  type CurrentReport,
  type Deletion,
  type Upsert,
} from '../contract/changes.ts';
export type { ChannelEntry, ChannelInput, ChannelsQuery } from '../contract/channels.ts';
export type { ErrorCode, SignInError } from '../contract/errors.ts';
export type { Exercise, ExerciseInput, ExerciseMetric } from '../contract/exercises.ts';
export type {
  ApiKey,
  ApiKeyInput,
  Client,
  ClientInput,
  NewApiKey,
  Organization,
  OrganizationInput,
  ShownOnce,
  User,
  UserInput,
  UserPatch,
} from '../contract/organizations.ts';
export { DEFAULT_LIMIT, MAX_LIMIT } from '../contract/page.ts';
export { DEFAULT_PROCESSING, type Processing } from '../contract/processing.ts';
export type { Recomputation, RecomputationInput } from '../contract/recomputation.ts';
export type { OriginalLink, RecordingChannel, RecordingSummary } from '../contract/recordings.ts';
export type { Quantity, ReportSide } from '../contract/reportLines.ts';
export type { ReportRow } from '../contract/reportRows.ts';
export type {
  Curve,
  Curves,
  CurveTable,
  MetricTable,
  Provenance,
  Repetition,
  RepetitionInput,
  RepetitionsPatch,
  Report,
  ReportReason,
  ReportSummary,
  ReportVersion,
  Statistics,
} from '../contract/reports.ts';
export { type IkData, SERIES_RATE_HZ, type SeriesFormat } from '../contract/series.ts';
export { type Session, type SessionKind, type SessionPatch, STAND_ALONE } from '../contract/sessions.ts';
export type { TableFormat, TableName } from '../contract/tables.ts';
export type {
  NewWebhook,
  Webhook,
  WebhookDelivery,
  WebhookInput,
  WebhookPatch,
  WebhookPost,
  WebhookSecret,
} from '../contract/webhooks.ts';
export type { Clients, Keys, Organizations, SigningKeys, Users } from './administration.ts';
export type { Credentials, TokenListener } from './auth.ts';
export type { CallOptions } from './call.ts';
export type { ChangeList, ChangesCall, ChangesOptions } from './changes.ts';
export type { Channels } from './channels.ts';
export { type ClientOptions, createClient, type KinebaseClient, type ReportDataOptions } from './client.ts';
export {
  CLIENT_FAULTS,
  type ClientFault,
  isKinebaseError,
  KinebaseError,
  type KinebaseErrorCode,
} from './errors.ts';
export { type FollowOptions, followChanges } from './follow.ts';
export type { List, ListOptions, Page, Paged } from './pages.ts';
export type { ChangePassword, PasswordChange } from './password.ts';
export type { Recomputations } from './recomputations.ts';
export type { Assessments, Athletes, Exercises, Records } from './records.ts';
export type { CancelSignal, ChunkReader, Fetch, FetchAnswer, FileLike, Wait } from './runtime.ts';
export type {
  IkDataFileOptions,
  IkDataOptions,
  SeriesCalls,
  SeriesChoice,
  SeriesDownload,
} from './series.ts';
export type { ExportFilters, SessionFilters } from './sessionFilters.ts';
export type { OriginalRecording, RecordingMeta, RecordOptions, Sessions } from './sessions.ts';
export type { ConnectionOptions } from './settings.ts';
export { type PasswordSignIn, signIn, signOut, type Tokens } from './signIn.ts';
export type {
  ExportFileOptions,
  FileStream,
  LineFilters,
  ReportFileOptions,
  ReportFilters,
  TableCalls,
} from './tables.ts';
export type { FileContent, OnProgress } from './upload.ts';
export { type ChangeWatcher, watchChanges } from './watch.ts';
export type { Webhooks } from './webhooks.ts';
