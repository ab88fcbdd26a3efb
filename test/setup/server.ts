import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../../src/server/config.ts';
import { type Running, serve } from '../../src/server/main.ts';

/** The real server on a free port with a data folder of its own, and what tests do with it. */
export interface TestServer extends Running {
  data: string;
  /** Signs in and answers the tokens. */
  signIn(
    username: string,
    password: string,
    clientId: string,
  ): Promise<{ IdToken: string; AccessToken: string; RefreshToken: string }>;
  /** Stops the server and removes its folder. */
  end(): Promise<void>;
}

export async function startServer(
  options: Partial<
    Record<'DEMO' | 'DATA' | 'UPLOAD_LIMIT_MB' | 'DATABASE_URL' | 'WEBHOOK_PRIVATE', string>
  > = {},
  change: (config: Config) => Config = (config) => config,
): Promise<TestServer> {
  const data = options.DATA ?? mkdtempSync(join(tmpdir(), 'kinebase-test-'));
  const running = await serve(
    change(readConfig({}, { PORT: '0', LOG_LEVEL: 'silent', ...options, DATA: data })),
  );
  return {
    ...running,
    data,
    signIn: (username, password, clientId) => signIn(running.url, username, password, clientId),
    async end() {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function signIn(url: string, username: string, password: string, clientId: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  });
  if (!response.ok) throw new Error(`sign-in failed: ${await response.text()}`);
  return (
    (await response.json()) as {
      AuthenticationResult: { IdToken: string; AccessToken: string; RefreshToken: string };
    }
  ).AuthenticationResult;
}
