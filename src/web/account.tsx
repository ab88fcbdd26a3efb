import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import {
  createClient,
  isKinebaseError,
  type KinebaseClient,
  signIn,
  signOut,
  type Tokens,
} from '../sdk/index.ts';

/** Who is signed in. Kept in the browser until signing out, so that a reload or another tab asks for no password. */
export interface Account {
  username: string;
  clientId: string;
  refreshToken: string;
  role: 'admin' | 'coach' | 'viewer';
}

export interface AccountState {
  account: Account;
  client: KinebaseClient;
  /** May record, correct and delete. */
  mayRecord: boolean;
  mayAdminister: boolean;
  /** The server accepts the sign-in no more. Everything stays on the screen until the same person is in again. */
  ended: boolean;
  end(): void;
  signOut(): void;
}

export interface SignInCall {
  username: string;
  password: string;
  clientId: string;
}

const KEPT = 'kinebase.account';
const url = () => window.location.origin;

const AccountContext = createContext<AccountState | null>(null);
const SignInContext = createContext<((call: SignInCall) => Promise<void>) | null>(null);

/** Only below a sign-in. */
export function useAccount(): AccountState {
  const state = useContext(AccountContext);
  if (state === null) throw new Error('Nobody is signed in here.');
  return state;
}

/** Signs in, anew too. Throws KinebaseError. */
export const useSignIn = () => useContext(SignInContext)!;

export function AccountProvider({
  children,
  door,
}: {
  /** Shown to who is signed in. */
  children: (state: AccountState) => ReactNode;
  /** Shown to who is not. */
  door: ReactNode;
}): ReactNode {
  const [account, setAccount] = useState(readKept);
  const [endedToken, setEndedToken] = useState<string | null>(null);
  const keep = useCallback((next: Account | null) => {
    if (next === null) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, JSON.stringify(next));
    setAccount(next);
  }, []);
  // Signing in or out in one tab is seen in the others.
  useEffect(() => {
    const changed = (event: StorageEvent) => event.key === KEPT && setAccount(readKept());
    window.addEventListener('storage', changed);
    return () => window.removeEventListener('storage', changed);
  }, []);

  const enter = useCallback(
    async (call: SignInCall) => {
      const tokens = await signIn({ url: url(), ...call });
      keep({
        username: call.username,
        clientId: call.clientId,
        refreshToken: tokens.refreshToken ?? '',
        role: roleOf(tokens),
      });
    },
    [keep],
  );
  const identity = account === null ? null : `${account.clientId} ${account.username}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new role, or signing in again, is no new client: what it has read stays
  const client = useMemo(() => {
    if (account === null) return null;
    const { username, clientId } = account;
    let { refreshToken } = account;
    const refreshed = () => {
      const held = readKept();
      // Somebody else may have signed in meanwhile, in another tab.
      if (held?.username === username && held.clientId === clientId) refreshToken = held.refreshToken;
      return refreshToken;
    };
    const onTokens = (tokens: Tokens) => {
      const held = readKept();
      if (held !== null && held.refreshToken === tokens.refreshToken && held.role !== roleOf(tokens))
        keep({ ...held, role: roleOf(tokens) });
    };
    return createClient({ url: url(), refreshToken: refreshed, clientId, onTokens });
  }, [identity]);
  const state = useMemo<AccountState | null>(
    () =>
      account === null || client === null
        ? null
        : {
            account,
            client,
            mayRecord: account.role !== 'viewer',
            mayAdminister: account.role === 'admin',
            ended: endedToken === account.refreshToken,
            end: () => setEndedToken(account.refreshToken),
            signOut() {
              // The server is told as well; whether it hears of it or not, this browser forgets.
              void signOut({
                url: url(),
                refreshToken: account.refreshToken,
                clientId: account.clientId,
              }).catch(() => {});
              keep(null);
            },
          },
    [account, client, endedToken, keep],
  );

  return (
    <SignInContext.Provider value={enter}>
      {state === null ? (
        door
      ) : (
        <AccountContext.Provider value={state}>{children(state)}</AccountContext.Provider>
      )}
    </SignInContext.Provider>
  );
}

function readKept(): Account | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Account | null;
    return typeof kept?.refreshToken === 'string' ? kept : null;
  } catch {
    return null;
  }
}

const ENDED: ReadonlySet<string> = new Set(['unauthorized', 'NotAuthorizedException']);

/** Whether the server takes the sign-in no more. */
export const hasEnded = (error: unknown): boolean => isKinebaseError(error) && ENDED.has(error.code);

/** For what is shown and what is not; what is allowed is the server's to say. */
function roleOf({ idToken }: Tokens): Account['role'] {
  try {
    const part = idToken.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const role = (JSON.parse(atob(part)) as { 'cognito:groups'?: string[] })['cognito:groups']?.[0];
    return role === 'admin' || role === 'coach' ? role : 'viewer';
  } catch {
    return 'viewer';
  }
}
