import { useId, useState } from 'react';
import type { Webhook } from '../../sdk/index.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Once } from '../ui/Once.tsx';
import { Sure } from '../ui/Sure.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';
import { Deliveries } from './Deliveries.tsx';
import { Listed } from './Listed.tsx';
import { NewRecord } from './NewRecord.tsx';
import { useAdministered } from './useAdministered.ts';

const say = administrationWords.webhooks;
const MEMBERS = { URL: say.url, Name: say.name, Kinds: say.kinds } as const;
const KINDS = ['athlete', 'assessment', 'exercise', 'session', 'report'] as const;

/** Where changes are posted as they happen. */
export function WebhooksSection() {
  const { query, change, busy } = useAdministered('webhooks', (client) => client.webhooks.list().all());
  const [secret, setSecret] = useState<{ title: string; secret: string } | null>(null);
  return (
    <>
      <p className="max-w-3xl text-soft">{say.text}</p>
      <NewRecord
        label={say.add}
        busy={busy}
        members={MEMBERS}
        onMake={(said, form, refused) =>
          change({
            refused,
            call: (client) =>
              client.webhooks.create({
                URL: said('url'),
                ...(said('name') === '' ? {} : { Name: said('name') }),
                Kinds: KINDS.filter((kind) => form.getAll('kinds').includes(kind)),
              }),
            done({ Name, Secret }) {
              setSecret({ title: say.secretOf(Name), secret: Secret });
              return undefined;
            },
          })
        }
      >
        {(faultOf) => (
          <>
            <Field
              label={say.url}
              name="url"
              type="url"
              fault={faultOf('URL')}
              placeholder="https://"
              autoComplete="off"
              required
            />
            <Field
              label={say.name}
              name="name"
              hint={say.nameHint}
              fault={faultOf('Name')}
              autoComplete="off"
            />
            <KindsField fault={faultOf('Kinds')} />
          </>
        )}
      </NewRecord>
      <Listed query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Notice title={say.none} />
          ) : (
            <ul className="grid gap-3">
              {webhooks.map((webhook) => (
                <WebhookCard
                  key={webhook.WebhookID}
                  webhook={webhook}
                  busy={busy}
                  onEnabled={(Enabled) =>
                    change({ call: (client) => client.webhooks.patch(webhook.WebhookID, { Enabled }) })
                  }
                  onSecret={() =>
                    change({
                      call: (client) => client.webhooks.rotateSecret(webhook.WebhookID),
                      done({ Secret }) {
                        setSecret({ title: say.secretOf(webhook.Name), secret: Secret });
                        return undefined;
                      },
                    })
                  }
                  onDelete={() => change({ call: (client) => client.webhooks.delete(webhook.WebhookID) })}
                />
              ))}
            </ul>
          )
        }
      </Listed>
      {secret !== null && <Once {...secret} onClose={() => setSecret(null)} />}
    </>
  );
}

/** Which changes are posted. */
function KindsField({ fault }: { fault: string | undefined }) {
  const id = useId();
  return (
    <fieldset className="self-start">
      <legend className="text-sm font-medium">{say.kinds}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {KINDS.map((kind) => (
          <label key={kind} className="flex items-center gap-2">
            <input
              type="checkbox"
              name="kinds"
              value={kind}
              defaultChecked
              aria-invalid={fault !== undefined}
              aria-describedby={fault === undefined ? undefined : id}
            />
            {say.kindNames[kind]}
          </label>
        ))}
      </div>
      {fault !== undefined && (
        <p id={id} className="text-sm text-danger">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

function WebhookCard({
  webhook,
  busy,
  onEnabled,
  onSecret,
  onDelete,
}: {
  webhook: Webhook;
  busy: boolean;
  onEnabled: (enabled: boolean) => void;
  onSecret: () => void;
  onDelete: () => void;
}) {
  const [open, setOpen] = useState(false);
  const { Name, URL, Kinds, Enabled, DisabledReason, FailedAttempts, NextAttempt } = webhook;
  return (
    <li className="grid gap-2 rounded-xl border border-line bg-panel p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="font-semibold">{Name}</h2>
        <span className={Enabled ? 'text-good' : 'text-poor'}>
          {Enabled ? `● ${say.enabled}` : `○ ${say.disabled}`}
        </span>
        <code className="min-w-0 grow break-all text-soft">{URL}</code>
      </div>
      <p className="text-soft">
        {Kinds.map((kind) => say.kindNames[kind]).join(', ')}
        {FailedAttempts > 0 && ` · ${say.failing(FailedAttempts, NextAttempt)}`}
        {DisabledReason !== null && ` · ${DisabledReason}`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button kind="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say.deliveries}
        </Button>
        <Button kind="plain" disabled={busy} onClick={() => onEnabled(!Enabled)}>
          {Enabled ? say.disable : say.enable}
        </Button>
        <Sure label={say.rotate} name={Name} disabled={busy} onSure={onSecret} />
        <Sure label={words.delete} name={Name} disabled={busy} onSure={onDelete} />
      </div>
      {open && <Deliveries webhookID={webhook.WebhookID} name={Name} />}
    </li>
  );
}
