import { ENDPOINTS, type Endpoint, type EndpointName } from '../contract/endpoints.ts';
import { type Opened, ownCode } from './answer.ts';
import type { Beyond, Request } from './call.ts';
import { isKinebaseError, KinebaseError } from './errors.ts';

/**
 * Whether the server goes beyond the public contract, as ours does: true once it has applied our `Prefer`, false once it
 * has not, null before the first answer.
 */
export interface Server {
  beyond: boolean | null;
}

/** What the public contract has. Everything else is ours. */
const PUBLIC: ReadonlySet<EndpointName> = new Set([
  'signIn',
  'listAthletes',
  'listAssessments',
  'listExercises',
  'listSessions',
  'ikData',
  'reportData',
  'videoExport',
]);

/** Sends a call so that it means the same on a server of the bare contract, or is refused with `not_offered`. */
export async function sendWithin(
  server: Server,
  request: Request,
  send: (request: Request) => Promise<Opened>,
): Promise<Opened & { query: object | undefined }> {
  const { beyond, query } = request;
  const bare = async (beyond: Beyond) => {
    refuseLacking(request, beyond);
    return { ...finish(await send({ ...request, query: beyond.query }), beyond), query: beyond.query };
  };
  if (beyond === undefined) return { ...(await send(request)), query };
  if (server.beyond === false && query !== beyond.query) return bare(beyond);
  try {
    const opened = await send(request);
    if (server.beyond !== false) return { ...opened, query };
    // It took no notice of what it does not know, or knows it after all.
    refuseLacking(request, beyond);
    return { ...finish(opened, beyond), query };
  } catch (error) {
    const maybeBare = server.beyond !== true && isKinebaseError(error) && ownCode(error.body) === null;
    if (!maybeBare || error.status !== 400 || query === beyond.query) throw error;
    return bare(beyond);
  }
}

const finish = (opened: Opened, beyond: Beyond): Opened =>
  beyond.finish === undefined ? opened : { ...opened, value: beyond.finish(opened.value) };

function refuseLacking(request: Request, { lacking = [] }: Beyond): void {
  if (lacking.length > 0) throw notOffered(request.endpoint, lacking);
}

/** Where a file was asked for: an envelope is from a server that took no notice of the format. NDJSON is a file. */
export function refuseEnvelope(name: EndpointName, contentType: string | null): void {
  if (/^application\/json\b/i.test(contentType ?? '')) throw notOffered(name, ['format']);
}

/** The error of an endpoint, or of its parameters, that the server lacks. */
export function notOffered(
  name: EndpointName,
  parameters: readonly string[] = [],
  cause?: unknown,
): KinebaseError {
  const { method, path }: Endpoint = ENDPOINTS[name];
  const what = parameters.length === 0 ? '' : `${parameters.join(' and ')} of `;
  return new KinebaseError(
    'not_offered',
    `The server does not offer ${what}${method} ${path}: it keeps to the public contract, or is older than this client.`,
    isKinebaseError(cause)
      ? { cause, status: cause.status, requestId: cause.requestId, body: cause.body }
      : { cause },
  );
}

/** A refusal of an endpoint that the server does not have, as such; any other error as it is. */
export function explained(error: unknown, request: Request, server: Server): unknown {
  if (!isKinebaseError(error) || PUBLIC.has(request.endpoint)) return error;
  const absent = server.beyond !== true && ownCode(error.body) === null && isAbsence(error, server);
  return absent || isOlder(error, request) ? notOffered(request.endpoint, [], error) : error;
}

/** API gateways answer 403 for a path they do not have, and servers of web pages a page. */
const isAbsence = ({ status, code, body }: KinebaseError, server: Server): boolean =>
  [403, 404, 405, 501].includes(status) ||
  (server.beyond === false && code === 'bad_answer' && typeof body === 'string' && /^\s*</.test(body));

/** A server of ours answers `not_found` for a path it does not have; so it does for records, where a call names one. */
function isOlder(error: KinebaseError, { endpoint, id, query = {} }: Request): boolean {
  const { method }: Endpoint = ENDPOINTS[endpoint];
  return (
    error.code === 'not_found' && method === 'GET' && id === undefined && !('s3Key' in query && query.s3Key)
  );
}
