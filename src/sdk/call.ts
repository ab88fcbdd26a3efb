import type { EndpointName } from '../contract/endpoints.ts';
import type { Exchange } from './exchange.ts';
import type { CancelSignal } from './runtime.ts';
import type { Upload } from './upload.ts';

/** For every call. */
export interface CallOptions {
  signal?: CancelSignal | undefined;
  /** Longest time for one attempt, instead of the client's. */
  timeout_ms?: number | undefined;
}

/** A call of an endpoint of the contract's table. */
export interface Request extends CallOptions {
  endpoint: EndpointName;
  /** What stands for `{id}` in the path. */
  id?: string;
  /** Several values are joined by commas (of `metric` they are repeated), dates written in ISO 8601, absent ones left out. */
  query?: object | undefined;
  /** Where the query goes beyond the public contract. */
  beyond?: Beyond | undefined;
  headers?: Record<string, string>;
  json?: unknown;
  /** The raw body of an upload. */
  file?: Pick<Upload, 'body' | 'fetch'>;
  /** Told of the headers of a good answer, while its body is still on its way. */
  onHead?: Exchange['onHead'];
  /** A POST that carries an id chosen by the client may be sent again. */
  repeatable?: boolean;
}

/** A call with parameters that the public contract does not have, and what becomes of it on a server that knows only that. */
export interface Beyond {
  /** The parameters that are left. */
  query: object;
  /** Does here what the server has not done. Safe on what some server did by itself. */
  finish?: (value: unknown) => unknown;
  /** Parameters that nothing here can make up for. */
  lacking?: readonly string[];
}
