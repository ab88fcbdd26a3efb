import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { words } from '../words/common.ts';
import { useKeptUp } from './useKeptUp.ts';

const subscribe = (hears: () => void) => onlineManager.subscribe(hears);
const isOnline = () => onlineManager.isOnline();

/** Says that the network or the server is away, for as long as it is. */
export function Away() {
  const answers = useKeptUp();
  const online = useSyncExternalStore(subscribe, isOnline);
  return (
    <div role="status" className="no-print">
      {(!online || !answers) && (
        <p className="border-b border-line bg-sunken px-4 py-2 text-center">{words.faults.network}</p>
      )}
    </div>
  );
}
