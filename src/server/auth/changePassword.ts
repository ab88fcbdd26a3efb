import { countRevocation } from '../../store/revocations.ts';
import { revokeSignInsOf } from '../../store/signIns.ts';
import { nowMicroseconds } from '../../store/time.ts';
import { setPassword } from '../../store/users.ts';
import { makeCredentials } from './credentials.ts';
import { text } from './members.ts';
import { type Operation, refuseGuessing, requireAccessToken } from './operation.ts';
import { SignInFault, wrongCredentials } from './signInFault.ts';

/** Same bounds as `POST /users`. */
const SHORTEST = 10;
const LONGEST = 256;

/** Replaces the password of the token's user and ends its other sign-ins; the one that asks goes on. */
export const changePassword: Operation = async (auth, members, address) => {
  const previous = text(members, 'PreviousPassword');
  const proposed = text(members, 'ProposedPassword');
  const { account, origin } = await requireAccessToken(auth, members);
  const { Username: username, UserID: id, organization } = account;
  if ([...proposed].length < SHORTEST || [...proposed].length > LONGEST) {
    throw new SignInFault(
      'InvalidPasswordException',
      `Password did not conform with policy: it must have ${SHORTEST} to ${LONGEST} characters.`,
    );
  }
  const refuse = () => refuseGuessing(auth, username, address);
  refuse();
  await auth.failures.learn(username, address);
  if (!(await auth.passwords.verify(account.passwordHash, previous, refuse))) {
    await auth.failures.failed(username, address);
    throw wrongCredentials();
  }
  const credentials = await makeCredentials(auth, username, proposed);
  await auth.db.transaction(async (db) => {
    // The one who changed it a moment earlier wins: the password just checked is not the user's any more.
    if (!(await setPassword(db, organization, id, credentials, account.passwordHash)))
      throw wrongCredentials();
    await revokeSignInsOf(db, id, nowMicroseconds(auth.now()), origin);
    await countRevocation(db);
  });
  auth.verified.drop({ user: id });
  return {};
};
