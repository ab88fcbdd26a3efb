import { SignInFault } from './signInFault.ts';

/** The members of a request's JSON object. Only those that an operation reads are looked at; clients send many more. */
export type Members = Readonly<Record<string, unknown>>;

/** More than any client sends; the rest is not worth parsing. */
const BODY_BYTES = 64 * 1024;

export function readMembers(body: Uint8Array): Members {
  if (body.length > BODY_BYTES) {
    throw new SignInFault('SerializationException', `The request body is larger than ${BODY_BYTES} bytes.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new SignInFault('SerializationException', 'The request body is not JSON in UTF-8.');
  }
  return asMembers(value, 'The request body');
}

/** A required text; null counts as absent, as client libraries send it for what they do not have. */
export function text(members: Members, name: string): string {
  const value = optionalText(members, name);
  if (value === undefined || value === '')
    throw new SignInFault('InvalidParameterException', `Missing required parameter ${name}.`);
  return value;
}

export function optionalText(members: Members, name: string): string | undefined {
  const value = own(members, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new SignInFault('SerializationException', `${name} must be a string.`);
  // PostgreSQL has no such character in texts.
  if (value.includes('\0'))
    throw new SignInFault('InvalidParameterException', `${name} must not contain a NUL character.`);
  return value;
}

/** A required member that is an object itself. */
export function inner(members: Members, name: string): Members {
  const value = own(members, name);
  if (value === undefined || value === null)
    throw new SignInFault('InvalidParameterException', `Missing required parameter ${name}.`);
  return asMembers(value, name);
}

function asMembers(value: unknown, what: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SignInFault('SerializationException', `${what} must be a JSON object.`);
  }
  return value as Members;
}

const own = (members: Members, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined;
