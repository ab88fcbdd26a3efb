import { createRemoteJWKSet } from 'jose';
import type { ExternalIssuer } from './externalIssuer.ts';

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** An issuer that could not be discovered is not asked again for this long, however many tokens name it. */
const PAUSE_MS = 5_000;
const TIMEOUT_MS = 5_000;

/** The issuer's key set, discovered once and then kept up by jose. A failure is not kept beyond the pause. */
export function keySetOf(oidc: ExternalIssuer, now: () => number): () => Promise<KeySet> {
  let found: Promise<KeySet> | undefined;
  let failure: { error: unknown; at_ms: number } | undefined;
  const find = async () => createRemoteJWKSet(new URL(oidc.jwksUrl ?? (await discover(oidc.issuer))));
  return () => {
    if (failure !== undefined && now() - failure.at_ms < PAUSE_MS) return Promise.reject(failure.error);
    found ??= find().catch((error: unknown) => {
      found = undefined;
      failure = { error, at_ms: now() };
      throw error;
    });
    return found;
  };
}

/** OpenID Connect Discovery 1.0 §4: the document must name the very issuer it was asked of. */
async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string')
    throw new Error(`${url} does not describe ${issuer}`);
  return document.jwks_uri;
}
