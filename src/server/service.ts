import type { Answer } from './answers.ts';
import { openidConfiguration as openid, jwks as publicKeys } from './auth/discovery.ts';
import { createSignInDoor } from './auth/signInDoor.ts';
import type { Deps, PublicHandler } from './call.ts';
import { ApiError } from './errors.ts';
import { metricsText } from './metrics.ts';
import { describeApi } from './openapi.ts';

/** Everything that needs no token: the sign-in door, keys, health, metrics, description. */
const json = (value: unknown, headers: Record<string, string> = {}): Answer => ({
  kind: 'bytes',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

const doors = new WeakMap<Deps, ReturnType<typeof createSignInDoor>>();

export const signIn: PublicHandler = async (deps, { headers, body, remoteAddress }) => {
  const door = doors.get(deps) ?? createSignInDoor(deps.auth);
  doors.set(deps, door);
  const target = headers['x-amz-target'];
  const answer = await door({
    target: typeof target === 'string' ? target : undefined,
    body: body ?? new Uint8Array(),
    remoteAddress,
  });
  return { kind: 'bytes', status: answer.status, headers: answer.headers, body: answer.body };
};

export const jwks: PublicHandler = async ({ auth }) =>
  json(await publicKeys(auth), { 'cache-control': 'public, max-age=300' });

export const openidConfiguration: PublicHandler = async ({ auth, publicUrl }, { baseUrl }) =>
  json(openid(auth, publicUrl === null ? baseUrl : auth.issuer));

export const health: PublicHandler = async ({ version }) => json({ status: 'ok', version });

export const ready: PublicHandler = async ({ db, objects, version, log, drain }) => {
  if (drain.begun) throw new ApiError('draining', 'This server is about to stop.');
  try {
    await Promise.all([db.query('select 1 as one'), objects.check()]);
  } catch (error) {
    log.warn({ err: error }, 'not ready');
    throw new ApiError(
      'unavailable',
      'The store or the objects do not answer.',
      { 'retry-after': '5' },
      { cause: error },
    );
  }
  return json({ status: 'ready', version });
};

export const metrics: PublicHandler = async ({ db }) => {
  const { type, text } = await metricsText(db);
  return { kind: 'bytes', headers: { 'content-type': type }, body: text };
};

export const openapi: PublicHandler = async ({ version }) => json(describeApi(version));
