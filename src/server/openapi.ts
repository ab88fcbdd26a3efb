import type { Access } from '../contract/access.ts';
import { ENDPOINTS, type Endpoint } from '../contract/endpoints.ts';
import { ERRORS, type ErrorCode, SIGN_IN_ERRORS } from '../contract/errors.ts';
import { TOKEN_HEADER } from '../contract/page.ts';
import { schemaOf } from '../contract/schemas/index.ts';
import { errorsOf } from './endpointErrors.ts';

/** OpenAPI 3.1 of the whole API, from the endpoint table and the schemas: nothing is described twice. */
export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string; description: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    securitySchemes: Record<string, unknown>;
    schemas: Record<string, unknown>;
    headers?: Record<string, unknown>;
  };
}

export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required: boolean;
  description: string;
  schema: unknown;
}

const WHO: Record<Access, string> = {
  public: 'Needs no token.',
  read: 'Roles viewer, coach, admin; scope read.',
  record: 'Roles coach, admin; scope record.',
  admin: 'Role admin; scope admin.',
  operator: 'Administrators of the installation only.',
};

export function describeApi(version: string): OpenApi {
  const paths: OpenApi['paths'] = {};
  for (const [name, endpoint] of Object.entries<Endpoint>(ENDPOINTS)) {
    const operations = paths[endpoint.path] ?? {};
    operations[endpoint.method.toLowerCase()] = operation(name, endpoint);
    paths[endpoint.path] = operations;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kinebase',
      version,
      description:
        'Sessions of recorded human movement, their joint-angle series and range-of-motion reports. Every path also answers under /production and with doubled slashes. `body` is a JSON string unless the request says `Prefer: body=json` or its app client or key is registered for the value itself.',
    },
    servers: [
      { url: '/', description: 'this server' },
      {
        url: '/production',
        description: 'the same, under the stage name that clients carry in their base URL',
      },
    ],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'IdToken or AccessToken of the sign-in door, or an API key',
        },
      },
      schemas: { ...namedSchemas(), Error: errorSchema, SignInError: signInErrorSchema },
    },
  };
}

/** Those that bodies and answers name; queries stand in the parameters, parts of others within them. */
function namedSchemas(): Record<string, unknown> {
  const names = Object.values<Endpoint>(ENDPOINTS).flatMap(({ body, answer }) => [body, answer]);
  const named = new Set(names.filter((name) => name !== undefined && name !== 'file') as string[]);
  return Object.fromEntries([...named].sort().map((name) => [name, schemaOf(name)]));
}

function operation(name: string, endpoint: Endpoint): Operation {
  const status = String(endpoint.status ?? 200);
  return {
    operationId: name,
    summary: endpoint.summary,
    description: `${endpoint.details === undefined ? '' : `${endpoint.details} `}${WHO[endpoint.access]}${endpoint.provisional ? ' Provisional: not settled by the public contract.' : ''}`,
    tags: [endpoint.access === 'public' ? 'service' : endpoint.path.split('/')[1]!],
    ...(endpoint.access === 'public' ? { security: [] } : {}),
    parameters: parameters(endpoint),
    ...(endpoint.body === undefined ? {} : { requestBody: requestBody(endpoint.body) }),
    responses: {
      [status]: { description: 'Success', ...content(endpoint) },
      ...(name === 'signIn'
        ? {
            400: {
              description: 'Refused',
              content: { 'application/x-amz-json-1.1': { schema: ref('SignInError') } },
            },
          }
        : {
            ...refusals(endpoint),
            default: {
              description: 'Refused or failed',
              content: { 'application/json': { schema: ref('Error') } },
            },
          }),
    },
  };
}

/** One answer for each status, with the codes that it may carry. */
function refusals(endpoint: Endpoint): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(endpoint)) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        content: { 'application/json': { schema: ref('Error') } },
      },
    ]),
  );
}

function parameters(endpoint: Endpoint): Parameter[] {
  const found: Parameter[] = [];
  if (endpoint.path.includes('{id}'))
    found.push({
      name: 'id',
      in: 'path',
      required: true,
      description: 'Id of the record.',
      schema: { type: 'string' },
    });
  if (endpoint.path.includes('{path}'))
    found.push({
      name: 'path',
      in: 'path',
      required: true,
      description: 'Name of the file, with the folders above it.',
      schema: { type: 'string' },
    });
  if (endpoint.query !== undefined) {
    const schema = schemaOf(endpoint.query) as unknown as {
      properties: Record<string, { description?: string }>;
      required?: string[];
    };
    for (const [name, property] of Object.entries(schema.properties)) {
      found.push({
        name,
        in: 'query',
        required: schema.required?.includes(name) ?? false,
        description: property.description ?? '',
        schema: property,
      });
    }
  }
  if (endpoint.form === 'page') {
    found.push({
      name: TOKEN_HEADER,
      in: 'header',
      required: false,
      description: 'Token of the last answer, raw or JSON-encoded; absent or empty: first page.',
      schema: { type: 'string' },
    });
  }
  if (endpoint.form !== 'plain' && endpoint.status !== 204) {
    found.push({
      name: 'Prefer',
      in: 'header',
      required: false,
      description: '`body=json`: the value itself instead of a JSON string.',
      schema: { type: 'string', enum: ['body=json', 'body=string'] },
    });
  }
  return found;
}

function requestBody(name: string): unknown {
  if (name === 'file')
    return {
      required: true,
      description: 'The bytes of the recording.',
      content: { 'application/octet-stream': {} },
    };
  const type = name === 'SignInRequest' ? 'application/x-amz-json-1.1' : 'application/json';
  return { required: true, content: { [type]: { schema: ref(name) } } };
}

function content(endpoint: Endpoint): object {
  const files = Object.fromEntries((endpoint.files ?? []).map((type) => [type, {}] as const));
  if (endpoint.answer === undefined) return endpoint.files === undefined ? {} : { content: files };
  const value = endpoint.list ? { type: 'array', items: ref(endpoint.answer) } : ref(endpoint.answer);
  if (endpoint.form === 'plain') return { content: { 'application/json': { schema: value } } };
  const body = {
    oneOf: [{ type: 'string', contentMediaType: 'application/json', contentSchema: value }, value],
  };
  const properties: Record<string, unknown> = {
    statusCode: { type: 'integer', const: endpoint.status ?? 200 },
    body,
  };
  if (endpoint.form === 'page')
    properties[TOKEN_HEADER] = { type: ['string', 'null'], description: 'null when all has been retrieved' };
  return {
    content: {
      'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } },
      ...files,
    },
  };
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const errorSchema = {
  type: 'object',
  required: ['message', 'code'],
  properties: {
    message: { type: 'string', description: 'What to change.' },
    code: { type: 'string', enum: Object.keys(ERRORS) },
  },
};

const signInErrorSchema = {
  type: 'object',
  required: ['__type', 'message'],
  properties: { __type: { type: 'string', enum: Object.keys(SIGN_IN_ERRORS) }, message: { type: 'string' } },
};
