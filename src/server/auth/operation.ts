import { findClient, type RegisteredClient } from '../../store/clients.ts';
import type { StoredSignIn } from '../../store/signIns.ts';
import { type Account, findAccount } from '../../store/users.ts';
import type { Auth } from './auth.ts';
import { type Members, text } from './members.ts';
import { liveSignIn, TokenFault, type TokenFaultReason, verifyOwnToken } from './ownTokens.ts';
import { SignInFault } from './signInFault.ts';

/** One operation of the sign-in door: the request's members in, the answer's members out. */
export type Operation = (auth: Auth, members: Members, address: string) => Promise<object>;

/** The app client a request names. */
export async function requireClient(auth: Auth, members: Members): Promise<RegisteredClient> {
  const id = text(members, 'ClientId');
  const client = await findClient(auth.db, id);
  if (client === null)
    throw new SignInFault(
      'ResourceNotFoundException',
      `User pool client ${id.slice(0, 128)} does not exist.`,
    );
  return client;
}

/** The account of that name, unless its organization is not the client's: then there is none, as far as anyone can tell. */
export async function accountFor(
  auth: Auth,
  client: RegisteredClient,
  username: string,
): Promise<Account | null> {
  const account = await findAccount(auth.db, username);
  return account !== null && (client.organization === null || client.organization === account.organization)
    ? account
    : null;
}

/** Refuses to look at another password while this name and address have failed too often. */
export function refuseGuessing(auth: Auth, username: string, address: string): void {
  const wait_s = auth.failures.wait_s(username, address);
  if (wait_s > 0)
    throw new SignInFault('TooManyRequestsException', `Too many failed sign-ins. Try again in ${wait_s} s.`);
}

/** The live sign-in of the member AccessToken. */
export async function requireAccessToken(auth: Auth, members: Members): Promise<StoredSignIn> {
  try {
    const claims = await verifyOwnToken(auth, text(members, 'AccessToken'));
    if (claims.use !== 'access') throw new TokenFault('invalid');
    return await liveSignIn(auth, claims);
  } catch (error) {
    if (error instanceof TokenFault)
      throw new SignInFault('NotAuthorizedException', ACCESS_TOKEN[error.reason]);
    throw error;
  }
}

const ACCESS_TOKEN: Record<TokenFaultReason, string> = {
  expired: 'Access Token has expired',
  revoked: 'Access Token has been revoked',
  invalid: 'Invalid Access Token',
};
