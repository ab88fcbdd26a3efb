import type { TokenSource } from './auth.ts';
import type { CallOptions } from './call.ts';
import { isKinebaseError, KinebaseError } from './errors.ts';
import type { Settings } from './settings.ts';
import { door } from './signIn.ts';

export interface PasswordChange {
  /** The password until now. */
  previous: string;
  /** 10 to 256 characters. */
  proposed: string;
}

export type ChangePassword = (change: PasswordChange, options?: CallOptions) => Promise<void>;

/** Sent once only: a second attempt would not know whether the first has made `previous` the wrong one. */
export const passwordChange =
  (settings: Settings, tokens: TokenSource): ChangePassword =>
  async ({ previous, proposed }, options) => {
    const AccessToken = await tokens.access().catch(notThePassword);
    const members = { AccessToken, PreviousPassword: previous, ProposedPassword: proposed };
    await door(settings, 'ChangePassword', members, () => {}, { ...options, repeatable: false }).catch(
      (error) => {
        throw /access token/i.test(error.message) ? notThePassword(error) : error;
      },
    );
    tokens.passwordIs(proposed);
  };

/** The door has one name for a wrong password and for a sign-in that has ended; who asks must know which of the two it was. */
function notThePassword(error: unknown): never {
  if (!isKinebaseError(error) || error.code !== 'NotAuthorizedException') throw error;
  const { message, status, requestId, body } = error;
  throw new KinebaseError('unauthorized', message, { status, requestId, body, cause: error });
}
