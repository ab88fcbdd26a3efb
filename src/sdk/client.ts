import type { Organization } from '../contract/organizations.ts';
import type { Report } from '../contract/reports.ts';
import {
  administration,
  type Clients,
  type Keys,
  type Organizations,
  type SigningKeys,
  type Users,
} from './administration.ts';
import { type Credentials, tokenSource } from './auth.ts';
import type { CallOptions, Request } from './call.ts';
import { type ChangesCall, changes } from './changes.ts';
import { type Channels, channels } from './channels.ts';
import { type ChangePassword, passwordChange } from './password.ts';
import { type Recomputations, recomputations } from './recomputations.ts';
import {
  type Assessments,
  type Athletes,
  assessments,
  athletes,
  type Exercises,
  exercises,
} from './records.ts';
import { createSend } from './request.ts';
import { type SeriesCalls, series } from './series.ts';
import { type Sessions, sessions } from './sessions.ts';
import { type ConnectionOptions, readSettings } from './settings.ts';
import { type TableCalls, tables } from './tables.ts';
import { type Webhooks, webhooks } from './webhooks.ts';

export type ClientOptions = ConnectionOptions & Credentials;

export interface ReportDataOptions extends CallOptions {
  /** An earlier report of the session; absent: the current one. */
  version?: number | undefined;
  /** Add the time-normalised curves. */
  curves?: boolean | undefined;
}

/** A server as a program sees it. Every call throws KinebaseError, and nothing else, when it fails. */
export interface KinebaseClient extends SeriesCalls, TableCalls {
  athletes: Athletes;
  assessments: Assessments;
  exercises: Exercises;
  channels: Channels;
  sessions: Sessions;
  /** Range of motion, speed and acceleration, with repetitions and provenance. */
  reportData(s3Key: string, options?: ReportDataOptions): Promise<Report>;
  /** What was changed in the account, in order: to keep a mirror of it. */
  changes: ChangesCall;
  /** Reports that are computed again in the background. */
  recomputation: Recomputations;
  /**
   * Replaces the password of the account that has signed in, and ends its sign-ins elsewhere; this one goes on. A wrong
   * `previous` throws `NotAuthorizedException`, a `proposed` too short or too long `InvalidPasswordException`, a sign-in
   * that has ended `unauthorized`. After `network` and `timeout` it may have been changed or not: sign in to find out.
   *
   * @example
   * await client.changePassword({ previous, proposed });
   */
  changePassword: ChangePassword;
  /** The organization that the account belongs to. */
  organization(options?: CallOptions): Promise<Organization>;
  organizations: Organizations;
  users: Users;
  clients: Clients;
  keys: Keys;
  signingKeys: SigningKeys;
  webhooks: Webhooks;
  /** Needs no account. */
  health(options?: CallOptions): Promise<{ status: string; version: string }>;
}

/**
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:4750', username, password, clientId });
 * for await (const session of client.sessions.list({ from: '2026-05-01' })) {
 *   const report = await client.reportData(session.s3Key);
 *   console.log(session['Session Name'], report.Summary.Areas);
 * }
 */
export function createClient(options: ClientOptions): KinebaseClient {
  const settings = readSettings(options);
  const tokens = tokenSource(settings, options);
  const send = createSend(settings, tokens);
  const value = async <T>(request: Request) => (await send(request)).value as T;
  return {
    athletes: athletes(send, settings.now),
    assessments: assessments(send, settings.now),
    exercises: exercises(send, settings.now),
    channels: channels(send),
    sessions: sessions(send, settings),
    ...series(send),
    ...tables(send),
    reportData: (s3Key, { version, curves, ...options } = {}) => {
      const lacking = [...(version === undefined ? [] : ['version']), ...(curves ? ['curves'] : [])];
      return value({
        endpoint: 'reportData',
        query: { s3Key, version, curves: curves && 'true' },
        beyond: lacking.length === 0 ? undefined : { query: { s3Key }, lacking },
        ...options,
      });
    },
    changes: changes(send),
    recomputation: recomputations(send),
    changePassword: passwordChange(settings, tokens),
    organization: (options) => value({ endpoint: 'ownOrganization', ...options }),
    ...administration(send),
    webhooks: webhooks(send),
    health: (options) => value({ endpoint: 'health', ...options }),
  };
}
