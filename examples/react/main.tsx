// Asks for an account and shows Sessions.tsx to it. Expects <div id="root" data-server="http://127.0.0.1:4750"></div>;
// without data-server the page's own server is asked.

import { KinebaseProvider } from '@kinebase/client/react';
import { type FormEvent, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Sessions } from './Sessions';

interface Account {
  username: string;
  password: string;
  clientId: string;
}

function App({ url }: { url: string }) {
  const [account, setAccount] = useState<Account | null>(null);
  const signIn = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = (name: string) => String(new FormData(event.currentTarget).get(name));
    setAccount({ username: text('username'), password: text('password'), clientId: text('client') });
  };
  if (account === null)
    return (
      <form onSubmit={signIn}>
        <input name="username" placeholder="Username" autoComplete="username" required />
        <input
          name="password"
          placeholder="Password"
          type="password"
          autoComplete="current-password"
          required
        />
        <input name="client" placeholder="Client id" required />
        <button type="submit">Sign in</button>
      </form>
    );
  return (
    <KinebaseProvider url={url} {...account}>
      <button type="button" onClick={() => setAccount(null)}>
        Sign out
      </button>
      <Sessions />
    </KinebaseProvider>
  );
}

const root = document.getElementById('root')!;
createRoot(root).render(<App url={root.dataset.server ?? window.location.origin} />);
