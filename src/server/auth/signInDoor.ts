import { randomUUID } from 'node:crypto';
import type { SignInErrorBody } from '../../contract/errors.ts';
import { isOutage } from '../errors.ts';
import type { Auth } from './auth.ts';
import { changePassword } from './changePassword.ts';
import { getUser } from './getUser.ts';
import { globalSignOut } from './globalSignOut.ts';
import { initiateAuth } from './initiateAuth.ts';
import { readMembers } from './members.ts';
import type { Operation } from './operation.ts';
import { respondToAuthChallenge } from './respondToAuthChallenge.ts';
import { revokeToken } from './revokeToken.ts';
import { SignInFault } from './signInFault.ts';

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

const SERVICE = 'AWSCognitoIdentityProviderService.';

const OPERATIONS: Readonly<Record<string, Operation>> = {
  InitiateAuth: initiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  RevokeToken: revokeToken,
  GlobalSignOut: globalSignOut,
  GetUser: getUser,
  ChangePassword: changePassword,
};

/** The sign-in door: one operation per `X-Amz-Target`, as clients of Amazon Cognito speak it. Never throws. */
export function createSignInDoor(auth: Auth): SignInDoor {
  return async ({ target, body, remoteAddress }) => {
    const id = randomUUID();
    try {
      const operation = operationOf(target);
      return answer(200, id, await operation(auth, readMembers(body), remoteAddress));
    } catch (error) {
      const fault = error instanceof SignInFault ? error : internal(auth, error, id, target);
      const explained: SignInErrorBody = { __type: fault.code, message: fault.message };
      const headers = { 'x-amzn-errortype': fault.code };
      return isOutage(error)
        ? answer(503, id, explained, { ...headers, 'retry-after': '5' })
        : answer(fault.status, id, explained, headers);
    }
  };
}

function operationOf(target: string | undefined): Operation {
  const name = target?.startsWith(SERVICE) ? target.slice(SERVICE.length) : '';
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation !== undefined) return operation;
  const known = Object.keys(OPERATIONS).join(', ');
  throw new SignInFault(
    'UnknownOperationException',
    `The header X-Amz-Target must be ${SERVICE} and one of: ${known}.`,
  );
}

function internal(auth: Auth, error: unknown, id: string, target: string | undefined): SignInFault {
  auth.log?.error({ err: error, requestId: id, target }, 'sign-in failed');
  return new SignInFault('InternalErrorException', `The server failed. Its log explains request ${id}.`);
}

function answer(status: number, id: string, body: object, more: Record<string, string> = {}): SignInAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'cache-control': 'no-store',
      'x-amzn-requestid': id,
      ...more,
    },
    body: JSON.stringify(body),
  };
}
