import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { KinebaseProvider } from '../react/index.ts';
import { AccountProvider, type AccountState, hasEnded } from './account.tsx';
import { leave } from './leaving.ts';
import { createAppRouter } from './router.tsx';
import { SignIn } from './shell/SignIn.tsx';
import { SignInAgain } from './shell/SignInAgain.tsx';
import { Messages } from './ui/messages.tsx';

/** The whole app: who is signed in, the client that everything asks, and the view that the address names. */
export const App = () => (
  <AccountProvider door={<SignIn />}>
    {(state) => <SignedIn key={`${state.account.clientId} ${state.account.username}`} {...state} />}
  </AccountProvider>
);

function SignedIn({ client, ended, end }: AccountState) {
  const [router] = useState(createAppRouter);
  const [{ queryClient, onEnd }] = useState(createQueries);
  useEffect(() => onEnd(end), [onEnd, end]);
  useEffect(() => leave, []);
  return (
    <KinebaseProvider client={client} queryClient={queryClient}>
      <Messages>
        <RouterProvider router={router} />
        {ended && <SignInAgain />}
      </Messages>
    </KinebaseProvider>
  );
}

/** What was read and is kept for a while; hears when the server takes the sign-in no more, whatever was asked. */
function createQueries() {
  let ended = () => {};
  const onError = (error: unknown) => {
    if (hasEnded(error)) ended();
  };
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { staleTime: 30_000 } },
  });
  return {
    queryClient,
    onEnd(hears: () => void) {
      ended = hears;
    },
  };
}
