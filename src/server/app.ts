import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Access } from '../contract/access.ts';
import { ENDPOINTS, type Endpoint, type EndpointName } from '../contract/endpoints.ts';
import { canonicalUrl, preferredForm } from '../contract/wire.ts';
import { type Rendered, render } from './answers.ts';
import { createAuthenticator } from './auth/authenticate.ts';
import type { Principal } from './auth/principal.ts';
import { sizeOf } from './bufferCache.ts';
import type { Call, Deps, Handler, PublicCall, PublicHandler } from './call.ts';
import { CORS } from './cors.ts';
import { ApiError, answerOf } from './errors.ts';
import { createFront } from './front.ts';
import { HANDLERS } from './handlers.ts';
import { readQuery } from './input.ts';
import { observeRequest } from './metrics.ts';

/** JSON bodies are small; recordings have a limit of their own. */
const JSON_LIMIT_BYTES = 1_000_000;

const TIMEOUTS = {
  /** The largest upload over a slow line; a request that stalls longer is let go. */
  requestTimeout: 600_000,
  keepAliveTimeout: 75_000,
};
/** A client that neither sends nor takes anything for this long is gone, and what is held for it is let go. */
const IDLE_MS = 600_000;

/** Every endpoint of the table behind one HTTP server, without listening. */
export async function createApp(deps: Deps): Promise<FastifyInstance> {
  const prefix = randomBytes(4).toString('hex');
  let count = 0;
  const newRequestId = () => `${prefix}-${++count}`;
  const authenticate = createAuthenticator(deps.auth);
  const app = fastify({
    logger: false,
    bodyLimit: JSON_LIMIT_BYTES,
    serverFactory: (ordinary) =>
      createServer(TIMEOUTS, createFront(deps, authenticate, newRequestId, ordinary)).setTimeout(IDLE_MS),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    trustProxy: deps.trustedProxies.length > 0 && [...deps.trustedProxies],
    genReqId: newRequestId,
    rewriteUrl: (request) => canonicalUrl(request.url ?? '/'),
    // A channel's name of 300 characters, each written as three escaped bytes or more.
    routerOptions: { maxParamLength: 4000 },
    frameworkErrors: (error, request, reply) => {
      refuse(
        deps,
        request,
        reply,
        new ApiError('invalid_parameter', `The URL cannot be read: ${error.message}.`),
      );
    },
    clientErrorHandler: (_error, socket) => {
      const body = JSON.stringify({
        message: 'The request is not HTTP as it should be.',
        code: 'invalid_body',
      });
      if (socket.writable)
        socket.end(
          `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
        );
    },
  });
  app.setErrorHandler((error, request, reply) => refuse(deps, request, reply, explain(error, request)));
  app.setNotFoundHandler((request, reply) => refuse(deps, request, reply, noSuchPath(request)));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
  });
  await app.register(cors, CORS);

  const answer =
    (name: EndpointName, endpoint: Endpoint) => async (request: FastifyRequest, reply: FastifyReply) => {
      const started = performance.now();
      const call = toCall(request, endpoint);
      const preferred = preferredForm(request.headers.prefer as string | undefined);
      let rendered: Rendered;
      if (endpoint.access === 'public') {
        const handler = HANDLERS[name] as PublicHandler;
        rendered = await render(await handler(deps, call), preferred ?? 'string', false, undefined);
      } else {
        const principal = await authenticate(request.headers.authorization);
        mayCall(principal, endpoint.access);
        // Endpoints with parameters read their query themselves; the others refuse any.
        if (endpoint.query === undefined) readQuery(undefined, call.query);
        const form = preferred ?? principal.bodyForm;
        const handler = HANDLERS[name] as Handler;
        const full: Call = { ...call, form, organization: principal.organization, principal };
        rendered = await render(
          await handler(deps, full),
          form,
          preferred !== null,
          request.headers['accept-encoding'] as string | undefined,
        );
      }
      observeRequest(name, rendered.status, (performance.now() - started) / 1000);
      return send(reply, rendered);
    };

  await app.register(async (scope) => {
    // Whatever content type a client sends, a JSON endpoint reads JSON: form posts by habit must not fail on a header.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const [name, endpoint] of table())
      if (endpoint.body !== 'file') route(scope, endpoint, answer(name, endpoint));
  });
  await app.register(async (scope) => {
    // A recording is a stream of bytes whatever its content type says; its limit cuts it off while it comes in.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const [name, endpoint] of table())
      if (endpoint.body === 'file') route(scope, endpoint, answer(name, endpoint), Number.MAX_SAFE_INTEGER);
  });
  return app;
}

const table = () => Object.entries(ENDPOINTS) as [EndpointName, Endpoint][];

function route(
  scope: FastifyInstance,
  endpoint: Endpoint,
  handler: (request: FastifyRequest, reply: FastifyReply) => unknown,
  bodyLimit = JSON_LIMIT_BYTES,
): void {
  const url = endpoint.path.replace('{id}', ':id').replace('{path}', '*');
  scope.route({ method: endpoint.method, url, handler, bodyLimit });
}

function toCall(request: FastifyRequest, endpoint: Endpoint): PublicCall {
  const { id = '', '*': path = '' } = request.params as { id?: string; '*'?: string };
  // No id holds a NUL character, and PostgreSQL could not even look for one.
  if (id.includes('\0')) throw new ApiError('not_found', 'There is no record of that id.');
  return {
    id,
    path,
    target: request.originalUrl,
    query: request.query as Record<string, unknown>,
    body: endpoint.body === 'file' ? undefined : (request.body as Buffer | undefined),
    stream: endpoint.body === 'file' ? (request.body as Readable | undefined) : undefined,
    headers: request.headers,
    remoteAddress: request.ip,
    baseUrl: `${request.protocol}://${request.host}`,
    form: 'string',
  };
}

function mayCall(principal: Principal, access: Exclude<Access, 'public'>): void {
  const allowed = access === 'operator' ? principal.operator : principal.scopes.has(access);
  if (allowed) return;
  const needed = access === 'operator' ? 'an administrator of the installation' : `the scope ${access}`;
  throw new ApiError(
    'forbidden',
    `This needs ${needed}; your token has ${[...principal.scopes].join(', ')}.`,
  );
}

const asItIs = (text: unknown) => text as string;

function send(reply: FastifyReply, { status, headers, body }: Rendered): FastifyReply {
  reply.code(status).headers(headers);
  if (body === '') return reply.send();
  // With a serializer Fastify takes a text as it is; without one it adds a charset to the type, which JSON has none of.
  if (typeof body === 'string') return reply.serializer(asItIs).send(body);
  // Whoever asks for the head alone must not have the whole read and thrown away.
  if (reply.request.method === 'HEAD' && body instanceof Readable) {
    body.destroy();
    return reply.send();
  }
  if (Buffer.isBuffer(body) || body instanceof Readable) return reply.send(body);
  // Pieces of one answer leave in one system call, without being copied together first.
  reply.header('content-length', sizeOf(body));
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(status, reply.getHeaders() as Record<string, string>);
  if (reply.request.method === 'HEAD') {
    raw.end();
    return reply;
  }
  raw.cork();
  for (const piece of body) raw.write(piece);
  raw.end();
  raw.uncork();
  return reply;
}

function refuse(deps: Deps, request: FastifyRequest, reply: FastifyReply, error: unknown): void {
  const { status, headers, body, internal } = answerOf(error, request.id);
  if (internal)
    deps.log.error(
      { err: error, request: request.id, method: request.method, path: request.url.split('?')[0] },
      'request failed',
    );
  if (!request.raw.complete) drain(request);
  observeRequest('refused', status, 0);
  void send(reply, {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const DRAINED_BYTES = 64_000_000;
const DRAINED_MS = 10_000;

/**
 * A body that nobody reads any more is swallowed for a while: a client that is still sending must come to read the answer,
 * but need not be listened to for ever.
 */
function drain({ raw }: FastifyRequest): void {
  let left = DRAINED_BYTES;
  const end = () => {
    if (!raw.complete) raw.socket.destroy();
  };
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  raw.on('error', () => {});
  raw.resume();
  setTimeout(end, DRAINED_MS).unref();
}

/** Errors that the framework itself raises, in our words. */
function explain(error: unknown, { raw }: FastifyRequest): unknown {
  const code = (error as { code?: string }).code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new ApiError('payload_too_large', `The body is larger than ${JSON_LIMIT_BYTES / 1e6} MB.`, {
      connection: 'close',
    });
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return new ApiError('invalid_body', 'The body is not as long as Content-Length says.');
  // The store's connections are reset with the same code: the request itself says whether its own was.
  if ((code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') && raw.destroyed && !raw.complete)
    return new ApiError('invalid_body', 'The connection ended before the body did.');
  return error;
}

const patternOf = ({ path }: Endpoint) =>
  new RegExp(`^${path.replace('{id}', '[^/]+').replace('{path}', '.+')}$`);

function noSuchPath(request: FastifyRequest): ApiError {
  const path = request.url.split('?')[0]!;
  const methods = table()
    .filter(([, endpoint]) => patternOf(endpoint).test(path))
    .map(([, endpoint]) => endpoint.method);
  if (methods.length === 0)
    return new ApiError(
      'not_found',
      `There is no ${JSON.stringify(path.slice(0, 200))} here; GET /docs lists what is.`,
    );
  const allow = [...new Set(methods)].join(', ');
  return new ApiError('method_not_allowed', `${request.method} is not answered here; use ${allow}.`, {
    allow,
  });
}
