import { inner, optionalText, text } from './members.ts';
import { type Operation, requireClient } from './operation.ts';
import { SignInFault } from './signInFault.ts';
import { finishSrpSignIn } from './srpSignIn.ts';

export const respondToAuthChallenge: Operation = async (auth, members, address) => {
  if (text(members, 'ChallengeName') !== 'PASSWORD_VERIFIER') {
    throw new SignInFault(
      'InvalidParameterException',
      'ChallengeName must be PASSWORD_VERIFIER; there are no other challenges here.',
    );
  }
  const responses = inner(members, 'ChallengeResponses');
  const session = optionalText(members, 'Session');
  const client = await requireClient(auth, members);
  return finishSrpSignIn(auth, client, session, responses, address);
};
