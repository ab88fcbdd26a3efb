import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { ENDPOINTS, EndpointName } from '../contract/endpoints.ts';
import type { BodyForm } from '../contract/wire.ts';
import type { Objects } from '../objects/objects.ts';
import type { Db } from '../store/db.ts';
import type { ReadOnce } from '../store/readOnce.ts';
import type { Versions } from '../store/versions.ts';
import type { Analyzer } from './analyzer.ts';
import type { Answer } from './answers.ts';
import type { Auth } from './auth/auth.ts';
import type { Principal } from './auth/principal.ts';
import type { Bell } from './bell.ts';
import type { BufferCache } from './bufferCache.ts';
import type { Drain } from './drain.ts';
import type { Lists } from './lists/lists.ts';
import type { Log } from './log.ts';
import type { PageCache } from './pageCache.ts';
import type { SeriesPlace } from './seriesPlace.ts';
import type { UploadBudget } from './uploadBody.ts';
import type { WebhookDesk } from './webhooks/desk.ts';

/** What the server is made of; handed to every handler. */
export interface Deps {
  db: Db;
  objects: Objects;
  auth: Auth;
  analyzer: Analyzer;
  /** Answers of /ikData, and reports with their curves, asked for lately. */
  seriesCache: BufferCache;
  /** Where the series lie that were asked for lately. */
  places: ReadOnce<SeriesPlace>;
  /** Pages of sessions asked for lately. */
  pageCache: PageCache;
  /** Copies of the lists of sessions that are asked for again and again. */
  lists: Lists;
  /** How far each organization has got. */
  versions: Versions;
  /** Milliseconds since 1970 UTC. */
  now: () => number;
  log: Log;
  /** Where clients reach the installation, without a slash at the end; null: wherever each one did. */
  publicUrl: string | null;
  /** Whose word on a request's address and protocol is taken. */
  trustedProxies: readonly string[];
  /** Signs continuation tokens. */
  cursorSecret: Buffer;
  uploadLimit_bytes: number;
  uploads: UploadBudget;
  /** Work for later. */
  jobs: Bell;
  webhooks: WebhookDesk;
  /** Whether the server is about to stop. */
  drain: Drain;
  /** Version of this program. */
  version: string;
}

/** A request as handlers see it: routed, its query a record of texts, its body whole or a stream. */
export interface PublicCall {
  /** The member of the path that `{id}` stands for. */
  id: string;
  /** What `{path}` stands for. */
  path: string;
  /** The request target as the client wrote it. */
  target: string;
  query: Readonly<Record<string, unknown>>;
  body: Buffer | undefined;
  stream: Readable | undefined;
  headers: IncomingHttpHeaders;
  remoteAddress: string;
  /** `http://host:port` by which the client reached us. */
  baseUrl: string;
  form: BodyForm;
}

/** A request whose token has been checked and whose role reaches the endpoint. */
export interface Call extends PublicCall {
  organization: string;
  principal: Principal;
}

export type Handler = (deps: Deps, call: Call) => Promise<Answer>;
export type PublicHandler = (deps: Deps, call: PublicCall) => Promise<Answer>;

/** One handler for every endpoint of the table; the compiler refuses a missing one. */
export type Handlers = {
  [Name in EndpointName]: (typeof ENDPOINTS)[Name]['access'] extends 'public' ? PublicHandler : Handler;
};
