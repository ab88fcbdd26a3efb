import { timingSafeEqual } from 'node:crypto';
import type { RegisteredClient } from '../../store/clients.ts';
import { newId } from '../../store/ids.ts';
import { type Auth, poolName } from './auth.ts';
import { type Members, text } from './members.ts';
import { accountFor, refuseGuessing } from './operation.ts';
import { SignInFault, wrongCredentials } from './signInFault.ts';
import {
  claimSignature,
  madeUpVerifier,
  newSecretValue,
  publicValue,
  readPublicValue,
  sessionKey,
} from './srp.ts';
import { CHALLENGE_MS, openChallenge, type SrpChallenge, sealChallenge } from './srpChallenge.ts';
import { startSignIn } from './startSignIn.ts';

/** Flow USER_SRP_AUTH, first step: answers salt and public value, also for users that do not exist. */
export async function beginSrpSignIn(
  auth: Auth,
  client: RegisteredClient,
  parameters: Members,
  address: string,
): Promise<object> {
  const username = text(parameters, 'USERNAME').toLowerCase();
  const A = readPublicValue(text(parameters, 'SRP_A'));
  if (A === null)
    throw new SignInFault(
      'InvalidParameterException',
      'SRP_A must be a hexadecimal number between 1 and N - 1.',
    );
  refuseGuessing(auth, username, address);
  const begun_ms = auth.now();
  const { srpSalt, srpVerifier } =
    (await accountFor(auth, client, username)) ?? madeUpVerifier(auth.secrets.unknownUser, username);
  const b = newSecretValue();
  const sealed = sealChallenge(auth.secrets.challenge, {
    origin: newId(begun_ms),
    username,
    clientId: client.ClientID,
    A: A.toString(16),
    b: b.toString('hex'),
    begun_ms,
  });
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: sealed.toString('base64url'),
    ChallengeParameters: {
      USER_ID_FOR_SRP: username,
      USERNAME: username,
      SRP_B: publicValue(b, srpVerifier).toString(16),
      SALT: srpSalt,
      SECRET_BLOCK: sealed.toString('base64'),
    },
  };
}

/** "Mon Nov 3 09:05:00 UTC 2026", in English: what Amazon demands of TIMESTAMP. Some libraries pad the day. */
const TIMESTAMP =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0]?\d{1,2} \d{2}:\d{2}:\d{2} UTC \d{4}$/;

/** Challenge PASSWORD_VERIFIER, second step: checks the proof that the client knew the password. */
export async function finishSrpSignIn(
  auth: Auth,
  client: RegisteredClient,
  session: string | undefined,
  responses: Members,
  address: string,
): Promise<object> {
  const username = text(responses, 'USERNAME').toLowerCase();
  const block = Buffer.from(text(responses, 'PASSWORD_CLAIM_SECRET_BLOCK'), 'base64');
  const signature = Buffer.from(text(responses, 'PASSWORD_CLAIM_SIGNATURE'), 'base64');
  const timestamp = text(responses, 'TIMESTAMP');
  // The client's clock may be wrong, so the time itself is not compared: the sealed challenge knows ours.
  if (!TIMESTAMP.test(timestamp)) {
    throw new SignInFault(
      'InvalidParameterException',
      'TIMESTAMP must look like "Mon Nov 3 09:05:00 UTC 2026".',
    );
  }
  const challenge = openChallenge(auth.secrets.challenge, block);
  // Not every library sends Session back; one that does must send the one that belongs to the block.
  const sameSession = session === undefined || Buffer.from(session, 'base64url').equals(block);
  if (
    challenge === null ||
    !sameSession ||
    challenge.clientId !== client.ClientID ||
    challenge.username !== username
  ) {
    throw new SignInFault('NotAuthorizedException', 'Invalid session for the user.');
  }
  if (auth.now() - challenge.begun_ms > CHALLENGE_MS) {
    throw new SignInFault('NotAuthorizedException', 'Invalid session for the user, session is expired.');
  }
  const [account] = await Promise.all([
    accountFor(auth, client, username),
    auth.failures.learn(username, address),
  ]);
  // From here to the count of failures nothing waits, so that guesses sent at once are counted one by one.
  refuseGuessing(auth, username, address);
  const { srpVerifier } = account ?? madeUpVerifier(auth.secrets.unknownUser, username);
  const proved = provesPassword(poolName(auth.poolId), challenge, srpVerifier, block, timestamp, signature);
  if (account === null || !proved) {
    await auth.failures.failed(username, address);
    throw wrongCredentials();
  }
  return startSignIn(auth, {
    account,
    clientId: client.ClientID,
    origin: challenge.origin,
    begun_ms: challenge.begun_ms,
  });
}

function provesPassword(
  pool: string,
  challenge: SrpChallenge,
  srpVerifier: string,
  block: Buffer,
  timestamp: string,
  signature: Buffer,
): boolean {
  const key = sessionKey(BigInt(`0x${challenge.A}`), Buffer.from(challenge.b, 'hex'), srpVerifier);
  if (key === null) return false;
  const expected = claimSignature(key, pool, challenge.username, block, timestamp);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
