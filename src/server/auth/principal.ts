import type { Scope } from '../../contract/access.ts';
import type { BodyForm } from '../../contract/wire.ts';

/** Who is asking: the result of checking a bearer token, whatever kind it was. */
export interface Principal {
  /** Organization that everything the request touches belongs to. */
  readonly organization: string;
  readonly scopes: ReadonlySet<Scope>;
  /** May create organizations. */
  readonly operator: boolean;
  /** Form of `body` unless the request prefers another. */
  readonly bodyForm: BodyForm;
  /** User id, API key id or external subject, for the log. */
  readonly subject: string;
  readonly kind: 'user' | 'key' | 'external';
}
