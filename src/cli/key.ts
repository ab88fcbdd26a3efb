import { type Command, Option } from 'commander';
import type { ApiKey, Scope } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { type Column, note, out, outJson, outTable } from './print.ts';

/** `kinebase key`: long-lived keys for programs. */
export function define(command: Command): void {
  command.description('API keys: for programs that cannot sign in as a person does. For administrators.');
  withConnection(command.command('list').description('API keys of your organization'))
    .option('--json', 'as JSON')
    .action(async (options: Connection & { json?: true }) => {
      const keys = await (await connect(options)).keys.list().all();
      options.json ? outJson(keys) : outTable(COLUMNS, keys, 'No keys');
    });
  withConnection(
    command.command('create').description('make a key, shown this once').argument('<name>', 'what it is for'),
  )
    .addOption(
      new Option(
        '--scope <scope...>',
        'what it may do; read when absent. None contains another: a program that imports needs read and record',
      ).choices(['read', 'record', 'admin']),
    )
    .option('--expires <iso>', 'when it stops working, ISO 8601; never when absent')
    .addOption(
      new Option(
        '--body-form <form>',
        'how it wants the `body` of an answer: JSON in a string, or the value itself (json)',
      ).choices(['string', 'json']),
    )
    .action(create);
  withConnection(
    command
      .command('revoke')
      .description('stop a key from working')
      .argument('<id>', 'Key ID, as `key list` shows it'),
  ).action(async (id: string, options: Connection) => {
    await (await connect(options)).keys.revoke(id);
    out(`Revoked ${id}`);
  });
}

interface CreateOptions extends Connection {
  scope?: Scope[];
  expires?: string;
  bodyForm?: ApiKey['BodyForm'];
}

/** The key alone goes to standard output: `KINEBASE_KEY=$(kinebase key create nightly)`. */
async function create(name: string, options: CreateOptions): Promise<void> {
  const { scope, expires, bodyForm } = options;
  const created = await (await connect(options)).keys.create({
    Name: name,
    ...(scope === undefined ? {} : { Scopes: scope }),
    ...(expires === undefined ? {} : { Expires: expires }),
    ...(bodyForm === undefined ? {} : { BodyForm: bodyForm }),
  });
  note(
    `Created ${created.Name} (${created.KeyID}), may ${created.Scopes.join(', ')}, ${created.Expires === null ? 'never expires' : `expires ${created.Expires}`}. The key is shown this once:`,
  );
  out(created.Key);
}

const COLUMNS: readonly Column<ApiKey>[] = [
  { head: 'Key ID', cell: ({ KeyID }) => KeyID },
  { head: 'Name', cell: ({ Name }) => Name },
  { head: 'May', cell: ({ Scopes }) => Scopes.join(', ') },
  { head: 'Expires', cell: ({ Expires }) => Expires ?? 'never' },
  { head: 'State', cell: ({ Revoked }) => (Revoked ? 'revoked' : 'works') },
];
