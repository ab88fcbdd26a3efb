import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUser } from '../../../src/server/auth/administration.ts';
import { type AuthOptions, openAuth } from '../../../src/server/auth/auth.ts';
import { createAuthenticator } from '../../../src/server/auth/authenticate.ts';
import { createSignInDoor } from '../../../src/server/auth/signInDoor.ts';
import { createClient } from '../../../src/store/clients.ts';
import type { Db } from '../../../src/store/db.ts';
import { createOrganization } from '../../../src/store/organizations.ts';
import { openTemporary } from './temporary.ts';

export const COACH = { username: 'coach@riverside.example', password: 'demo-movement-1' };
export const BOSS = { username: 'boss@riverside.example', password: 'boss-movement-1' };
export const OTHER = { username: 'coach@northside.example', password: 'demo-movement-2' };

export type Installation = Awaited<ReturnType<typeof openInstallation>>;

export interface Tokens {
  IdToken: string;
  AccessToken: string;
  RefreshToken: string;
  ExpiresIn: number;
  TokenType: string;
}

/**
 * Two organizations on a real store: Riverside (client `riverside`) with an administrator and a coach, Northside (client
 * `northside-swift`, parsed bodies) with a coach; client `open` is for both. The clock stands still unless moved.
 */
export async function openInstallation(options: Partial<AuthOptions> = {}, engine: Db['dialect'] = 'sqlite') {
  const store = await openTemporary(engine);
  const { db } = store;
  // Client libraries compare tokens with the real time.
  const clock = { ms: Date.now() };
  const faults: object[] = [];
  const auth = await openAuth({
    db,
    now: () => clock.ms,
    issuer: 'http://127.0.0.1:4750/local_kinebase',
    poolId: 'local_kinebase',
    log: { warn: (details) => faults.push(details), error: (details) => faults.push(details) },
    ...options,
  });
  for (const [id, name] of [
    ['riverside', 'Riverside Performance'],
    ['northside', 'Northside Clinic'],
  ] as const) {
    await createOrganization(db, id, name, 0);
  }
  await createClient(db, 'riverside', { ClientID: 'riverside', Name: 'Riverside', BodyForm: 'string' }, 0);
  await createClient(
    db,
    'northside',
    { ClientID: 'northside-swift', Name: 'Northside', BodyForm: 'json' },
    0,
  );
  await createClient(db, null, { ClientID: 'open', Name: 'Open', BodyForm: 'string' }, 0);
  const boss = await createUser(auth, 'riverside', {
    Username: BOSS.username,
    Role: 'admin',
    Password: BOSS.password,
  });
  const coach = await createUser(auth, 'riverside', {
    Username: COACH.username,
    Role: 'coach',
    Password: COACH.password,
  });
  const other = await createUser(auth, 'northside', {
    Username: OTHER.username,
    Role: 'coach',
    Password: OTHER.password,
  });

  const door = createSignInDoor(auth);
  const ask = async (operation: string, members: unknown, remoteAddress = '192.0.2.1') => {
    const answer = await door({
      target: `AWSCognitoIdentityProviderService.${operation}`,
      body: new TextEncoder().encode(JSON.stringify(members)),
      remoteAddress,
    });
    return { ...answer, json: JSON.parse(answer.body) };
  };
  const trySignIn = (
    who: { username: string; password: string } = COACH,
    ClientId = 'riverside',
    address?: string,
  ) =>
    ask(
      'InitiateAuth',
      {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: { USERNAME: who.username, PASSWORD: who.password },
      },
      address,
    );
  const signIn = async (who = COACH, clientId = 'riverside'): Promise<Tokens> => {
    const answer = await trySignIn(who, clientId);
    if (answer.status !== 200) throw new Error(answer.body);
    return answer.json.AuthenticationResult;
  };
  const http = await serve(door);
  return {
    auth,
    db,
    clock,
    faults,
    door,
    ask,
    trySignIn,
    signIn,
    authenticate: createAuthenticator(auth),
    users: { boss: boss.UserID, coach: coach.UserID, other: other.UserID },
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await store.close();
    },
  };
}

/** The door behind a bare HTTP server, for client libraries. */
async function serve(door: ReturnType<typeof createSignInDoor>): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await door({
      target: request.headers['x-amz-target'] as string | undefined,
      body: Buffer.concat(chunks),
      remoteAddress: request.socket.remoteAddress ?? '',
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The code of the ApiError a promise is rejected with; null when it is not. */
export const refusal = (promise: Promise<unknown>): Promise<string | null> =>
  promise.then(
    () => null,
    (error: { code: string }) => error.code,
  );
