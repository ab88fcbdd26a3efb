import { useState } from 'react';
import type { ApiKey } from '../../sdk/index.ts';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Once } from '../ui/Once.tsx';
import { Sure } from '../ui/Sure.tsx';
import { Cell, Table } from '../ui/Table.tsx';
import { administrationWords } from '../words/administration.ts';
import { Listed } from './Listed.tsx';
import { NewRecord } from './NewRecord.tsx';
import { useAdministered } from './useAdministered.ts';

const say = administrationWords.keys;
const SCOPES = ['read', 'record', 'admin'] as const;

/** Long-lived tokens for programs. */
export function KeysSection() {
  const { query, change, busy } = useAdministered('keys', (client) => client.keys.list().all());
  const [made, setMade] = useState<{ title: string; secret: string } | null>(null);
  return (
    <>
      <p className="max-w-3xl text-soft">{say.text}</p>
      <NewRecord
        label={say.add}
        busy={busy}
        onMake={(said, form) =>
          change({
            call: (client) =>
              client.keys.create({
                Name: said('name'),
                Scopes: SCOPES.filter((scope) => form.getAll('scopes').includes(scope)),
                Expires: said('expires') === '' ? null : `${said('expires')}T23:59:59Z`,
              }),
            done({ Name, Key }) {
              setMade({ title: say.keyOf(Name), secret: Key });
              return undefined;
            },
          })
        }
      >
        <Field label={say.name} name="name" autoComplete="off" required />
        <fieldset className="grid content-start gap-1 self-start">
          <legend className="text-sm font-medium">{say.scopes}</legend>
          {SCOPES.map((scope) => (
            <label key={scope} className="flex items-center gap-2">
              <input type="checkbox" name="scopes" value={scope} defaultChecked={scope === 'read'} />
              {say.scopeNames[scope]}
            </label>
          ))}
        </fieldset>
        <Field label={say.expires} name="expires" type="date" hint={say.expiresHint} />
      </NewRecord>
      <Listed query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <Notice title={say.none} />
          ) : (
            <Table caption={say.title} columns={[say.name, say.scopes, say.created, say.state, '']}>
              {keys.map((key) => (
                <tr key={key.KeyID}>
                  <Cell wide>{key.Name}</Cell>
                  <Cell>{key.Scopes.map((scope) => say.scopeNames[scope]).join(', ')}</Cell>
                  <Cell>{key.Created.slice(0, 10)}</Cell>
                  <Cell>{stateOf(key)}</Cell>
                  <Cell>
                    {!key.Revoked && (
                      <Sure
                        label={say.revoke}
                        name={key.Name}
                        disabled={busy}
                        onSure={() => change({ call: (client) => client.keys.revoke(key.KeyID) })}
                      />
                    )}
                  </Cell>
                </tr>
              ))}
            </Table>
          )
        }
      </Listed>
      {made !== null && <Once {...made} onClose={() => setMade(null)} />}
    </>
  );
}

const stateOf = ({ Revoked, Expires }: ApiKey): string =>
  Revoked ? say.revoked : Expires === null ? say.unlimited : say.until(Expires.slice(0, 10));
