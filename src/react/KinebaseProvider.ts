import { QueryClient, QueryClientContext, QueryClientProvider } from '@tanstack/react-query';
import { createContext, createElement, type ReactNode, useContext, useMemo, useState } from 'react';
import { type ClientOptions, createClient, type KinebaseClient } from '../sdk/index.ts';

const ClientContext = createContext<KinebaseClient | null>(null);

/** A client, or what one is made of. */
export type KinebaseProviderProps = (
  | { client: KinebaseClient }
  | (ClientOptions & { client?: undefined })
) & {
  /** Absent: the one of a QueryClientProvider around, or one of its own. */
  queryClient?: QueryClient | undefined;
  children?: ReactNode;
};

/**
 * Gives the hooks below it their client. One that is made here is made anew when the server or the account changes;
 * functions among its options are those of the first time.
 *
 * @example
 * <KinebaseProvider url="https://kinebase.example" username={username} password={password} clientId="riverside">
 *   <Sessions />
 * </KinebaseProvider>
 */
export function KinebaseProvider({ queryClient, children, ...options }: KinebaseProviderProps): ReactNode {
  const client = useClientOf(options);
  const around = useContext(QueryClientContext);
  const [own] = useState(() => queryClient ?? around ?? new QueryClient());
  const provided = createElement(ClientContext.Provider, { value: client }, children);
  if (queryClient === undefined && around !== undefined) return provided;
  return createElement(QueryClientProvider, { client: queryClient ?? own }, provided);
}

function useClientOf(
  options: { client: KinebaseClient } | (ClientOptions & { client?: undefined }),
): KinebaseClient {
  const who = 'client' in options && options.client ? options.client : identityOf(options as ClientOptions);
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for another server or account, not for each rendering
  return useMemo(() => (typeof who === 'string' ? createClient(options as ClientOptions) : who), [who]);
}

/** Equal for the same account of the same server. */
const identityOf = (options: ClientOptions): string =>
  JSON.stringify(Object.entries(options).filter(([, value]) => typeof value !== 'function'));

/** The client that the hooks ask. */
export function useClient(): KinebaseClient {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('Kinebase hooks need a <KinebaseProvider> around them.');
  return client;
}
