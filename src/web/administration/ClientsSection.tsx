import { useAccount } from '../account.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { Sure } from '../ui/Sure.tsx';
import { Cell, Table } from '../ui/Table.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';
import { Listed } from './Listed.tsx';
import { NewRecord } from './NewRecord.tsx';
import { useAdministered } from './useAdministered.ts';

const say = administrationWords.clients;

/** Client ids that sign-ins carry. The one that this browser came in with stays. */
export function ClientsSection() {
  const { account } = useAccount();
  const { query, change, busy } = useAdministered('clients', (client) => client.clients.list().all());
  return (
    <>
      <p className="max-w-3xl text-soft">{say.text}</p>
      <NewRecord
        label={say.add}
        busy={busy}
        onMake={(said) =>
          change({
            call: (client) =>
              client.clients.create({
                Name: said('name'),
                BodyForm: said('form') as 'string' | 'json',
                ...(said('id') === '' ? {} : { ClientID: said('id') }),
              }),
            done: ({ ClientID }) => say.added(ClientID),
          })
        }
      >
        <Field label={say.name} name="name" autoComplete="off" required />
        <Field label={say.id} name="id" hint={say.idHint} autoComplete="off" />
        <Choice label={say.form} name="form" defaultValue="string">
          <Forms />
        </Choice>
      </NewRecord>
      <Listed query={query}>
        {(clients) => (
          <Table caption={say.title} columns={[say.name, say.id, say.form, '']}>
            {clients.map(({ ClientID, Name, BodyForm }) => (
              <tr key={ClientID}>
                <Cell wide>{Name}</Cell>
                <Cell>
                  <code>{ClientID}</code>
                </Cell>
                <Cell>
                  <select
                    aria-label={`${say.form}: ${Name}`}
                    className="rounded-md border border-line bg-page px-2 py-1"
                    value={BodyForm}
                    disabled={busy}
                    onChange={(event) =>
                      change({
                        call: (client) =>
                          client.clients.patch(ClientID, {
                            BodyForm: event.target.value as 'string' | 'json',
                          }),
                      })
                    }
                  >
                    <Forms />
                  </select>
                </Cell>
                <Cell>
                  <Sure
                    label={words.delete}
                    name={Name}
                    disabled={busy || ClientID === account.clientId}
                    onSure={() => change({ call: (client) => client.clients.delete(ClientID) })}
                  />
                </Cell>
              </tr>
            ))}
          </Table>
        )}
      </Listed>
    </>
  );
}

const Forms = () =>
  Object.entries(say.forms).map(([form, text]) => (
    <option key={form} value={form}>
      {text}
    </option>
  ));
