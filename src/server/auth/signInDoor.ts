import type { Auth } from './auth.ts';

export interface SignInRequest {
  /** The header `X-Amz-Target`. */
  target: string | undefined;
  body: Uint8Array;
  remoteAddress: string;
}

export interface SignInAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type SignInDoor = (request: SignInRequest) => Promise<SignInAnswer>;

/** The sign-in door: one operation per `X-Amz-Target`, as clients of Amazon Cognito speak it. Never throws. */
export function createSignInDoor(_auth: Auth): SignInDoor {
  throw new Error('not written yet');
}
