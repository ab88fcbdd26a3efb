import { type Command, Option } from 'commander';
import { isKinebaseError, type KinebaseClient, type Role, type User, type UserPatch } from '../sdk/index.ts';
import { askPassword, passwordFromStdin } from './ask.ts';
import { ASKED_AGAIN, type Connection, connect, connectNamed, withConnection } from './connect.ts';
import { UsageError } from './explain.ts';
import { type Column, out, outJson, outTable } from './print.ts';
import { similar } from './resolve.ts';

/** `kinebase user`: who may sign in to your organization. */
export function define(command: Command): void {
  const role = () =>
    new Option(
      '--role <role>',
      'a viewer reads, a coach records and corrects too, an admin does everything',
    ).choices(['admin', 'coach', 'viewer']);
  command.description(
    'Users: who may sign in to your organization. For administrators, but for `change-password`, which is for everybody.',
  );
  withConnection(command.command('list').description('users of your organization'))
    .option('--json', 'as JSON')
    .action(async (options: Connection & { json?: true }) => {
      const users = await (await connect(options)).users.list().all();
      options.json ? outJson(users) : outTable(COLUMNS, users, 'No users');
    });
  withConnection(
    command
      .command('create')
      .description('add a user')
      .argument('<email>', 'their e-mail address, to sign in with'),
  )
    .addOption(role().makeOptionMandatory())
    .option('--password-stdin', 'the password is on standard input; made up and shown once when absent')
    .action(create);
  withConnection(
    command.command('patch').description('change a user').argument('<user>', 'username or User ID'),
  )
    .addOption(role())
    .option('--enable', 'may sign in')
    .option('--disable', 'may not sign in; every sign-in of the user ends')
    .option('--password-stdin', 'a new password is on standard input; every sign-in of the user ends')
    .action(patch);
  withConnection(
    command.command('change-password').description('replace your own password; your sign-ins elsewhere end'),
  )
    .option('--password-stdin', 'the new password is on standard input; asked for when absent')
    .addHelpText('after', '\nThe old password is asked for, or read from KINEBASE_PASSWORD.')
    .action(changePassword);
  command
    .command('reset-password')
    .description('set a lost password anew, on the machine of the store, while the server is stopped')
    .argument('<user>', 'username')
    .option('--data <folder>', 'data folder of the server (default ./kinebase-data)')
    .action(async (username: string, options: { data?: string }) => {
      const { resetPassword } = await import('./resetPassword.ts');
      await resetPassword(username, options);
    });
  withConnection(
    command.command('delete').description('remove a user').argument('<user>', 'username or User ID'),
  ).action(async (called: string, options: Connection) => {
    const client = await connect(options);
    const user = await find(client, called);
    await client.users.delete(user.UserID);
    out(`Removed ${user.Username}`);
  });
}

async function create(
  email: string,
  options: Connection & { role: Role; passwordStdin?: true },
): Promise<void> {
  const secret = options.passwordStdin ? { Password: await passwordFromStdin() } : {};
  const user = await (await connect(options)).users.create({
    Username: email,
    Role: options.role,
    ...secret,
  });
  out(`Created ${user.Role} ${user.Username} (${user.UserID})`);
  if (user.Password !== undefined) out(`Password  ${user.Password}\nThe password is shown this once.`);
}

interface PatchOptions extends Connection {
  role?: Role;
  enable?: true;
  disable?: true;
  passwordStdin?: true;
}

async function patch(called: string, options: PatchOptions): Promise<void> {
  const { role, enable, disable, passwordStdin } = options;
  if (enable && disable) throw new UsageError('give --enable or --disable, not both');
  const changes: UserPatch = {
    ...(role === undefined ? {} : { Role: role }),
    ...(enable || disable ? { Enabled: enable === true } : {}),
    ...(passwordStdin ? { Password: await passwordFromStdin() } : {}),
  };
  if (Object.keys(changes).length === 0)
    throw new UsageError('say what to change: --role, --enable, --disable or --password-stdin');
  const client = await connect(options);
  const user = await client.users.patch((await find(client, called)).UserID, changes);
  out(`Changed ${user.Username}: ${user.Role}, ${user.Enabled ? 'may sign in' : 'may not sign in'}`);
}

async function changePassword(options: Connection & { passwordStdin?: true }): Promise<void> {
  const previous =
    process.env.KINEBASE_PASSWORD || (await askPassword('Old password', 'set KINEBASE_PASSWORD'));
  const { client, account } = await connectNamed(options, { retries: ASKED_AGAIN, password: previous });
  const proposed = options.passwordStdin ? await passwordFromStdin() : await askTwice();
  await client.changePassword({ previous, proposed }).catch((error) => {
    if (isKinebaseError(error) && error.code === 'NotAuthorizedException')
      throw new UsageError('the old password is wrong; nothing was changed');
    throw error;
  });
  out(`The password of ${account} is changed; its sign-ins elsewhere have ended`);
}

/** What nobody sees is easily mistyped. */
async function askTwice(): Promise<string> {
  const proposed = await askPassword('New password, 10 to 256 characters', 'give --password-stdin');
  if ((await askPassword('New password again', 'give --password-stdin')) !== proposed)
    throw new UsageError('the two are not the same; nothing was changed');
  return proposed;
}

async function find(client: KinebaseClient, called: string): Promise<User> {
  const users = await client.users.list().all();
  const found = users.find(
    ({ UserID, Username }) => UserID === called || Username.toLowerCase() === called.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw new UsageError(
    `there is no user ${JSON.stringify(called)} in your organization${similar(
      called,
      users.map(({ Username }) => Username),
    )}`,
  );
}

const COLUMNS: readonly Column<User>[] = [
  { head: 'Username', cell: ({ Username }) => Username },
  { head: 'Role', cell: ({ Role, Operator }) => (Operator ? `${Role}, operator` : Role) },
  { head: 'May sign in', cell: ({ Enabled }) => (Enabled ? 'yes' : 'no') },
  { head: 'User ID', cell: ({ UserID }) => UserID },
];
