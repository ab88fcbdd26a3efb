import { SIGN_IN_ERRORS, type SignInError } from '../../contract/errors.ts';

/** An error of the sign-in door: a name that clients of Amazon Cognito know, and what to change. */
export class SignInFault extends Error {
  override readonly name = 'SignInFault';
  readonly code: SignInError;
  constructor(code: SignInError, message: string) {
    super(message);
    this.code = code;
  }
  get status(): number {
    return SIGN_IN_ERRORS[this.code];
  }
}

/** One answer for a wrong password, an unknown user and a user of another organization. */
export const wrongCredentials = () =>
  new SignInFault('NotAuthorizedException', 'Incorrect username or password.');
