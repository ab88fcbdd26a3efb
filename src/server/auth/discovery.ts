import type { Auth } from './auth.ts';

/** The public keys of our tokens (RFC 7517), newest first. */
export async function jwks(auth: Auth): Promise<{ keys: Record<string, string>[] }> {
  return { keys: await auth.keys.publicKeys() };
}

/** Where our tokens come from and how others verify them (OpenID Connect Discovery 1.0 §3). `baseUrl`: where the keys are, without a slash at the end. */
export function openidConfiguration(auth: Auth, baseUrl: string) {
  return {
    issuer: auth.issuer,
    jwks_uri: `${baseUrl}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['none'],
  };
}
