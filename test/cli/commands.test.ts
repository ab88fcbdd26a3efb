import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS, chosenCommand } from '../../src/cli/commands.ts';
import { answer, startReceiver } from '../server/webhooks/receiver.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { createShell, type RunOptions } from './kinebase.ts';

let server: TestServer;
const shell = createShell();
const json = (text: string) => JSON.parse(text);
beforeAll(async () => {
  server = await startServer({ WEBHOOK_PRIVATE: 'allow' });
});
afterAll(async () => {
  shell.end();
  await server.end();
});

/** Runs a command as the first administrator, whose sign-in the first test stores. */
async function admin(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await shell.run(args);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}
const refused = async (args: string[], options?: RunOptions) => {
  const ran = await shell.run(args, options);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).not.toMatch(/\n\s+at /);
  return ran.stderr;
};
const account = () => [
  '--url',
  server.url,
  '--username',
  server.firstAdministrator!.username,
  '--client',
  server.firstAdministrator!.clientId,
];

describe('signing in', () => {
  test('without a sign-in a command says how to get one', async () => {
    expect(await refused(['sessions'])).toBe(
      'error: you are not signed in to http://127.0.0.1:4750; run `kinebase login http://127.0.0.1:4750`, or set KINEBASE_KEY\n',
    );
  });

  test('a wrong password is refused, and nothing is kept', async () => {
    const { username, clientId } = server.firstAdministrator!;
    const args = ['login', server.url, '--username', username, '--client', clientId];
    expect(await refused(args, { env: { KINEBASE_PASSWORD: 'wrong' } })).toBe(
      'error: Incorrect username or password. (NotAuthorizedException)\n',
    );
    expect(
      await refused(['login', server.url, '--username', username, '--client', 'nobody'], {
        env: { KINEBASE_PASSWORD: 'wrong' },
      }),
    ).toContain('--client');
    expect(await refused(args)).toBe('error: there is no terminal to ask at; set KINEBASE_PASSWORD\n');
    expect(await refused(['sessions'])).toContain('not signed in');
  });

  test('login keeps a refresh token, never the password, for its owner only', async () => {
    const { username, clientId, password } = server.firstAdministrator!;
    const ran = await shell.run(['login', `${server.url}/`, '--username', username, '--client', clientId], {
      env: { KINEBASE_PASSWORD: password },
    });
    expect(ran).toEqual({ code: 0, stdout: `Signed in as ${username} of Main\n`, stderr: '' });
    const file = join(shell.home, 'config/kinebase/login.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain(password);
    expect(Object.keys(json(text))).toEqual(['url', 'username', 'clientId', 'refreshToken']);
    expect(await admin('org', 'show')).toContain('Main');
  });

  test('the kept sign-in never goes to another server', async () => {
    expect(await refused(['sessions', '--url', 'http://127.0.0.1:1'])).toContain(
      'not signed in to http://127.0.0.1:1',
    );
  });

  test('an account can be given for one command, and the environment does too', async () => {
    const { username, password, clientId } = server.firstAdministrator!;
    expect(
      (await shell.run(['org', 'show', ...account()], { env: { KINEBASE_PASSWORD: password } })).code,
    ).toBe(0);
    const env = {
      KINEBASE_URL: server.url,
      KINEBASE_USERNAME: username,
      KINEBASE_CLIENT: clientId,
      KINEBASE_PASSWORD: password,
      XDG_CONFIG_HOME: '/nowhere',
    };
    expect((await shell.run(['org', 'show'], { env })).code).toBe(0);
  });

  test('https where http is spoken is told in one line, with what it may be', async () => {
    const https = server.url.replace('http:', 'https:');
    expect(await refused(['sessions', '--url', https, '--key', 'kb_x'])).toBe(
      `error: Cannot reach ${https}: no https is spoken there; is it ${server.url}? (network)\n`,
    );
  });

  test('a server that is away is one clear line', async () => {
    expect(await refused(['sessions', '--url', 'http://127.0.0.1:1', '--key', 'kb_x'])).toMatch(
      /^error: Cannot reach http:\/\/127\.0\.0\.1:1: .*\(network\)\n$/,
    );
  });
});

describe('administration', () => {
  test('organizations', async () => {
    const created = await admin('org', 'create', 'Northside Clinic', '--admin', 'boss@northside.example');
    expect(created).toMatch(
      /^Created organization Northside Clinic \(northside-clinic\)\nAdministrator {2}boss@northside\.example\nPassword {7}\S+\n/,
    );
    const password = /Password\s+(\S+)/.exec(created)![1]!;
    const boss = ['--url', server.url, '--username', 'boss@northside.example'];
    expect(
      (await shell.run(['org', 'show', ...boss], { env: { KINEBASE_PASSWORD: password } })).stdout,
    ).toContain('Northside Clinic');
    expect(await refused(['org', 'list', ...boss], { env: { KINEBASE_PASSWORD: password } })).toContain(
      '(forbidden)',
    );
    expect(await admin('org', 'list')).toMatch(
      /^Organization ID +Name\nmain +Main\nnorthside-clinic +Northside Clinic\n$/,
    );
    expect(await refused(['org', 'create', 'Northside Clinic'])).toContain('(conflict)');
  });

  test('users, with a password made up or given on standard input', async () => {
    expect(await admin('user', 'create', 'coach@main.example', '--role', 'coach')).toMatch(
      /^Created coach coach@main\.example .*\nPassword {2}\S+\n/,
    );
    const given = await shell.run(
      ['user', 'create', 'viewer@main.example', '--role', 'viewer', '--password-stdin'],
      { input: 'a password of ours\n' },
    );
    expect(given.stdout).toMatch(/^Created viewer viewer@main\.example \(\S+\)\n$/);
    const signedIn = await shell.run(
      ['org', 'show', '--url', server.url, '--username', 'viewer@main.example'],
      { env: { KINEBASE_PASSWORD: 'a password of ours' } },
    );
    expect(signedIn.code).toBe(0);
    const own = ['--url', server.url, '--username', 'viewer@main.example', '--password-stdin'];
    const change = (previous: string, input: string) =>
      shell.run(['user', 'change-password', ...own], { env: { KINEBASE_PASSWORD: previous }, input });
    expect(await change('a password of ours', 'short\n')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('10 to 256 characters'),
    });
    expect(await change('a password of ours', 'another password\n')).toEqual({
      code: 0,
      stdout: 'The password of viewer@main.example is changed; its sign-ins elsewhere have ended\n',
      stderr: '',
    });
    expect(
      await refused(['org', 'show', ...own.slice(0, 4)], {
        env: { KINEBASE_PASSWORD: 'a password of ours' },
      }),
    ).toContain('NotAuthorized');
    // By the kept sign-in of another account: its old password is asked for there, too.
    expect(
      await refused(['user', 'change-password', '--password-stdin'], {
        env: { KINEBASE_PASSWORD: 'a password of ours' },
        input: 'another password\n',
      }),
    ).toBe('error: the old password is wrong; nothing was changed\n');
    expect(await admin('user', 'patch', 'viewer@main.example', '--disable', '--role', 'coach')).toBe(
      'Changed viewer@main.example: coach, may not sign in\n',
    );
    expect(await refused(['user', 'patch', 'viewer@main.example'])).toContain('say what to change');
    expect(await refused(['user', 'delete', 'viever@main.example'])).toContain(
      'similar: viewer@main.example',
    );
    expect(await admin('user', 'delete', 'viewer@main.example')).toBe('Removed viewer@main.example\n');
    expect(
      json(await admin('user', 'list', '--json')).map((user: { Username: string }) => user.Username),
    ).toEqual(['admin@kinebase.local', 'coach@main.example']);
  });

  test('clients', async () => {
    expect(await admin('client', 'create', 'Watch', '--id', 'watch', '--body-form', 'json')).toBe(
      'Registered Watch: client id watch, bodies as json\n',
    );
    expect(await admin('client', 'patch', 'watch', '--name', 'Old watch', '--body-form', 'string')).toBe(
      'Changed watch: Old watch, bodies as string\n',
    );
    expect(await admin('client', 'list')).toContain('Old watch');
    expect(await admin('client', 'delete', 'watch')).toBe('Removed watch\n');
    expect(await refused(['client', 'delete', 'watch'])).toContain('(not_found)');
  });

  test('keys: printed alone, usable at once, dead when revoked', async () => {
    const { stdout, stderr } = await shell.run(['key', 'create', 'nightly', '--scope', 'read', 'record']);
    expect(stdout).toMatch(/^kb_\S+\n$/);
    expect(stderr).toMatch(/^Created nightly \(\S+\), may read, record, never expires\. .*\n$/);
    const id = /\((\S+)\)/.exec(stderr)![1]!;
    const key = stdout.trim();
    const env = { KINEBASE_KEY: key, KINEBASE_URL: server.url };
    expect((await shell.run(['org', 'show'], { env })).stdout).toContain('Main');
    expect((await shell.run(['org', 'show', '--url', server.url, '--key', key])).stdout).toContain('Main');
    expect(await refused(['user', 'list'], { env })).toContain('(forbidden)');
    expect(await admin('key', 'list')).toMatch(/nightly +read, record +never +works\n$/);
    expect(await admin('key', 'revoke', id)).toBe(`Revoked ${id}\n`);
    expect(await refused(['org', 'show'], { env })).toContain('(unauthorized)');
    expect(await refused(['key', 'create', 'x', '--expires', 'yesterday'])).toContain('(invalid_parameter)');
  });
});

