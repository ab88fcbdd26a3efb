import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, useState } from 'react';
import { useAccount } from '../account.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useSay } from '../ui/messages.tsx';
import { words } from '../words/common.ts';
import { chooseTheme, chosenTheme, type Theme } from './theme.ts';

export function AccountMenu() {
  const { account, signOut } = useAccount();
  const queries = useQueryClient();
  const [theme, setTheme] = useState(chosenTheme);
  const say = useSay();
  /** Loaded when it is asked for. */
  const [Changing, setChanging] = useState<ComponentType<{ onClose: () => void }> | null>(null);
  const menu = (
    <Menu
      label={account.username}
      entries={[
        { kind: 'label', text: words.shell.roles[account.role] },
        { kind: 'line' },
        {
          kind: 'choice',
          text: words.shell.theme,
          value: theme,
          choices: words.shell.themes,
          choose(next) {
            chooseTheme(next as Theme);
            setTheme(next as Theme);
          },
        },
        { kind: 'line' },
        { kind: 'go', text: words.shell.docs, href: '/docs' },
        {
          kind: 'do',
          text: words.shell.changePassword,
          do: () =>
            void import('./ChangePassword.tsx').then(
              ({ ChangePassword }) => setChanging(() => ChangePassword),
              () => say(words.faults.network, { alarm: true }),
            ),
        },
        {
          kind: 'do',
          text: words.signIn.out,
          do() {
            queries.clear();
            signOut();
          },
        },
      ]}
    />
  );
  return (
    <>
      {menu}
      {Changing !== null && <Changing onClose={() => setChanging(null)} />}
    </>
  );
}
