import { inner, text } from './members.ts';
import { type Operation, requireClient } from './operation.ts';
import { passwordSignIn } from './passwordSignIn.ts';
import { refreshSignIn } from './refreshSignIn.ts';
import { SignInFault } from './signInFault.ts';
import { beginSrpSignIn } from './srpSignIn.ts';

/** `REFRESH_TOKEN` is the older name of `REFRESH_TOKEN_AUTH`; Amazon takes both. */
const FLOWS = {
  USER_PASSWORD_AUTH: passwordSignIn,
  USER_SRP_AUTH: beginSrpSignIn,
  REFRESH_TOKEN_AUTH: refreshSignIn,
  REFRESH_TOKEN: refreshSignIn,
};

export const initiateAuth: Operation = async (auth, members, address) => {
  const flow = text(members, 'AuthFlow');
  if (!Object.hasOwn(FLOWS, flow)) {
    throw new SignInFault(
      'InvalidParameterException',
      `AuthFlow must be one of ${Object.keys(FLOWS).join(', ')}.`,
    );
  }
  const parameters = inner(members, 'AuthParameters');
  const client = await requireClient(auth, members);
  return FLOWS[flow as keyof typeof FLOWS](auth, client, parameters, address);
};
