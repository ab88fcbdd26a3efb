import { decodeJwt } from 'jose';
import { hashOfSecret } from '../../store/keys.ts';
import { countRevocation } from '../../store/revocations.ts';
import { findSignInByToken, revokeSignIn } from '../../store/signIns.ts';
import { nowMicroseconds } from '../../store/time.ts';
import { text } from './members.ts';
import { type Operation, requireClient } from './operation.ts';
import { SignInFault } from './signInFault.ts';

/** Ends the sign-in of a refresh token. A token that nobody knows is as good as revoked (RFC 7009 §2.2). */
export const revokeToken: Operation = async (auth, members) => {
  const token = text(members, 'Token');
  const client = await requireClient(auth, members);
  const use = useOf(token);
  if (use === 'id' || use === 'access') {
    throw new SignInFault(
      'UnsupportedTokenTypeException',
      'Token must be a refresh token; revoking it ends the others too.',
    );
  }
  const signIn = await findSignInByToken(auth.db, hashOfSecret(token));
  if (signIn === null) return {};
  if (signIn.clientId !== client.ClientID) {
    throw new SignInFault('NotAuthorizedException', 'The token was issued to another client.');
  }
  await auth.db.transaction(async (db) => {
    await revokeSignIn(db, signIn.origin, nowMicroseconds(auth.now()));
    await countRevocation(db);
  });
  auth.verified.drop({ signIn: signIn.origin });
  return {};
};

function useOf(token: string): unknown {
  try {
    return decodeJwt(token).token_use;
  } catch {
    return undefined;
  }
}
