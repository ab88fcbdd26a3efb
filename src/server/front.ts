import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { ENDPOINTS, type EndpointName } from '../contract/endpoints.ts';
import { TOKEN_HEADER } from '../contract/page.ts';
import type { SessionsQuery } from '../contract/sessions.ts';
import { type BodyForm, canonicalUrl, preferredForm, readTokenHeader } from '../contract/wire.ts';
import { accepts } from './answers.ts';
import type { Authenticator } from './auth/authenticate.ts';
import type { Deps } from './call.ts';
import { CORS } from './cors.ts';
import { readQuery } from './input.ts';
import { observeRequest } from './metrics.ts';
import type { FinishedPage } from './pageCache.ts';
import { pageHeaders } from './pageHeaders.ts';
import { type AskedPage, finishedPage, type PagePlan, planPage } from './sessionPages.ts';
import { createTurns } from './turns.ts';

/** The lists that are paged through; everything else goes the ordinary way. */
const LISTS = ['listSessions', 'listSessionData'] as const satisfies readonly EndpointName[];
type ListName = (typeof LISTS)[number];

/** Targets seen lately: nearly every page is asked for by one of a few. */
const TARGETS_KEPT = 1000;

/** Pages are answered for so long before others have their turn. */
const TURN_MS = 2;

interface Target {
  name: ListName;
  plan: PagePlan;
}

/**
 * Answers pages of sessions before the framework looks at the request: that would cost more than the page. It answers only
 * what is in order — a token found good a moment ago, a query that means something — and leaves every other request, and
 * every failure, to `ordinary`, which knows all the rules and says what to change.
 */
export function createFront(
  deps: Deps,
  { known }: Authenticator,
  newRequestId: () => string,
  ordinary: RequestListener,
): RequestListener {
  const targets = new Map<string, Target | null>();
  const inTurn = createTurns(TURN_MS);
  const targetOf = (url: string): Target | null => {
    let target = targets.get(url);
    if (target === undefined) {
      target = readTarget(url);
      if (targets.size >= TARGETS_KEPT) targets.clear();
      targets.set(url, target);
    }
    return target;
  };

  return (request, response) => {
    const target = request.method === 'GET' ? targetOf(request.url!) : null;
    if (target === null) return ordinary(request, response);
    const started = performance.now();
    const preferred = preferredForm(request.headers.prefer as string | undefined);
    const asked = readAsked(request, target, preferred, known);
    if (asked === null) return ordinary(request, response);
    const answer = (page: FinishedPage) => {
      send(response, page, preferred, newRequestId());
      observeRequest(target.name, response.statusCode, (performance.now() - started) / 1000);
    };
    inTurn(() => {
      try {
        const page = finishedPage(deps, asked);
        if (page instanceof Promise) page.then(answer).catch(() => ordinary(request, response));
        else answer(page);
      } catch {
        ordinary(request, response);
      }
    });
  };
}

function readTarget(url: string): Target | null {
  const canonical = canonicalUrl(url);
  const cut = canonical.indexOf('?');
  const path = cut < 0 ? canonical : canonical.slice(0, cut);
  const name = LISTS.find((name) => ENDPOINTS[name].path === path);
  if (name === undefined) return null;
  try {
    const query = cut < 0 ? {} : parse(canonical.slice(cut + 1));
    return { name, plan: planPage(readQuery<SessionsQuery>(ENDPOINTS[name].query, query)) };
  } catch {
    return null;
  }
}

/** Null where the request is not plainly in order. */
function readAsked(
  { headers }: IncomingMessage,
  { name, plan }: Target,
  preferred: BodyForm | null,
  known: Authenticator['known'],
): AskedPage | null {
  const principal = known(headers.authorization);
  if (principal === undefined || !principal.scopes.has(ENDPOINTS[name].access)) return null;
  const asked = readTokenHeader(headers[TOKEN_HEADER_LOWER] as string | undefined);
  if (asked.kind === 'end') return null;
  return {
    organization: principal.organization,
    form: preferred ?? principal.bodyForm,
    zip: accepts(headers['accept-encoding'] as string | undefined, 'gzip'),
    plan,
    token: asked.kind === 'next' ? asked.token : '',
    has: headers['if-none-match'],
  };
}

const TOKEN_HEADER_LOWER = TOKEN_HEADER.toLowerCase();

function send(response: ServerResponse, page: FinishedPage, applied: BodyForm | null, id: string): void {
  const headers: Record<string, string | number> = pageHeaders(page, applied);
  headers['x-request-id'] = id;
  headers['x-content-type-options'] = 'nosniff';
  headers['access-control-allow-origin'] = CORS.origin;
  headers['access-control-expose-headers'] = EXPOSED;
  if (page.bytes === null) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  headers['content-length'] = page.bytes.length;
  response.writeHead(200, headers);
  if (page.release === undefined) response.end(page.bytes);
  else response.end(page.bytes, page.release);
}

const EXPOSED = CORS.exposedHeaders.join(', ');
