import type { RegisteredClient } from '../../store/clients.ts';
import { newId } from '../../store/ids.ts';
import type { Auth } from './auth.ts';
import { type Members, text } from './members.ts';
import { accountFor, refuseGuessing } from './operation.ts';
import { wrongCredentials } from './signInFault.ts';
import { startSignIn } from './startSignIn.ts';

/** Flow USER_PASSWORD_AUTH: user name and password in one request. */
export async function passwordSignIn(
  auth: Auth,
  client: RegisteredClient,
  parameters: Members,
  address: string,
): Promise<object> {
  const username = text(parameters, 'USERNAME');
  const password = text(parameters, 'PASSWORD');
  const begun_ms = auth.now();
  const refuse = () => refuseGuessing(auth, username, address);
  refuse();
  const [account] = await Promise.all([
    accountFor(auth, client, username),
    auth.failures.learn(username, address),
  ]);
  if (!(await auth.passwords.verify(account?.passwordHash ?? null, password, refuse)) || account === null) {
    await auth.failures.failed(username, address);
    throw wrongCredentials();
  }
  return startSignIn(auth, { account, clientId: client.ClientID, origin: newId(begun_ms), begun_ms });
}
