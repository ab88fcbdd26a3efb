import { type Command, Option } from 'commander';
import type { Client } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { UsageError } from './explain.ts';
import { type Column, out, outJson, outTable } from './print.ts';

/** `kinebase client`: the ids that programs sign in with. */
export function define(command: Command): void {
  const bodyForm = () =>
    new Option(
      '--body-form <form>',
      'how it wants the `body` of an answer: JSON in a string, or the value itself (json)',
    ).choices(['string', 'json']);
  command.description(
    'App clients: the client ids that programs sign in with, and how each wants its answers. For administrators.',
  );
  withConnection(command.command('list').description('app clients of your organization'))
    .option('--json', 'as JSON')
    .action(async (options: Connection & { json?: true }) => {
      const clients = await (await connect(options)).clients.list().all();
      options.json ? outJson(clients) : outTable(COLUMNS, clients, 'No clients');
    });
  withConnection(
    command.command('create').description('register an app client').argument('<name>', 'what it is called'),
  )
    .option('--id <id>', 'its client id; made up when absent')
    .addOption(bodyForm())
    .action(async (name: string, options: ClientOptions) => {
      const client = await (await connect(options)).clients.create({
        Name: name,
        ...(options.id === undefined ? {} : { ClientID: options.id }),
        ...form(options),
      });
      out(`Registered ${client.Name}: client id ${client.ClientID}, bodies as ${client.BodyForm}`);
    });
  withConnection(command.command('patch').description('change an app client').argument('<id>', 'client id'))
    .option('--name <name>', 'what it is called')
    .addOption(bodyForm())
    .action(async (id: string, options: ClientOptions) => {
      const changes = { ...(options.name === undefined ? {} : { Name: options.name }), ...form(options) };
      if (Object.keys(changes).length === 0)
        throw new UsageError('say what to change: --name or --body-form');
      const client = await (await connect(options)).clients.patch(id, changes);
      out(`Changed ${client.ClientID}: ${client.Name}, bodies as ${client.BodyForm}`);
    });
  withConnection(
    command
      .command('delete')
      .description('remove an app client; its tokens stop working')
      .argument('<id>', 'client id'),
  ).action(async (id: string, options: Connection) => {
    await (await connect(options)).clients.delete(id);
    out(`Removed ${id}`);
  });
}

interface ClientOptions extends Connection {
  id?: string;
  name?: string;
  bodyForm?: Client['BodyForm'];
}

const form = ({ bodyForm }: ClientOptions) => (bodyForm === undefined ? {} : { BodyForm: bodyForm });

const COLUMNS: readonly Column<Client>[] = [
  { head: 'Client ID', cell: ({ ClientID }) => ClientID },
  { head: 'Name', cell: ({ Name }) => Name },
  { head: 'Bodies', cell: ({ BodyForm }) => BodyForm },
];
