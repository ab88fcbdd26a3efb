import { describe, expect, test } from 'vitest';
import { ENDPOINTS, type Endpoint } from '../../src/contract/endpoints.ts';
import { readBody } from '../../src/server/input.ts';
import { describeApi } from '../../src/server/openapi.ts';
import { exampleOf, membersOf } from '../../src/server/schemaMembers.ts';

const api = JSON.parse(JSON.stringify(describeApi('1.2.3'))) as ReturnType<typeof describeApi>;
const endpoints = Object.entries<Endpoint>(ENDPOINTS);

/** Every value below, with its place. */
function* walk(value: unknown, place = '#'): Iterable<[string, unknown]> {
  yield [place, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* walk(member, `${place}/${name}`);
}

const references = new Set(
  [...walk(api)].flatMap(([place, value]) => (place.endsWith('/$ref') ? [value as string] : [])),
);

test('it is OpenAPI 3.1 of this version', () => {
  expect(api.openapi).toBe('3.1.0');
  expect(api.info).toMatchObject({ title: 'Kinebase', version: '1.2.3' });
  expect(api.servers.map((server) => server.url)).toEqual(['/', '/production']);
});

test.each(endpoints)('%s stands in it as it is declared', (name, endpoint) => {
  const operation = api.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
  expect(operation?.operationId).toBe(name);
  expect(operation!.security).toEqual(endpoint.access === 'public' ? [] : undefined);
  expect(Object.keys(operation!.responses)).toContain(String(endpoint.status ?? 200));
  expect(operation!.requestBody !== undefined).toBe(endpoint.body !== undefined);
  const inPath = operation!.parameters
    .filter((parameter) => parameter.in === 'path')
    .map((parameter) => parameter.name);
  expect(inPath).toEqual([...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  for (const parameter of operation!.parameters) {
    expect(parameter.name).not.toBe('');
    expect(parameter.schema).toBeTypeOf('object');
    if (parameter.in === 'path') expect(parameter.required).toBe(true);
  }
  const names = operation!.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['listSessions', '400', 'continuation_token_mismatch'],
  ['listSessions', '401', 'unauthorized'],
  ['recordSession', '422', 'recording_ragged'],
  ['recordSession', '415', 'unsupported_file'],
  ['createAthlete', '409', 'conflict'],
  ['createOrganization', '403', 'forbidden'],
  ['ikData', '404', 'not_found'],
  ['ikData', '400', 'missing_parameter'],
  ['changes', '410', 'changes_lost'],
] as const)('%s may answer %s %s, and says so', (name, status, code) => {
  const { path, method } = ENDPOINTS[name];
  const { responses } = api.paths[path]![method.toLowerCase()]!;
  expect((responses[status] as { description: string }).description).toContain(`\`${code}\``);
});

test('nothing stands in it that is no endpoint', () => {
  const operations = Object.values(api.paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBe(endpoints.length);
  expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(endpoints.length);
});

describe('its schemas', () => {
  test('every reference leads somewhere', () => {
    expect(references.size).toBeGreaterThan(10);
    for (const reference of references) {
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], api);
      expect(found, reference).toBeTypeOf('object');
    }
  });

  test('none is there that nothing refers to', () => {
    const unused = Object.keys(api.components.schemas).filter(
      (name) => !references.has(`#/components/schemas/${name}`),
    );
    expect(unused).toEqual([]);
  });

  test('they are JSON Schema as 3.1 has it: no nullable, no type that is none, required members exist', () => {
    const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
    for (const [place, value] of walk(api.components.schemas, '#/components/schemas')) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      expect(Object.keys(value), place).not.toContain('nullable');
      const { type, required, properties } = value as {
        type?: unknown;
        required?: unknown;
        properties?: Record<string, unknown>;
      };
      if (!place.endsWith('/properties') && type !== undefined) {
        for (const each of [type].flat())
          expect(types.has(each as string), `${place}: ${String(each)}`).toBe(true);
      }
      if (!place.endsWith('/properties') && Array.isArray(required)) {
        for (const name of required) expect(properties, `${place} ${name}`).toHaveProperty([name]);
      }
    }
  });
});

describe('what a caller may say', () => {
  const bodies = endpoints.flatMap(([, { body }]) => (body === undefined || body === 'file' ? [] : [body]));

  test('every parameter is described, and names its values', () => {
    for (const { operationId, parameters } of Object.values(api.paths).flatMap(Object.values)) {
      for (const { name, description, schema } of parameters) {
        expect(description, `${operationId} ${name}`).not.toBe('');
        if (name === 'Prefer') continue;
        for (const value of (schema.enum as string[] | undefined) ?? [])
          expect(description, `${operationId} ${name}`).toContain(value);
      }
    }
  });

  test.each([...new Set(bodies)])('every member of a body %s has a type and a description', (body) => {
    for (const { name, type, description } of membersOf(api.components.schemas[body] as object)) {
      expect(type, name).not.toBe('value');
      expect(description, name).not.toBe('');
    }
  });

  // The sign-in door reads its own; that its example is taken, the tests of the reference show.
  test.each([...new Set(bodies)].filter((body) => body !== 'SignInRequest'))(
    'the example of %s is one that the server takes',
    (body) => {
      const example = exampleOf(api.components.schemas[body] as object);
      expect(readBody(body, Buffer.from(JSON.stringify(example)))).toEqual(example);
    },
  );

  test('members of objects and of lists are named with their place', () => {
    const names = (body: string) => membersOf(api.components.schemas[body] as object).map(({ name }) => name);
    expect(names('SessionPatch')).toContain('Processing.CutOff');
    expect(names('RepetitionsPatch')).toContain('Repetitions[].Start');
  });
});
