import type { Access } from './access.ts';

/**
 * Every endpoint, once: the server routes and authorizes from this table, the reference documents it, the SDK names it.
 * `query`, `body` and `answer` are names of schemas in `contract/schemas`.
 */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `{id}` stands for a path member. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  /** What a caller must know beyond the summary. */
  readonly details?: string;
  readonly query?: string;
  /** Schema of the JSON body; `file`: the raw bytes of a recording. */
  readonly body?: string;
  /** Schema of the answer's body; absent: no body (204). */
  readonly answer?: string;
  /** Media types of the files that a query may ask for instead: bytes without envelope. */
  readonly files?: readonly string[];
  /** The answer is a list of `answer`. */
  readonly list?: true;
  /** `page`: envelope with a continuation token. `plain`: no envelope. Default: envelope. */
  readonly form?: 'page' | 'plain';
  /** Status of success; 200 when absent. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Not settled by the public contract; may change. */
  readonly provisional?: true;
}

const GET = 'GET',
  POST = 'POST',
  PATCH = 'PATCH',
  DELETE = 'DELETE';

/** Rows of a table as a file. */
const TABLE_FILES = [
  'application/x-ndjson',
  'text/csv',
  'application/vnd.apache.parquet',
  'application/vnd.apache.arrow.file',
] as const;

