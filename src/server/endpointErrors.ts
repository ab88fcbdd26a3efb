import type { Endpoint } from '../contract/endpoints.ts';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import { schemaOf } from '../contract/schemas/index.ts';

/**
 * The errors that a caller of an endpoint can cause or meet there, for its description: what follows from the endpoint's
 * declaration, and what it declares itself. Those that any answer may be (`internal`, `unavailable`) are left out.
 */
export function errorsOf(endpoint: Endpoint): ErrorCode[] {
  const found = new Set<ErrorCode>(endpoint.errors);
  const add = (...codes: readonly ErrorCode[]) => {
    for (const code of codes) found.add(code);
  };
  // The sign-in door has names of its own.
  if (endpoint.body === 'SignInRequest') return [];
  if (endpoint.access !== 'public') add('unauthorized', 'unknown_parameter');
  if (endpoint.access !== 'public' && endpoint.access !== 'read') add('forbidden');
  if (endpoint.path.includes('{')) add('not_found');
  if (endpoint.query !== undefined) {
    const { required = [], properties } = schemaOf(endpoint.query) as unknown as QuerySchema;
    add('invalid_parameter');
    if (required.length > 0) add('missing_parameter');
    if ('s3Key' in properties) add('not_found');
    if ('limit' in properties && endpoint.form === 'page')
      add('invalid_continuation_token', 'continuation_token_mismatch');
  }
  if (endpoint.body === 'file')
    add('not_found', 'payload_too_large', 'unsupported_file', ...RECORDING_ERRORS);
  else if (endpoint.body !== undefined)
    add('invalid_body', 'missing_parameter', 'invalid_parameter', 'payload_too_large');
  return ORDER.filter((code) => found.has(code));
}

interface QuerySchema {
  required?: readonly string[];
  properties: Readonly<Record<string, unknown>>;
}

const ORDER = Object.keys(ERRORS) as ErrorCode[];
const RECORDING_ERRORS = ORDER.filter((code) => code.startsWith('recording_'));
