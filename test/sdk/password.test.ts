import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, signIn } from '../../src/sdk/index.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { impatient, scripted } from './scripted.ts';

let server: TestServer;
let admin: { username: string; password: string; clientId: string };
beforeAll(async () => {
  server = await startServer();
  admin = server.firstAdministrator!;
});
afterAll(() => server.end());

/** A coach of their own for each test, and how they sign in. */
async function coach(username: string) {
  const account = { url: server.url, username, password: 'the-old-password', clientId: admin.clientId };
  await createClient({ url: server.url, ...admin }).users.create({
    Username: username,
    Role: 'coach',
    Password: account.password,
  });
  return account;
}

test('the new password signs in, the old one does not, and this client goes on under either token', async () => {
  const account = await coach('ada@main.example');
  const client = createClient(account);
  await client.organization();
  const elsewhere = await signIn(account);
  await client.changePassword({ previous: account.password, proposed: 'the-new-password' });
  await client.organization();
  await expect(signIn(account)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  await signIn({ ...account, password: 'the-new-password' });
  const { refreshToken, idToken } = elsewhere;
  const other = createClient({
    url: server.url,
    refreshToken: refreshToken!,
    clientId: account.clientId,
    retries: 0,
  });
  await expect(other.organization()).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  await expect(createClient({ url: server.url, token: idToken }).organization()).rejects.toMatchObject({
    code: 'unauthorized',
  });
});

test('a client that keeps the password signs in with the new one once its sign-in has ended', async () => {
  const account = await coach('joan@main.example');
  const client = createClient(account);
  await client.changePassword({ previous: account.password, proposed: 'the-new-password' });
  const root = createClient({ url: server.url, ...admin });
  const own = (await root.users.list().all()).find(({ Username }) => Username === account.username)!;
  // Ends every sign-in of the account.
  await root.users.patch(own.UserID, { Password: 'the-new-password' });
  await client.organization();
});

test.each([
  ['wrong', 'the-new-password', 'NotAuthorizedException'],
  ['the-old-password', 'short', 'InvalidPasswordException'],
  ['the-old-password', 'x'.repeat(257), 'InvalidPasswordException'],
  ['', 'the-new-password', 'InvalidParameterException'],
])('%s to %s is refused as %s, and nothing changes', async (previous, proposed, code) => {
  const account = await coach(`refused-${code}-${proposed.length}@main.example`);
  const client = createClient(account);
  await expect(client.changePassword({ previous, proposed })).rejects.toMatchObject({ code });
  await signIn(account);
});

test('a sign-in that has ended is told from a wrong password, by access and by refresh token', async () => {
  const account = await coach('grace@main.example');
  const { refreshToken } = await signIn(account);
  const client = createClient({ url: server.url, refreshToken: refreshToken!, clientId: account.clientId });
  await client.organization();
  await createClient(account).changePassword({
    previous: account.password,
    proposed: 'the-new-password',
  });
  const change = { previous: 'the-new-password', proposed: 'another-password' };
  await expect(client.changePassword(change)).rejects.toMatchObject({
    code: 'unauthorized',
    message: 'Access Token has been revoked',
  });
  const late = createClient({ url: server.url, refreshToken: refreshToken!, clientId: account.clientId });
  await expect(late.changePassword(change)).rejects.toMatchObject({
    code: 'unauthorized',
    message: 'Refresh Token has been revoked',
  });
});

test('a client whose refresh token is asked for goes on after signing in anew', async () => {
  const account = await coach('mary@main.example');
  let { refreshToken } = await signIn(account);
  const client = createClient({
    url: server.url,
    refreshToken: () => refreshToken!,
    clientId: account.clientId,
  });
  await client.organization();
  const proposed = 'the-new-password';
  await createClient(account).changePassword({ previous: account.password, proposed });
  await expect(client.organization()).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  ({ refreshToken } = await signIn({ ...account, password: proposed }));
  await client.organization();
  await client.changePassword({ previous: proposed, proposed: 'another-password' });
});

test('an access token of the program’s own will do; an API key has no password', async () => {
  const account = await coach('katherine@main.example');
  const { AccessToken, IdToken } = await server.signIn(account.username, account.password, account.clientId);
  const change = { previous: account.password, proposed: 'the-new-password' };
  await expect(
    createClient({ url: server.url, token: IdToken }).changePassword(change),
  ).rejects.toMatchObject({ code: 'unauthorized' });
  await createClient({ url: server.url, token: AccessToken }).changePassword(change);
  await signIn({ ...account, password: 'the-new-password' });
  await expect(
    createClient({ url: server.url, apiKey: 'kb_x' }).changePassword(change),
  ).rejects.toMatchObject({ code: 'forbidden', status: 0 });
});

test('an answer that was lost is not asked for again: the old password may be the wrong one by then', async () => {
  const { url, seen } = await scripted(
    { body: { AuthenticationResult: { IdToken: 'id-1', AccessToken: 'access-1', ExpiresIn: 3600 } } },
    (_, response) => response.destroy(),
  );
  const { client } = impatient(url, { username: 'ada', password: 'old', clientId: 'main' });
  await expect(client.changePassword({ previous: 'old', proposed: 'new' })).rejects.toMatchObject({
    code: 'network',
  });
  expect(seen.map(({ headers }) => headers['x-amz-target'])).toEqual([
    'AWSCognitoIdentityProviderService.InitiateAuth',
    'AWSCognitoIdentityProviderService.ChangePassword',
  ]);
  expect(JSON.parse(seen[1]!.body)).toEqual({
    AccessToken: 'access-1',
    PreviousPassword: 'old',
    ProposedPassword: 'new',
  });
});