export const ENDPOINTS = {
  signIn: {
    method: POST,
    path: '/',
    access: 'public',
    form: 'plain',
    body: 'SignInRequest',
    answer: 'SignInAnswer',
    summary: 'Sign-in door, one X-Amz-Target per operation',
  },
  jwks: {
    method: GET,
    path: '/.well-known/jwks.json',
    access: 'public',
    form: 'plain',
    answer: 'Jwks',
    summary: 'Public keys of our tokens',
  },
  openidConfiguration: {
    method: GET,
    path: '/.well-known/openid-configuration',
    access: 'public',
    form: 'plain',
    answer: 'OpenidConfiguration',
    summary: 'Where tokens come from and how to verify them',
  },
  health: {
    method: GET,
    path: '/health',
    access: 'public',
    form: 'plain',
    answer: 'Health',
    summary: '200 while the process runs',
  },
  ready: {
    method: GET,
    path: '/ready',
    access: 'public',
    form: 'plain',
    answer: 'Health',
    summary: '200 only when store and objects answer',
  },
  metrics: {
    method: GET,
    path: '/metrics',
    access: 'public',
    form: 'plain',
    summary: 'Prometheus metrics',
    status: 200,
  },
  openapi: {
    method: GET,
    path: '/openapi.json',
    access: 'public',
    form: 'plain',
    answer: 'OpenapiDocument',
    summary: 'This API as OpenAPI 3.1',
  },
  docs: {
    method: GET,
    path: '/docs',
    access: 'public',
    form: 'plain',
    summary: 'API reference for a browser',
    status: 200,
  },
  home: {
    method: GET,
    path: '/',
    access: 'public',
    form: 'plain',
    summary: 'Start page for a browser',
    status: 200,
  },

  listAthletes: {
    method: GET,
    path: '/athletes',
    access: 'read',
    query: 'AthletesQuery',
    answer: 'Athlete',
    list: true,
    summary: 'All athletes, in one answer',
  },
  createAthlete: {
    method: POST,
    path: '/athletes',
    access: 'record',
    body: 'AthleteInput',
    answer: 'Athlete',
    status: 201,
    summary: 'Add an athlete',
  },
  getAthlete: {
    method: GET,
    path: '/athletes/{id}',
    access: 'read',
    answer: 'Athlete',
    summary: 'One athlete',
  },
  patchAthlete: {
    method: PATCH,
    path: '/athletes/{id}',
    access: 'record',
    body: 'AthletePatch',
    answer: 'Athlete',
    summary: 'Correct an athlete',
  },
  deleteAthlete: {
    method: DELETE,
    path: '/athletes/{id}',
    access: 'record',
    status: 204,
    summary: 'Remove an athlete without sessions',
  },

  listAssessments: {
    method: GET,
    path: '/assessments',
    access: 'read',
    query: 'AssessmentsQuery',
    answer: 'Assessment',
    list: true,
    form: 'page',
    summary: 'All assessments, in one answer',
  },
  createAssessment: {
    method: POST,
    path: '/assessments',
    access: 'record',
    body: 'AssessmentInput',
    answer: 'Assessment',
    status: 201,
    summary: 'Add an assessment',
  },
  getAssessment: {
    method: GET,
    path: '/assessments/{id}',
    access: 'read',
    answer: 'Assessment',
    summary: 'One assessment',
  },
  patchAssessment: {
    method: PATCH,
    path: '/assessments/{id}',
    access: 'record',
    body: 'AssessmentPatch',
    answer: 'Assessment',
    summary: 'Correct an assessment',
  },
  deleteAssessment: {
    method: DELETE,
    path: '/assessments/{id}',
    access: 'record',
    status: 204,
    summary: 'Remove an assessment without sessions',
  },

  listExercises: {
    method: GET,
    path: '/exercises',
    access: 'read',
    query: 'ExercisesQuery',
    answer: 'Exercise',
    list: true,
    form: 'page',
    summary: 'All exercises, in one answer',
  },
  createExercise: {
    method: POST,
    path: '/exercises',
    access: 'record',
    body: 'ExerciseInput',
    answer: 'Exercise',
    status: 201,
    summary: 'Define an exercise',
  },
  getExercise: {
    method: GET,
    path: '/exercises/{id}',
    access: 'read',
    answer: 'Exercise',
    summary: 'One exercise',
  },
  patchExercise: {
    method: PATCH,
    path: '/exercises/{id}',
    access: 'record',
    body: 'ExercisePatch',
    answer: 'Exercise',
    summary: 'Change an exercise; existing reports stay as they are',
    details:
      'To have them follow, `POST /recomputation` with the `Exercise ID`. `Metrics` takes the place of the whole list; a range that is changed while its old `Source` is sent back loses it.',
  },
  deleteExercise: {
    method: DELETE,
    path: '/exercises/{id}',
    access: 'record',
    status: 204,
    summary: 'Remove an exercise without sessions',
  },

  listChannels: {
    method: GET,
    path: '/channels',
    access: 'read',
    query: 'ChannelsQuery',
    answer: 'ChannelEntry',
    list: true,
    form: 'page',
    summary: 'What series names mean, in one answer; with an s3Key those of one session',
  },
  putChannel: {
    method: POST,
    path: '/channels',
    access: 'admin',
    body: 'ChannelInput',
    answer: 'ChannelEntry',
    status: 201,
    summary: 'Describe a channel, or describe it anew (200); recordings to come are read by it',
    details: 'For earlier ones, `POST /recomputation`.',
  },
  deleteChannel: {
    method: DELETE,
    path: '/channels/{id}',
    access: 'admin',
    status: 204,
    summary: 'Remove an entry of your own by its name; a built-in one of that name counts again',
  },

  listSessions: {
    method: GET,
    path: '/sessions',
    access: 'read',
    query: 'SessionsQuery',
    answer: 'Session',
    list: true,
    form: 'page',
    summary: 'Recorded sessions, newest first; free sessions never',
  },
  listSessionData: {
    method: GET,
    path: '/sessionData',
    access: 'read',
    query: 'SessionsQuery',
    answer: 'Session',
    list: true,
    form: 'page',
    summary: 'Older name of /sessions',
  },
  exportSessions: {
    method: GET,
    path: '/export',
    access: 'read',
    query: 'ExportQuery',
    form: 'plain',
    files: TABLE_FILES,
    summary: 'Every session that matches, or every line of their reports, as one file; free sessions never',
    details:
      'In the order of the session ids, which is that of creation where the server made them. An answer that ends without its last chunk is incomplete: ask again.',
    status: 200,
  },
  recordSession: {
    method: POST,
    path: '/sessions',
    access: 'record',
    query: 'RecordSessionQuery',
    body: 'file',
    answer: 'Session',
    status: 201,
    summary: 'Record a session from a file',
  },
  getSession: {
    method: GET,
    path: '/sessions/{id}',
    access: 'read',
    answer: 'Session',
    summary: 'One session',
  },
  patchSession: {
    method: PATCH,
    path: '/sessions/{id}',
    access: 'record',
    body: 'SessionPatch',
    answer: 'Session',
    summary: 'Correct a session; a new exercise or processing recomputes the report',
    details: '`Processing` takes the place of what was set before; null is the default again.',
  },
  deleteSession: {
    method: DELETE,
    path: '/sessions/{id}',
    access: 'record',
    status: 204,
    summary: 'Remove a session with its recording, series and report',
  },
  listReports: {
    method: GET,
    path: '/sessions/{id}/reports',
    access: 'read',
    answer: 'ReportVersion',
    list: true,
    summary: 'Every report that the session ever had, newest first',
  },
  patchRepetitions: {
    method: PATCH,
    path: '/sessions/{id}/repetitions',
    access: 'record',
    body: 'RepetitionsPatch',
    answer: 'Report',
    summary: 'Set the repetitions, or have them found again; the report is recomputed, the old one kept',
  },
  originalRecording: {
    method: GET,
    path: '/sessions/{id}/original',
    access: 'read',
    form: 'plain',
    summary: 'The recorded file, byte for byte',
    details: 'One `Range` of bytes is answered with 206.',
    status: 200,
  },
  originalLink: {
    method: GET,
    path: '/sessions/{id}/original/link',
    access: 'read',
    answer: 'OriginalLink',
    summary: 'A link to the recorded file that needs no token and expires after 15 minutes',
    details:
      'Who has the link has the file. Where the objects lie in a folder there are no links: `URL` is null, and `GET /sessions/{id}/original` answers the file.',
  },
  recordingSummary: {
    method: GET,
    path: '/sessions/{id}/recording',
    access: 'read',
    answer: 'RecordingSummary',
    summary: 'What was read from the recorded file, before anything was computed',
  },

  ikData: {
    method: GET,
    path: '/ikData',
    access: 'read',
    query: 'IkDataQuery',
    answer: 'IkData',
    files: [
      'text/csv',
      'text/plain',
      'application/octet-stream',
      'application/vnd.apache.parquet',
      'application/vnd.apache.arrow.file',
    ],
    summary:
      'Joint angles, velocities and accelerations of a session, whole or in part, as JSON or as a file',
  },
  reportData: {
    method: GET,
    path: '/reportData',
    access: 'read',
    query: 'ReportQuery',
    answer: 'Report',
    files: TABLE_FILES,
    summary: 'Range-of-motion report of a session, the current one or an earlier one',
  },
  listReportRows: {
    method: GET,
    path: '/reports',
    access: 'read',
    query: 'ReportsQuery',
    answer: 'ReportRow',
    list: true,
    form: 'page',
    files: TABLE_FILES,
    summary: 'Lines of the current reports of sessions, one row a quantity, metric and side',
    details:
      'Sessions are chosen, ordered and paged as in `GET /sessions`; a page ends between two of them. A file holds everything that matches, in the order of the session ids.',
  },
  videoExport: {
    method: GET,
    path: '/videoExport',
    access: 'read',
    query: 'KeyQuery',
    answer: 'VideoExport',
    provisional: true,
    summary: 'Video of a session; Kinebase records none, so every key answers 404',
  },

  changes: {
    method: GET,
    path: '/changes',
    access: 'read',
    query: 'ChangesQuery',
    answer: 'Changes',
    summary:
      'Every change of athletes, assessments, exercises, sessions and reports after a token, in order; free sessions never',
    details:
      'No change is ever missed, whoever writes meanwhile; one may come again, with the same id and version. `docs/changes.md` says how to keep a mirror.',
  },

  getRecomputation: {
    method: GET,
    path: '/recomputation',
    access: 'read',
    answer: 'Recomputation',
    summary: 'How far recomputing reports is',
  },
  startRecomputation: {
    method: POST,
    path: '/recomputation',
    access: 'record',
    body: 'RecomputationInput',
    answer: 'Recomputation',
    status: 202,
    summary: 'Have reports computed again in the background; the old ones are kept',
  },

  ownOrganization: {
    method: GET,
    path: '/organization',
    access: 'read',
    answer: 'Organization',
    summary: 'The organization the token belongs to',
  },
  listOrganizations: {
    method: GET,
    path: '/organizations',
    access: 'operator',
    answer: 'Organization',
    list: true,
    summary: 'All organizations of this installation',
  },
  createOrganization: {
    method: POST,
    path: '/organizations',
    access: 'operator',
    body: 'OrganizationInput',
    answer: 'NewOrganization',
    status: 201,
    summary: 'Create an organization, with its first administrator when asked',
  },
  listUsers: {
    method: GET,
    path: '/users',
    access: 'admin',
    answer: 'User',
    list: true,
    summary: 'Users of the organization',
  },
  createUser: {
    method: POST,
    path: '/users',
    access: 'admin',
    body: 'UserInput',
    answer: 'NewUser',
    status: 201,
    summary: 'Add a user with a role',
  },
  patchUser: {
    method: PATCH,
    path: '/users/{id}',
    access: 'admin',
    body: 'UserPatch',
    answer: 'User',
    summary: 'Change role, password or whether the user may sign in',
  },
  deleteUser: {
    method: DELETE,
    path: '/users/{id}',
    access: 'admin',
    status: 204,
    summary: 'Remove a user; every sign-in of it ends',
  },
  listClients: {
    method: GET,
    path: '/clients',
    access: 'admin',
    answer: 'Client',
    list: true,
    summary: 'App clients of the organization',
  },
  createClient: {
    method: POST,
    path: '/clients',
    access: 'admin',
    body: 'ClientInput',
    answer: 'Client',
    status: 201,
    summary: 'Register an app client',
  },
  patchClient: {
    method: PATCH,
    path: '/clients/{id}',
    access: 'admin',
    body: 'ClientPatch',
    answer: 'Client',
    summary: 'Rename an app client or change its body form',
  },
  deleteClient: {
    method: DELETE,
    path: '/clients/{id}',
    access: 'admin',
    status: 204,
    summary: 'Remove an app client; its tokens stop working',
  },
  listKeys: {
    method: GET,
    path: '/keys',
    access: 'admin',
    answer: 'ApiKey',
    list: true,
    summary: 'API keys of the organization',
  },
  createKey: {
    method: POST,
    path: '/keys',
    access: 'admin',
    body: 'ApiKeyInput',
    answer: 'NewApiKey',
    status: 201,
    summary: 'Create an API key; shown once',
  },
  deleteKey: {
    method: DELETE,
    path: '/keys/{id}',
    access: 'admin',
    status: 204,
    summary: 'Revoke an API key',
  },
  rotateSigningKey: {
    method: POST,
    path: '/signing-keys',
    access: 'operator',
    answer: 'SigningKey',
    status: 201,
    summary: 'Sign tokens with a new key from now on; older tokens stay valid until they expire',
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
