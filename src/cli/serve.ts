import type { Command } from 'commander';
import { type Config, isLoopback, readConfig, SETTINGS } from '../server/config.ts';
import type { Running } from '../server/main.ts';
import { DEFAULT_URL } from './connect.ts';
import { UsageError } from './explain.ts';

/** `kinebase serve`: the server in this process, until a signal stops it. */
export function define(command: Command): void {
  command
    .option('--port <port>', 'port to listen on; 0 takes a free one (default 4750)')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--data <folder>', 'folder of the embedded store and of the objects (default ./kinebase-data)')
    .option('--demo', 'serve the demo organizations too (loopback only)')
    .option('--no-demo', 'do not, whatever KINEBASE_DEMO says')
    .addHelpText('after', `\nEnvironment (options win):\n${settingsHelp()}`)
    .action((options: ServeOptions) => run(options));
}

interface ServeOptions {
  port?: string;
  host?: string;
  data?: string;
  demo?: boolean;
}

async function run({ port, host, data, demo }: ServeOptions): Promise<void> {
  const chosen = { PORT: port, HOST: host, DATA: data, DEMO: demo === undefined ? undefined : String(demo) };
  const config = readConfig(process.env, chosen);
  // People's health data and the signing keys: for the user that runs the server, and nobody else on the machine.
  process.umask(0o077);
  const { serve } = await import('../server/main.ts');
  const running = await serve(config, (message) => process.stderr.write(`${message}\n`)).catch((error) => {
    throw listenFault(error, config) ?? error;
  });
  stopOnSignals(running);
  if (!isLoopback(config.host))
    process.stderr.write(
      `Listening on ${config.host}: put TLS in front, passwords and tokens travel in requests\n`,
    );
  const lines = [`Kinebase is ready at ${running.url}`];
  if (config.demo) lines.push(...(await demoHint(running.url)));
  if (running.firstAdministrator !== null)
    lines.push(...administratorHint(running.firstAdministrator, running.url));
  // In one piece: who waits for the first line may stop reading then. The server goes on without a reader.
  process.stdout.removeAllListeners('error').on('error', () => {});
  process.stdout.write(`${lines.join('\n')}\n`);
}

/**
 * The first signal lets the server finish what it is answering; a second one ends it at once. SIGTERM comes from what runs
 * servers, SIGINT from a person who waits: only the first gives a balancer time to turn to other servers.
 */
function stopOnSignals(running: Running): void {
  let stopping = false;
  const stop = (signal: 'SIGINT' | 'SIGTERM') => {
    if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143);
    stopping = true;
    process.stderr.write('Stopping when all is answered; once more ends at once\n');
    const drained = signal === 'SIGTERM' ? running.drain() : Promise.resolve();
    drained.then(running.stop).then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function listenFault(error: NodeJS.ErrnoException, { host, port }: Config): Error | null {
  const place = `${host}:${port}`;
  if (error.code === 'EADDRINUSE')
    return new UsageError(
      `${place} is in use; stop the program that listens there, or choose another --port`,
    );
  if (error.code === 'EACCES' && error.syscall === 'listen')
    return new UsageError(`you may not listen on ${place}; choose a --port above 1023`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new UsageError(`${host} is no address of this machine; choose another --host`);
  return null;
}

async function demoHint(url: string): Promise<string[]> {
  const { DEMO } = await import('../server/demo.ts');
  const width = Math.max(...DEMO.map(({ name }) => name.length));
  const rows = DEMO.map(
    ({ name, username, password, clientId }) =>
      `  ${name.padEnd(width)}  ${username} / ${password}, client id ${clientId}`,
  );
  return [`Demo organizations, to sign in to there or with \`${loginAt(url)}\`:`, ...rows];
}

/** Where nothing else is said, `kinebase login` looks for a server at its usual place. */
const loginAt = (url: string): string => (url === DEFAULT_URL ? 'kinebase login' : `kinebase login ${url}`);

function administratorHint(
  { username, clientId, password }: NonNullable<Running['firstAdministrator']>,
  url: string,
): string[] {
  return [
    'The first administrator, shown this once:',
    `  username   ${username}`,
    `  client id  ${clientId}`,
    `  password   ${password}`,
    `Keep the password. Then sign in with \`${loginAt(url)}\`, and add people with \`kinebase user create\`.`,
  ];
}

function settingsHelp(): string {
  const width = Math.max(...SETTINGS.map(({ variable }) => variable.length));
  return SETTINGS.map(
    ({ variable, help, example }) => `  ${variable.padEnd(width)}  ${help}; e.g. ${example}`,
  ).join('\n');
}
