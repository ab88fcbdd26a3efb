import type { ChildProcess } from 'node:child_process';
import { collect, createShell, type Ran, until } from '../cli/kinebase.ts';
import { STORES } from '../objects/stores.ts';
import { createCaller } from '../server/uploading.ts';
import { freePort } from '../setup/postgres.ts';
import { databasePlace, type Place } from '../store/engines.ts';

/** One server process of several. */
export interface Node {
  url: string;
  port: number;
  /** SIGTERM; resolves with what it said once it has ended. */
  terminate(): Promise<Ran>;
  /** SIGKILL: as a crash does it. */
  kill(): Promise<Ran>;
  /** Starts it again on its port. */
  start(): Promise<void>;
}

export interface Nodes {
  nodes: Node[];
  place: Place;
  administrator: { username: string; clientId: string; password: string };
  end(): Promise<void>;
}

/** Real server processes, started at the same moment on one empty database and one empty place for objects. */
export async function startNodes(
  count: number,
  env: Record<string, string> = {},
  store = STORES[0]!,
): Promise<Nodes> {
  const place = await databasePlace();
  const shell = createShell();
  const objects = await store.place();
  const said: string[] = [];

  const createNode = async (): Promise<Node> => {
    const port = await freePort();
    let child: ChildProcess;
    let ended: Promise<Ran>;
    return {
      port,
      url: `http://127.0.0.1:${port}`,
      start: async () => {
        child = shell.start(['serve', '--port', String(port), '--data', shell.home], {
          env: {
            KINEBASE_DATABASE_URL: place.url,
            KINEBASE_OBJECTS_URL: objects.url,
            ...(objects.credentials && {
              KINEBASE_S3_ACCESS_KEY: objects.credentials.accessKey,
              KINEBASE_S3_SECRET_KEY: objects.credentials.secretKey,
            }),
            KINEBASE_LOG_LEVEL: 'error',
            ...env,
          },
        });
        ended = collect(child);
        said.push(await until(child, /is ready at \S+\n/));
      },
      terminate: () => {
        child.kill('SIGTERM');
        return ended;
      },
      kill: () => {
        child.kill('SIGKILL');
        return ended;
      },
    };
  };

  const nodes = await Promise.all(Array.from({ length: count }, createNode));
  const end = async () => {
    shell.end();
    await place.remove();
    await objects.remove();
  };
  try {
    await Promise.all(nodes.map((node) => node.start()));
  } catch (error) {
    await end();
    throw error;
  }
  const shown = said.flatMap((text) => {
    const found = /username\s+(\S+)\s+client id\s+(\S+)\s+password\s+(\S+)/.exec(text);
    return found ? [{ username: found[1]!, clientId: found[2]!, password: found[3]! }] : [];
  });
  if (shown.length !== 1) throw new Error(`${shown.length} servers showed a first administrator`);
  return { nodes, place, administrator: shown[0]!, end };
}

interface DoorAnswer {
  __type?: string;
  AuthenticationResult?: Tokens;
}

/** One operation of the sign-in door. */
export async function door(url: string, operation: string, members: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify(members),
  });
  return { status: response.status, json: (await response.json()) as DoorAnswer };
}

export interface Tokens {
  IdToken: string;
  AccessToken: string;
  RefreshToken: string;
}

export const passwordFlow = (username: string, password: string, clientId: string) => ({
  AuthFlow: 'USER_PASSWORD_AUTH',
  ClientId: clientId,
  AuthParameters: { USERNAME: username, PASSWORD: password },
});

export async function signIn(
  url: string,
  { username, password, clientId }: Nodes['administrator'],
): Promise<Tokens> {
  const { status, json } = await door(url, 'InitiateAuth', passwordFlow(username, password, clientId));
  if (status !== 200) throw new Error(JSON.stringify(json));
  return json.AuthenticationResult!;
}

export const callerOf = (url: string, { IdToken }: Pick<Tokens, 'IdToken'>) =>
  createCaller(url, `Bearer ${IdToken}`);
