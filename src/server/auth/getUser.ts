import { type Operation, requireAccessToken } from './operation.ts';

export const getUser: Operation = async (auth, members) => {
  const { account } = await requireAccessToken(auth, members);
  return {
    Username: account.Username,
    UserAttributes: [
      { Name: 'sub', Value: account.UserID },
      { Name: 'email', Value: account.Username },
      { Name: 'custom:organization', Value: account.organization },
      { Name: 'custom:role', Value: account.Role },
    ],
  };
};
