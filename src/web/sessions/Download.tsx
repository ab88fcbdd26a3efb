import { lazy, Suspense, useState } from 'react';
import type { SessionFilters } from '../../sdk/index.ts';
import { arriving } from '../ui/arriving.ts';
import { MenuButton } from '../ui/Menu.tsx';
import { sessionsWords } from '../words/sessions.ts';

const DownloadMenu = lazy(() =>
  arriving(() => import('./DownloadMenu.tsx').then((module) => ({ default: module.DownloadMenu }))),
);

/** Everything that matches as one file, however much of it is on the screen. Loaded when it is first asked for. */
export function Download({ filters }: { filters: SessionFilters }) {
  const [wanted, setWanted] = useState(false);
  const closed = <MenuButton label={sessionsWords.download} onClick={() => setWanted(true)} />;
  return wanted ? (
    <Suspense fallback={closed}>
      <DownloadMenu filters={filters} />
    </Suspense>
  ) : (
    closed
  );
}
