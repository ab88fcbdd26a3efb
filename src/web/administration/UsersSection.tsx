import { useState } from 'react';
import type { User } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { Button } from '../ui/Button.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { Once } from '../ui/Once.tsx';
import { Sure } from '../ui/Sure.tsx';
import { Cell, Table } from '../ui/Table.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';
import { Listed } from './Listed.tsx';
import { NewRecord } from './NewRecord.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import { useAdministered } from './useAdministered.ts';

const say = administrationWords.users;

export function UsersSection() {
  const { account } = useAccount();
  const { query, change, busy } = useAdministered('users', (client) => client.users.list().all());
  const [secret, setSecret] = useState<{ title: string; secret: string } | null>(null);
  const [settingOf, setSettingOf] = useState<User | null>(null);
  return (
    <>
      <NewRecord
        label={say.add}
        busy={busy}
        onMake={(said) =>
          change({
            call: (client) =>
              client.users.create({ Username: said('username'), Role: said('role') as User['Role'] }),
            done({ Username, Password }) {
              if (Password !== undefined) setSecret({ title: say.passwordOf(Username), secret: Password });
              return undefined;
            },
          })
        }
      >
        <Field label={say.username} name="username" type="email" autoComplete="off" required />
        <Choice label={say.role} name="role" defaultValue="coach">
          <Roles />
        </Choice>
      </NewRecord>
      <Listed query={query}>
        {(users) => (
          <Table caption={say.title} columns={[say.username, say.role, say.state, '']}>
            {users.map((user) => (
              <Row
                key={user.UserID}
                user={user}
                itself={user.Username.toLowerCase() === account.username.toLowerCase()}
                busy={busy}
                onRole={(Role) =>
                  change({
                    call: (client) => client.users.patch(user.UserID, { Role }),
                    done: () => say.roleIs(user.Username, words.shell.roles[Role]),
                  })
                }
                onEnabled={(Enabled) =>
                  change({ call: (client) => client.users.patch(user.UserID, { Enabled }) })
                }
                onPassword={() => setSettingOf(user)}
                onDelete={() => change({ call: (client) => client.users.delete(user.UserID) })}
              />
            ))}
          </Table>
        )}
      </Listed>
      {secret !== null && <Once {...secret} onClose={() => setSecret(null)} />}
      {settingOf !== null && (
        <PasswordDialog
          user={settingOf}
          onClose={() => setSettingOf(null)}
          onSet={(Password) =>
            change({
              call: (client) => client.users.patch(settingOf.UserID, { Password }),
              done() {
                setSettingOf(null);
                return say.passwordSet(settingOf.Username);
              },
            })
          }
        />
      )}
    </>
  );
}

const Roles = () =>
  Object.entries(words.shell.roles).map(([role, text]) => (
    <option key={role} value={role}>
      {text}
    </option>
  ));

/** `itself`: nobody takes their own rights away by mistake. */
const Row = ({
  user,
  itself,
  busy,
  onRole,
  onEnabled,
  onPassword,
  onDelete,
}: {
  user: User;
  itself: boolean;
  busy: boolean;
  onRole: (role: User['Role']) => void;
  onEnabled: (enabled: boolean) => void;
  onPassword: () => void;
  onDelete: () => void;
}) => (
  <tr>
    <Cell wide>
      {user.Username} {itself && <span className="text-soft">({say.you})</span>}
    </Cell>
    <Cell>
      <select
        aria-label={`${say.role}: ${user.Username}`}
        className="rounded-md border border-line bg-page px-2 py-1"
        value={user.Role}
        disabled={itself || busy}
        onChange={(event) => onRole(event.target.value as User['Role'])}
      >
        <Roles />
      </select>
    </Cell>
    <Cell>{user.Enabled ? say.enabled : say.disabled}</Cell>
    <Cell>
      <Button
        kind="quiet"
        disabled={busy}
        aria-label={`${say.setPassword}: ${user.Username}`}
        onClick={onPassword}
      >
        {say.setPassword}
      </Button>
      <Button
        kind="quiet"
        disabled={itself || busy}
        aria-label={`${user.Enabled ? say.disable : say.enable}: ${user.Username}`}
        onClick={() => onEnabled(!user.Enabled)}
      >
        {user.Enabled ? say.disable : say.enable}
      </Button>
      <Sure label={words.delete} name={user.Username} disabled={itself || busy} onSure={onDelete} />
    </Cell>
  </tr>
);
