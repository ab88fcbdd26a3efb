import { useEffect, useSyncExternalStore } from 'react';
import { useClient } from '../../react/index.ts';
import type { KinebaseClient } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { onLeaving } from '../leaving.ts';
import { createUploadList, type UploadList } from './uploadList.ts';

/** The files that were dropped since somebody signed in: they stay, and are sent, while other views are open. */
export function useUploads() {
  const list = listOf(useClient());
  const { end } = useAccount();
  useEffect(() => {
    list.onSignInEnded = end;
  }, [list, end]);
  const uploads = useSyncExternalStore(list.subscribe, list.current);
  return { uploads, dispatch: list.dispatch, stop: list.stop };
}

/** Every sign-in has a client of its own. */
const lists = new WeakMap<KinebaseClient, UploadList>();

function listOf(client: KinebaseClient): UploadList {
  const known = lists.get(client);
  if (known !== undefined) return known;
  const list = createUploadList(client);
  lists.set(client, list);
  onLeaving(list.end);
  return list;
}
