import { errors, type JWTPayload, jwtVerify } from 'jose';
import { type Role, SCOPES_OF } from '../../contract/access.ts';
import { findClient } from '../../store/clients.ts';
import { getOrganization } from '../../store/organizations.ts';
import { ApiError } from '../errors.ts';
import type { Auth } from './auth.ts';
import type { ExternalIssuer } from './externalIssuer.ts';
import { keySetOf } from './issuerKeys.ts';
import { GRACE_S } from './ownTokens.ts';
import type { Check } from './standing.ts';
import { unauthorized } from './unauthorized.ts';

/** Public-key algorithms only: with a shared secret, whoever can check a token could also make one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Faults of the issuer's key set, as opposed to faults of a token. */
const KEY_SET_FAULTS = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

/** Verifies tokens of the external issuer. */
export function createExternalVerifier(auth: Auth, oidc: ExternalIssuer): (token: string) => Promise<Check> {
  const keySet = keySetOf(oidc, auth.now);
  return async (token) => {
    const { payload } = await jwtVerify(
      token,
      await keySet().catch((error) => unavailable(auth, oidc, error)),
      {
        issuer: oidc.issuer,
        algorithms: ALGORITHMS,
        clockTolerance: GRACE_S,
        currentDate: new Date(auth.now()),
        requiredClaims: ['exp', 'sub'],
      },
    ).catch((error: unknown) => {
      if (error instanceof errors.JWTExpired)
        throw unauthorized('The token has expired; get a new one from its issuer.');
      if (error instanceof errors.JOSEError && !KEY_SET_FAULTS.includes(error.code)) {
        throw unauthorized('The token is damaged, not signed by its issuer, or not valid yet.');
      }
      if (error instanceof ApiError) throw error;
      return unavailable(auth, oidc, error);
    });
    if (!isForUs(payload, oidc.audiences))
      throw unauthorized(
        'The token is meant for another application; use one of a client id that is configured here.',
      );
    // Other issuers need not say what a token is for; one that says "refresh" is no bearer token.
    const use = payload.token_use;
    if (use !== undefined && use !== 'id' && use !== 'access')
      throw unauthorized('Send the IdToken or the AccessToken, not another kind of token.');
    return () => standingOf(auth, oidc, payload);
  };
}

async function standingOf(auth: Auth, oidc: ExternalIssuer, claims: JWTPayload) {
  const claim = oidc.organizationClaim ?? 'custom:organization';
  const organization = oidc.organization ?? claims[claim];
  const exists =
    typeof organization === 'string' &&
    !organization.includes('\0') &&
    (await getOrganization(auth.db, organization)) !== null;
  if (!exists)
    throw unauthorized(
      oidc.organization
        ? `The organization ${oidc.organization} that external tokens are configured for does not exist.`
        : `The claim ${claim} of the token names no organization of this server.`,
    );
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

const isForUs = (claims: JWTPayload, audiences: readonly string[]) =>
  audiencesOf(claims).some((audience) => audiences.includes(audience));

/** A Cognito access token has `client_id` instead of `aud`. */
function audiencesOf(claims: JWTPayload): string[] {
  const all = [...(Array.isArray(claims.aud) ? claims.aud : [claims.aud]), claims.client_id];
  return all.filter((audience) => typeof audience === 'string');
}

function unavailable(auth: Auth, oidc: ExternalIssuer, error: unknown): never {
  auth.log?.warn({ err: error, issuer: oidc.issuer }, 'external issuer cannot be asked for its keys');
  throw new ApiError(
    'unavailable',
    'The issuer of the token cannot be asked for its keys; try again.',
    { 'Retry-After': '5' },
    { cause: error },
  );
}