describe('webhooks', () => {
  test('are made, listed, tried, changed, looked at and removed', async () => {
    const receiver = await startReceiver();
    try {
      const made = await shell.run([
        'webhook',
        'create',
        receiver.url,
        '--name',
        'Motion',
        '--kinds',
        'session',
        'report',
      ]);
      expect(made.stderr).toMatch(/^Created Motion \(\S+\) for session, report\. .*\n$/);
      expect(made.stdout).toMatch(/^whsec_\S+\n$/);
      const id = /\((\S+)\)/.exec(made.stderr)![1]!;
      expect(await admin('webhook', 'list')).toMatch(
        new RegExp(`^Webhook ID .*\\n${id} +Motion +http\\S+ +session, report +works\\n$`),
      );
      expect(await admin('webhook', 'test', id)).toMatch(/^Delivered in \d+ ms: it answered 204\n$/);
      receiver.script.push(answer(500, {}, 'no \u001b[2Jdatabase'));
      expect(await refused(['webhook', 'test', id])).toBe(
        'error: the test failed: it answered 500: no [2Jdatabase\n',
      );
      expect(await admin('webhook', 'deliveries', id)).toMatch(
        /^Started .*\n\S+ +\S+ +1 +test +\d+ +500 +it answered 500.*\n\S+ +\S+ +1 +test +\d+ +204 +delivered\n$/,
      );
      expect((await shell.run(['webhook', 'deliveries', id])).stderr).toMatch(/^Motion, http\S+: works\n$/);
      expect(json(await admin('webhook', 'deliveries', id, '--json'))).toHaveLength(2);
      expect(await refused(['webhook', 'patch', id])).toContain('say what to change');
      expect(await refused(['webhook', 'patch', id, '--enable', '--disable'])).toContain(
        'cannot be used with',
      );
      expect(await admin('webhook', 'patch', id, '--disable')).toBe(`Changed Motion (${id}): switched off\n`);
      expect(await admin('webhook', 'patch', id, '--enable', '--kinds', 'athlete')).toContain('works');
      const rotated = await shell.run(['webhook', 'rotate', id]);
      expect(rotated.stdout).toMatch(/^whsec_\S+\n$/);
      expect(rotated.stdout).not.toBe(made.stdout);
      expect(await admin('webhook', 'delete', id)).toBe(`Removed ${id}\n`);
      expect(await refused(['webhook', 'delete', id])).toContain('(not_found)');
      expect(await refused(['webhook', 'create', 'ftp://x.example'])).toContain('(invalid_parameter)');
    } finally {
      await receiver.end();
    }
  });
});

