import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Fault } from '../ui/Fault.tsx';
import { Waiting } from '../ui/Waiting.tsx';

/** What is administered, once it is here; old data stays while new is on its way. */
export function Listed<Item>({
  query: { data, error, refetch },
  children,
}: {
  query: UseQueryResult<Item[], Error>;
  children: (items: readonly Item[]) => ReactNode;
}) {
  if (data === undefined)
    return error === null ? <Waiting /> : <Fault error={error} onAgain={() => void refetch()} />;
  return children(data);
}
