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
