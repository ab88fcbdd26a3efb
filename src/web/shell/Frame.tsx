import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { kinebaseQueries, useClient } from '../../react/index.ts';
import { useAccount } from '../account.tsx';
import { ArrivalContext } from '../ui/arrival.ts';
import { useInSight } from '../ui/useInSight.ts';
import { words } from '../words/common.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Away } from './Away.tsx';
import { PaperHead } from './PaperHead.tsx';
import { useArriving } from './useArriving.ts';

/** What surrounds every view: where to go, whose data this is, who is signed in. */
export function Frame() {
  const { mayRecord, mayAdminister } = useAccount();
  const client = useClient();
  const { data: organization } = useQuery(kinebaseQueries.organization(client));
  const views = useInSight(useLocation({ select: ({ pathname }) => pathname }));
  const arrival = useArriving();
  /** Enter on a link is a click, too. */
  const follows = ({ target }: MouseEvent) => {
    const href = (target as Element).closest('a[href]')?.getAttribute('href');
    if (href) arrival.leave(href);
  };
  return (
    <div className="flex min-h-screen flex-col has-data-fills:h-dvh print:block print:h-auto! print:min-h-0">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:bg-panel focus:p-2 focus:text-ink"
      >
        {words.shell.skip}
      </a>
      <header className="no-print border-b border-line bg-panel">
        <div className="mx-auto grid max-w-[110rem] grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2 sm:flex sm:gap-x-6">
          <Link to="/app/sessions" className="flex items-center gap-2 text-lg font-semibold">
            {words.product}
          </Link>
          <nav
            ref={views}
            aria-label={words.shell.views}
            className="order-last col-span-2 mt-1 flex gap-1 overflow-x-auto sm:order-none sm:mt-0"
          >
            <NavLink to="/app/sessions">{words.shell.sessions}</NavLink>
            <NavLink to="/app/athletes">{words.shell.athletes}</NavLink>
            <NavLink to="/app/compare">{words.shell.compare}</NavLink>
            {mayRecord && <NavLink to="/app/record">{words.shell.record}</NavLink>}
            {mayAdminister && <NavLink to="/app/administration">{words.shell.administration}</NavLink>}
          </nav>
          <span
            className="truncate text-soft max-sm:text-sm sm:ml-auto sm:max-w-56"
            title={organization?.Name}
          >
            {organization?.Name}
          </span>
          <div className="col-start-2 row-span-2 row-start-1 flex">
            <AccountMenu />
          </div>
        </div>
      </header>
      <Away />
      <main
        id="content"
        tabIndex={-1}
        onClickCapture={follows}
        className="mx-auto w-full max-w-[110rem] grow px-4 py-4 outline-none has-data-fills:flex has-data-fills:min-h-0 has-data-fills:flex-col print:block!"
      >
        <PaperHead organization={organization?.Name} />
        <ArrivalContext value={arrival}>
          <Outlet />
        </ArrivalContext>
      </main>
    </div>
  );
}

const NavLink = ({ to, children }: { to: string; children: string }) => (
  <Link
    to={to}
    className="rounded-md px-3 py-1.5 whitespace-nowrap text-soft hover:bg-sunken hover:text-ink"
    activeProps={{ className: 'bg-sunken text-ink! font-medium' }}
  >
    {children}
  </Link>
);
