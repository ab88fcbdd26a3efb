import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { SCOPES_OF, type Role } from '../../contract/access.ts';
import { findClient } from '../../store/clients.ts';
import { getOrganization } from '../../store/organizations.ts';
import { ApiError } from '../errors.ts';
import type { Auth } from './auth.ts';
import { GRACE_S } from './ownTokens.ts';
import type { Check } from './standing.ts';
import { unauthorized } from './unauthorized.ts';

/** Another issuer whose tokens are accepted, such as a real Cognito pool. */
export interface ExternalIssuer {
  /** `iss` of its tokens, to the letter. */
  issuer: string;
  /** Its key set; taken from the issuer's openid-configuration when absent. */
  jwksUrl?: string;
  /** Accepted values of `aud` or `client_id`. */
  audiences: readonly string[];
  /** Organization of everyone who comes from there; absent: the claim below says it. */
  organization?: string;
  /** Default `custom:organization`. */
  organizationClaim?: string;
  /** Claim with one or several roles, of which the highest counts; default `cognito:groups`. Without a known one: viewer. */
  roleClaim?: string;
}

/** Public-key algorithms only: with a shared secret, whoever can check a token could also make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

/** An issuer that did not answer is not asked again for this long, however many tokens name it. */
const PAUSE_MS = 5_000;
const DISCOVERY_TIMEOUT_MS = 5_000;

/** Verifies tokens of the external issuer. */
export function createExternalVerifier(auth: Auth, oidc: ExternalIssuer): (token: string) => Promise<Check> {
  const keySet = keySetOf(oidc, auth.now);
  return async (token) => {
    const { payload } = await jwtVerify(token, await keySet().catch((error) => unavailable(auth, oidc, error)), {
      issuer: oidc.issuer,
      algorithms: ALGORITHMS,
      clockTolerance: GRACE_S,
      currentDate: new Date(auth.now()),
      requiredClaims: ['exp', 'sub'],
    }).catch((error: unknown) => {
      if (error instanceof errors.JWTExpired) throw unauthorized('The token has expired; get a new one from its issuer.');
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== 'ERR_JOSE_GENERIC') {
        throw unauthorized('The token is damaged, not signed by its issuer, or not valid yet.');
      }
      if (error instanceof ApiError) throw error;
      return unavailable(auth, oidc, error);
    });
    if (!isForUs(payload, oidc.audiences)) throw unauthorized('The token is meant for another application; use one of a client id that is configured here.');
    // Other issuers need not say what a token is for; one that says "refresh" is no bearer token.
    const use = payload['token_use'];
    if (use !== undefined && use !== 'id' && use !== 'access') throw unauthorized('Send the IdToken or the AccessToken, not another kind of token.');
    return () => standingOf(auth, oidc, payload);
  };
}

async function standingOf(auth: Auth, oidc: ExternalIssuer, claims: JWTPayload) {
  const claim = oidc.organizationClaim ?? 'custom:organization';
  const organization = oidc.organization ?? claims[claim];
  const exists = typeof organization === 'string' && !organization.includes('\0') && (await getOrganization(auth.db, organization)) !== null;
  if (!exists) throw unauthorized(oidc.organization ? `The organization ${oidc.organization} that external tokens are configured for does not exist.` : `The claim ${claim} of the token names no organization of this server.`);
  const clientId = audiencesOf(claims).find((audience) => oidc.audiences.includes(audience))!;
  const client = await findClient(auth.db, clientId);
  const ours = client !== null && (client.organization === null || client.organization === organization);
  return {
    principal: {
      organization,
      scopes: new Set(SCOPES_OF[roleOf(claims[oidc.roleClaim ?? 'cognito:groups'])]),
      operator: false,
      bodyForm: ours ? client.BodyForm : 'string',
      subject: claims.sub!,
      kind: 'external',
    } as const,
    until_ms: (claims.exp! + GRACE_S) * 1000,
    origin: ours ? { client: clientId } : {},
  };
}

function roleOf(claim: unknown): Role {
  const named: unknown[] = Array.isArray(claim) ? claim : [claim];
  return (['admin', 'coach'] as const).find((role) => named.includes(role)) ?? 'viewer';
}

const isForUs = (claims: JWTPayload, audiences: readonly string[]) => audiencesOf(claims).some((audience) => audiences.includes(audience));

/** A Cognito access token has `client_id` instead of `aud`. */
function audiencesOf(claims: JWTPayload): string[] {
  const all = [...(Array.isArray(claims.aud) ? claims.aud : [claims.aud]), claims['client_id']];
  return all.filter((audience) => typeof audience === 'string');
}

function unavailable(auth: Auth, oidc: ExternalIssuer, error: unknown): never {
  auth.log?.warn({ err: error, issuer: oidc.issuer }, 'external issuer cannot be asked for its keys');
  throw new ApiError('unavailable', 'The issuer of the token cannot be asked for its keys; try again.', { 'Retry-After': '5' }, { cause: error });
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** The issuer's key set, found once. Failures are not kept beyond the pause. */
function keySetOf(oidc: ExternalIssuer, now: () => number): () => Promise<KeySet> {
  let found: Promise<KeySet> | undefined;
  let failed_ms = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  return () => {
    if (now() - failed_ms < PAUSE_MS) return Promise.reject(failure);
    found ??= (async () => createRemoteJWKSet(new URL(oidc.jwksUrl ?? (await discover(oidc.issuer)))))().catch((error: unknown) => {
      found = undefined;
      failed_ms = now();
      failure = error;
      throw error;
    });
    return found;
  };
}

/** OpenID Connect Discovery 1.0 §4: the document must name the very issuer it was asked of. */
async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string') throw new Error(`${url} does not describe ${issuer}`);
  return document.jwks_uri;
}