describe('the program', () => {
  test('names its version and its commands', async () => {
    const { version } = json(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect((await shell.run(['--version'])).stdout).toBe(`${version}\n`);
    const { stdout, code } = await shell.run(['--help']);
    expect(code).toBe(0);
    const unwrapped = stdout.replace(/\n {10,}/g, ' ');
    for (const { name, summary } of COMMANDS)
      expect(unwrapped).toMatch(new RegExp(`${name}\\b.* ${summary}`));
  });

  test.each(COMMANDS.map(({ name }) => [name]))('%s explains itself, asked either way', async (name) => {
    const asked = await shell.run([name, '--help']);
    expect(asked).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining(`Usage: kinebase ${name}`),
    });
    expect((await shell.run(['help', name])).stdout).toBe(asked.stdout);
  });

  test.each([
    [['frobnicate'], "error: unknown command 'frobnicate'"],
    [['sesions'], 'Did you mean sessions?'],
    [['sessions', '--athlet', 'x'], "error: unknown option '--athlet'"],
    [['sessions', 'x'], 'too many arguments'],
    [['sessions', '--limit', '0'], 'whole number'],
    [['user', 'frobnicate'], "unknown command 'frobnicate'"],
    [['user', 'create', 'a@b.example', '--role', 'king'], 'Allowed choices are admin, coach, viewer'],
    [['report'], "missing required argument 'session'"],
    [['import', 'a.mot'], 'whom the files show with --athlete'],
  ])('%j is refused', async (args, message) => {
    expect(await refused(args)).toContain(message);
  });

  test.each([
    [['key', 'create', 'x', '--scope', 'write'], '(kinebase key create --help lists its options)'],
    [['webhook', 'patch'], '(kinebase webhook patch --help lists its options)'],
    [['key', 'make'], '(kinebase key --help explains its commands: list, create, revoke)'],
    [['sessions', '--athlet', 'x'], '(kinebase sessions --help lists its options)'],
  ])('after %j the page that helps is named', async (args, hint) => {
    expect(await refused(args)).toContain(hint);
  });

  test('the summary of a command that has others names each of them', async () => {
    for (const { summary, load } of COMMANDS.filter(({ summary }) => summary.includes('list,'))) {
      const command = new Command();
      (await load()).define(command);
      // The others of `user` are about one's own password.
      for (const name of command.commands.map((each) => each.name().replace(/^.*-/, '')))
        expect(summary).toContain(name);
    }
  });

  test('--debug adds the stack', async () => {
    const { stderr, code } = await shell.run([
      '--debug',
      'sessions',
      '--url',
      'http://127.0.0.1:1',
      '--key',
      'k',
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Cannot reach .*\n\s+at /);
  });

  test('ends quietly when nobody reads on', async () => {
    const child = shell.start(['--help']);
    child.stdout!.destroy();
    const ended = await new Promise((closed) => child.once('exit', closed));
    expect(ended).toBe(0);
  });

  test('the chosen command is the first word, also behind help', () => {
    expect(chosenCommand(['--debug', 'sessions', 'x'])).toBe('sessions');
    expect(chosenCommand(['help', 'sessions'])).toBe('sessions');
    expect(chosenCommand([])).toBeUndefined();
  });
});

test('logout ends the sign-in here and on the server', async () => {
  const file = join(shell.home, 'config/kinebase/login.json');
  const { refreshToken, clientId } = json(readFileSync(file, 'utf8'));
  expect(await admin('logout')).toBe('Signed out admin@kinebase.local\n');
  expect(() => statSync(file)).toThrow();
  expect(await admin('logout')).toBe('You were not signed in\n');
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
  };
  const body = JSON.stringify({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: clientId,
    AuthParameters: { REFRESH_TOKEN: refreshToken },
  });
  expect((await fetch(server.url, { method: 'POST', headers, body })).status).toBe(400);
});
