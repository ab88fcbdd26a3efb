import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { schemaOf } from '../contract/schemas/index.ts';
import { ApiError } from './errors.ts';

/**
 * Requests against their schemas, once, at the border. Query parameters are texts: an empty one is an absent one (the
 * documented samples send `limit=&athleteID=`), numbers are read, an unknown one is refused by name. A list is a parameter
 * that may be repeated.
 */
export function readQuery<T>(schemaName: string | undefined, raw: Readonly<Record<string, unknown>>): T {
  const schema = schemaName === undefined ? undefined : schemaOf(schemaName);
  const properties = (schema === undefined ? {} : Reflect.get(schema, 'properties')) as Record<
    string,
    Parameter
  >;
  const query: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(raw)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) {
      const known = Object.keys(properties);
      const hint = known.length === 0 ? 'This endpoint takes none' : `Known are ${known.join(', ')}`;
      throw new ApiError('unknown_parameter', `Unknown query parameter ${JSON.stringify(name)}. ${hint}.`);
    }
    if (property.type === 'array') {
      const texts = textsOf(name, [text].flat() as string[], property);
      if (texts !== null) query[name] = texts;
      continue;
    }
    if (typeof text !== 'string')
      throw new ApiError('invalid_parameter', `Query parameter ${name} is given more than once.`);
    if (text === '') continue;
    refuseNul(name, text);
    query[name] = property.type === 'integer' || property.type === 'number' ? numberOf(name, text) : text;
  }
  if (schema !== undefined) check(schema, query, 'Query parameter');
  return query as T;
}

interface Parameter {
  type?: string;
  items?: { enum?: unknown[] };
}

/** Of a list, each once; null: absent. Where only some words are possible, none has a comma, so commas separate them too. */
function textsOf(name: string, given: readonly string[], { items }: Parameter): string[] | null {
  const texts = given.filter((text) => text !== '');
  if (texts.length === 0) return null;
  for (const text of texts) refuseNul(name, text);
  if (items?.enum === undefined) return [...new Set(texts)];
  const words = texts.flatMap((text) => text.split(',').map((word) => word.trim()));
  const found = [...new Set(words.filter((word) => word !== ''))];
  if (found.length === 0)
    throw new ApiError('invalid_parameter', `Query parameter ${name} holds nothing but commas.`);
  return found;
}

/** A JSON body against its schema. */
export function readBody<T>(schemaName: string, bytes: Buffer | undefined): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes ?? Buffer.alloc(0)), refuseNul);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError('invalid_body', 'The body must be a JSON object in UTF-8.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('invalid_body', 'The body must be a JSON object.');
  }
  const schema = schemaOf(schemaName);
  const properties = Reflect.get(schema, 'properties') as Record<string, unknown>;
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(properties, name)) {
      throw new ApiError(
        'unknown_parameter',
        `Unknown member ${JSON.stringify(name)}. Known are ${Object.keys(properties).join(', ')}.`,
      );
    }
  }
  check(schema, value, 'Member');
  return value as T;
}

/** What keeps a value from being what its schema says, in words; null: nothing. */
export function faultIn(schemaName: string, value: unknown): string | null {
  try {
    check(schemaOf(schemaName), value, 'Member');
    return null;
  } catch (error) {
    return (error as ApiError).message;
  }
}

/** PostgreSQL stores no NUL character, and no name needs one. */
function refuseNul(name: string, value: unknown): unknown {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new ApiError('invalid_parameter', `${name} holds a NUL character.`);
  }
  return value;
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text.trim()) || !Number.isFinite(value)) {
    throw new ApiError(
      'invalid_parameter',
      `Query parameter ${name} must be a number, not ${JSON.stringify(text.slice(0, 40))}.`,
    );
  }
  return value;
}

interface Fault {
  keyword: string;
  instancePath: string;
  message: string;
  schemaPath: string;
  params: {
    requiredProperties?: string[];
    allowedValues?: unknown[];
    additionalProperties?: string[];
    type?: string;
  };
}

/** A schema is turned into a function at its first use. */
const validators = new WeakMap<TSchema, Validator>();

/** Names the first member that breaks its schema, and what would be right. */
function check(schema: TSchema, value: unknown, what: string): void {
  let compiled = validators.get(schema);
  if (compiled === undefined) {
    compiled = Compile(schema);
    validators.set(schema, compiled);
  }
  if (compiled.Check(value)) return;
  const faults = compiled.Errors(value) as unknown as Fault[];
  refuseUnknownMembers(schema, faults, what);
  const fault = faults[0]!;
  const place = placeOf(fault);
  const missing = fault.params.requiredProperties?.[0];
  if (missing !== undefined)
    throw new ApiError('missing_parameter', `${what} ${[...place, missing].join('.')} is required.`);
  const rule = ruleOf(fault, faults);
  throw new ApiError(
    'invalid_parameter',
    place.length === 0 ? `The body ${rule}.` : `${what} ${place.join('.')} ${rule}.`,
  );
}

/** A misspelled member deep inside is named, with those that its object has. */
function refuseUnknownMembers(schema: TSchema, faults: readonly Fault[], what: string): void {
  const fault = faults.find(({ params }) => params.additionalProperties !== undefined);
  const unknown = fault?.params.additionalProperties?.[0];
  if (fault === undefined || unknown === undefined) return;
  const closed = fault.schemaPath
    .split('/')
    .slice(1)
    .reduce<object>((part, name) => Reflect.get(part, name) as object, schema);
  const known = Object.keys(Reflect.get(closed, 'properties') as object);
  throw new ApiError(
    'unknown_parameter',
    `Unknown ${what.toLowerCase()} ${JSON.stringify(unknown)} in ${placeOf(fault).join('.') || 'the body'}. Known are ${known.join(', ')}.`,
  );
}

const placeOf = ({ instancePath }: Fault): string[] => instancePath.split('/').slice(1);

function ruleOf(fault: Fault, faults: readonly Fault[]): string {
  if (fault.params.allowedValues) return `must be one of ${fault.params.allowedValues.join(', ')}`;
  if (fault.keyword !== 'type') return fault.message;
  const types = faults
    .filter(({ keyword, instancePath }) => keyword === 'type' && instancePath === fault.instancePath)
    .map(({ params }) => params.type);
  return `must be ${[...new Set(types)].join(' or ')}`;
}
