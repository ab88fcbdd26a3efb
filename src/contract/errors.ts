/** Every error an answer can carry: code → HTTP status → what it means. Codes are stable; messages are for people. */
export const ERRORS = {
  unauthorized: {
    status: 401,
    meaning: 'No token, or one that is malformed, expired, revoked or from elsewhere.',
  },
  forbidden: {
    status: 403,
    meaning: 'The token is good, but its role or scope does not reach this endpoint.',
  },
  not_found: { status: 404, meaning: 'No such path, record or key in your organization.' },
  method_not_allowed: {
    status: 405,
    meaning: 'The path exists, the method does not; `Allow` lists those that do.',
  },
  unknown_parameter: {
    status: 400,
    meaning: 'A query parameter or body member that this endpoint does not know.',
  },
  missing_parameter: {
    status: 400,
    meaning: 'A required query parameter or body member is absent or empty.',
  },
  invalid_parameter: {
    status: 400,
    meaning: 'A query parameter or body member with a value that cannot be used.',
  },
  invalid_body: { status: 400, meaning: 'The request body is not the JSON object this endpoint takes.' },
  invalid_continuation_token: {
    status: 400,
    meaning:
      'The X-Continuation-Token, or the `since` of `/changes`, is damaged, or of another organization or server.',
  },
  continuation_token_mismatch: {
    status: 400,
    meaning: 'The token was issued for other filters.',
  },
  conflict: {
    status: 409,
    meaning: 'The record exists with other content, or something still refers to it.',
  },
  changes_lost: {
    status: 410,
    meaning:
      'The token of the change feed is ahead of what is stored: a backup was put back. Begin again without `since`.',
  },
  payload_too_large: { status: 413, meaning: 'The body is larger than the limit that the message states.' },
  unsupported_file: { status: 415, meaning: 'The file name has an ending that is not read here.' },
  recording_empty: { status: 422, meaning: 'The file has no bytes.' },
  recording_binary: { status: 422, meaning: 'The file holds binary data where text is expected.' },
  recording_malformed: {
    status: 422,
    meaning: 'The file breaks the rules of its format at the stated line or byte.',
  },
  recording_truncated: {
    status: 422,
    meaning: 'The file ends in the middle of a row or of its compression.',
  },
  recording_ragged: { status: 422, meaning: 'A row has more or fewer values than there are labels.' },
  recording_no_data: {
    status: 422,
    meaning: 'No row follows the header, or no channel has a single usable value.',
  },
  recording_too_short: { status: 422, meaning: 'Fewer than 10 samples at 60 Hz.' },
  recording_too_long: { status: 422, meaning: 'More rows or channels than the stated limit.' },
  recording_format_mismatch: {
    status: 422,
    meaning: 'The content is of another format than the file name says.',
  },
  too_many_requests: { status: 429, meaning: 'Too many failed sign-ins; wait as `Retry-After` says.' },
  internal: { status: 500, meaning: 'A fault of the server; the log explains the id in the message.' },
  unavailable: {
    status: 503,
    meaning: 'The store or the objects cannot be reached; try again after `Retry-After`.',
  },
  draining: {
    status: 503,
    meaning:
      'Of `/ready` alone: this server is about to stop and still answers; send new requests to another.',
  },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** Body of every answer that is not 2xx on the data endpoints. */
export interface ErrorBody {
  message: string;
  code: ErrorCode;
}

/** Errors of the sign-in door, by the names Amazon Cognito clients know. All answer HTTP 400 unless stated; 503 while the store cannot be reached. */
export const SIGN_IN_ERRORS = {
  NotAuthorizedException: 400,
  UserNotFoundException: 400,
  UserNotConfirmedException: 400,
  PasswordResetRequiredException: 400,
  InvalidParameterException: 400,
  InvalidPasswordException: 400,
  ResourceNotFoundException: 400,
  CodeMismatchException: 400,
  UnknownOperationException: 400,
  SerializationException: 400,
  TooManyRequestsException: 400,
  LimitExceededException: 400,
  UnsupportedTokenTypeException: 400,
  InternalErrorException: 500,
} as const;

export type SignInError = keyof typeof SIGN_IN_ERRORS;

/** Body of a sign-in error; the name is repeated in the header `x-amzn-errortype`. */
export interface SignInErrorBody {
  __type: SignInError;
  message: string;
}
