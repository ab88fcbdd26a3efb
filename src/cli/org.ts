import type { Command } from 'commander';
import type { Organization, OrganizationInput } from '../sdk/index.ts';
import { passwordFromStdin } from './ask.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { type Column, out, outJson, outTable } from './print.ts';

/** `kinebase org`: the organizations of an installation, for its administrators. */
export function define(command: Command): void {
  command.description(
    'Organizations: each has its own users, athletes and sessions, and sees nothing of the others. `list` and `create` are for operators: administrators of the whole server, as the first one is.',
  );
  withConnection(command.command('list').description('all organizations'))
    .option('--json', 'as JSON')
    .action(async (options: Connection & { json?: true }) => {
      const organizations = await (await connect(options)).organizations.list().all();
      options.json ? outJson(organizations) : outTable(COLUMNS, organizations, 'No organizations');
    });
  withConnection(command.command('show').description('the organization you belong to'))
    .option('--json', 'as JSON')
    .action(async (options: Connection & { json?: true }) => {
      const organization = await (await connect(options)).organization();
      options.json ? outJson(organization) : outTable(COLUMNS, [organization], '');
    });
  withConnection(command.command('create').description('add an organization').argument('<name>', 'its name'))
    .option('--id <id>', 'lower-case letters, digits and hyphens; made from the name when absent')
    .option('--admin <email>', 'e-mail address of its first administrator')
    .option(
      '--password-stdin',
      "the administrator's password is on standard input; made up and shown once when absent",
    )
    .action(create);
}

async function create(
  name: string,
  options: Connection & { id?: string; admin?: string; passwordStdin?: true },
): Promise<void> {
  const { id, admin, passwordStdin } = options;
  const input: OrganizationInput = {
    Name: name,
    ...(id === undefined ? {} : { OrganizationID: id }),
    ...(admin === undefined ? {} : { Admin: admin }),
    ...(passwordStdin ? { Password: await passwordFromStdin() } : {}),
  };
  const created = await (await connect(options)).organizations.create(input);
  out(`Created organization ${created.Name} (${created.OrganizationID})`);
  if (created.Admin === undefined) return;
  out(`Administrator  ${created.Admin.Username}`);
  if (created.Admin.Password !== undefined)
    out(`Password       ${created.Admin.Password}\nThe password is shown this once.`);
}

const COLUMNS: readonly Column<Organization>[] = [
  { head: 'Organization ID', cell: ({ OrganizationID }) => OrganizationID },
  { head: 'Name', cell: ({ Name }) => Name },
];
