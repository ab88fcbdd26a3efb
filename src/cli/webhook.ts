import { type Command, Option } from 'commander';
import { CHANGE_KINDS, type ChangeKind, type Webhook, type WebhookDelivery } from '../sdk/index.ts';
import { type Connection, connect, withConnection } from './connect.ts';
import { UsageError } from './explain.ts';
import { type Column, note, out, outJson, outTable } from './print.ts';

/** `kinebase webhook`: where changes are posted. */
export function define(command: Command): void {
  const kinds = () =>
    new Option('--kinds <kind...>', 'only changes of these kinds of records; all when absent').choices(
      CHANGE_KINDS,
    );
  const one = (name: string, description: string) =>
    withConnection(
      command
        .command(name)
        .description(description)
        .argument('<id>', 'Webhook ID, as `webhook list` shows it'),
    );
  command.description(
    'Webhooks: what changes is posted to a URL of yours, signed, and tried again for three days. For administrators.',
  );
  withConnection(command.command('list').description('webhooks of your organization, and whether each works'))
    .option('--json', 'as JSON')
    .action(async (options: Connection & { json?: true }) => {
      const webhooks = await (await connect(options)).webhooks.list().all();
      options.json
        ? outJson(webhooks)
        : outTable(COLUMNS, webhooks, 'No webhooks; `kinebase webhook create` adds one');
    });
  withConnection(
    command
      .command('create')
      .description('have changes posted to a URL from now on; the secret is shown this once')
      .argument('<url>', 'where to post, http or https'),
  )
    .option('--name <name>', 'how it is called; the host when absent')
    .addOption(kinds())
    .action(create);
  one('patch', 'change a webhook, switch it off, or on again where it stopped')
    .option('--to <url>', 'post there from now on')
    .option('--name <name>', 'how it is called')
    .addOption(kinds())
    .option('--enable', 'go on where it stopped; nothing of the meantime is missed')
    .addOption(new Option('--disable', 'post nothing until it is enabled').conflicts('enable'))
    .action(patch);
  one('test', 'post a test now, and say what came of it').action(async (id: string, options: Connection) => {
    const delivery = await (await connect(options)).webhooks.test(id);
    if (delivery.Error !== null) throw new UsageError(`the test failed: ${delivery.Error}`);
    out(`Delivered in ${delivery.Duration} ms: it answered ${delivery.Status}`);
  });
  one('deliveries', 'the last 200 posts, newest first, and what came of each')
    .option('--json', 'as JSON')
    .action(async (id: string, options: Connection & { json?: true }) => {
      const { webhooks } = await connect(options);
      const deliveries = await webhooks.deliveries(id).all();
      if (options.json) return outJson(deliveries);
      const webhook = await webhooks.get(id);
      note(`${webhook.Name}, ${webhook.URL}: ${stateOf(webhook)}`);
      outTable(DELIVERIES, deliveries, 'Nothing has been posted yet; `kinebase webhook test` posts a test');
    });
  one('rotate', 'sign with another secret, shown this once; the old one holds for a day').action(
    async (id: string, options: Connection) => {
      const { Secret, OldSecretUntil } = await (await connect(options)).webhooks.rotateSecret(id);
      note(`Until ${OldSecretUntil} posts carry a signature by the old secret too. The new one:`);
      out(Secret);
    },
  );
  one('delete', 'remove a webhook; nothing more is posted').action(
    async (id: string, options: Connection) => {
      await (await connect(options)).webhooks.delete(id);
      out(`Removed ${id}`);
    },
  );
}

interface WebhookOptions extends Connection {
  name?: string;
  kinds?: ChangeKind[];
}

const named = ({ name, kinds }: WebhookOptions) => ({
  ...(name === undefined ? {} : { Name: name }),
  ...(kinds === undefined ? {} : { Kinds: kinds }),
});

/** The secret alone goes to standard output. */
async function create(url: string, options: WebhookOptions): Promise<void> {
  const created = await (await connect(options)).webhooks.create({ URL: url, ...named(options) });
  note(
    `Created ${created.Name} (${created.WebhookID}) for ${created.Kinds.join(', ')}. The secret is shown this once:`,
  );
  out(created.Secret);
}

async function patch(
  id: string,
  options: WebhookOptions & { to?: string; enable?: true; disable?: true },
): Promise<void> {
  const { to, enable, disable } = options;
  const changes = {
    ...named(options),
    ...(to === undefined ? {} : { URL: to }),
    ...(enable || disable ? { Enabled: enable === true } : {}),
  };
  if (Object.keys(changes).length === 0)
    throw new UsageError('say what to change: --to, --name, --kinds, --enable or --disable');
  const webhook = await (await connect(options)).webhooks.patch(id, changes);
  out(`Changed ${webhook.Name} (${webhook.WebhookID}): ${stateOf(webhook)}`);
}

function stateOf({ Enabled, DisabledReason, FailedAttempts, NextAttempt }: Webhook): string {
  if (!Enabled) return DisabledReason === null ? 'switched off' : `given up: ${DisabledReason}`;
  if (FailedAttempts === 0) return 'works';
  const times = FailedAttempts === 1 ? 'once' : `${FailedAttempts} times`;
  return `failed ${times}, ${NextAttempt === null ? 'tried again now' : `next attempt ${NextAttempt}`}`;
}

const COLUMNS: readonly Column<Webhook>[] = [
  { head: 'Webhook ID', cell: ({ WebhookID }) => WebhookID },
  { head: 'Name', cell: ({ Name }) => Name },
  { head: 'URL', cell: ({ URL }) => URL },
  { head: 'Kinds', cell: ({ Kinds }) => (Kinds.length === CHANGE_KINDS.length ? 'all' : Kinds.join(', ')) },
  { head: 'State', cell: stateOf },
];

const DELIVERIES: readonly Column<WebhookDelivery>[] = [
  { head: 'Started', cell: ({ Started }) => Started },
  { head: 'Delivery ID', cell: ({ DeliveryID }) => DeliveryID },
  { head: 'Attempt', right: true, cell: ({ Attempt }) => String(Attempt) },
  { head: 'Changes', right: true, cell: ({ Changes, Test }) => (Test ? 'test' : String(Changes)) },
  { head: 'ms', right: true, cell: ({ Duration }) => String(Duration) },
  { head: 'Status', right: true, cell: ({ Status }) => String(Status ?? '') },
  { head: 'Result', cell: (delivery) => delivery.Error ?? 'delivered' },
];
