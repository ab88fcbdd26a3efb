import { type AnyRouter, useLocation, useRouter } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';
import type { Arrival } from '../ui/arrival.ts';
import { nameWindow } from '../ui/title.ts';
import { words } from '../words/common.ts';

/** What the window is called until the view that is on its way has a heading. */
const WAITING: Readonly<Record<string, string>> = {
  '/app/sessions': words.shell.sessions,
  '/app/athletes': words.shell.athletes,
  '/app/compare': words.shell.compare,
  '/app/record': words.shell.record,
  '/app/administration': words.shell.administration,
};
const WAITING_FOR_ONE: Readonly<Record<string, string>> = {
  '/app/sessions': words.shell.session,
  '/app/athletes': words.shell.athlete,
};

/** Follows from view to view: names the window, and notes what had the focus and which link was followed. */
export function useArriving(): Arrival {
  const router = useRouter();
  const pathname = useLocation({ select: (location) => location.pathname });
  const [{ arrival, arrive }] = useState(() => createArrival(router));
  // Before the headings of the views, which have the last word.
  useLayoutEffect(() => {
    arrive(pathname);
    nameWindow(waitingFor(pathname));
  }, [arrive, pathname]);
  return arrival;
}

function createArrival(router: AnyRouter) {
  /** Links that were followed, by the places of the history that they were followed from. */
  const followed = new Map<string, string>();
  const place = () => router.history.location.state.__TSR_key ?? '';
  const arrival: Arrival = {
    from: undefined,
    left: undefined,
    leave: (href) => void followed.set(place(), href),
  };
  const arrive = (pathname: string) => {
    const { resolvedLocation } = router.state;
    // Nothing was shown yet, or the same view is shown again.
    if (resolvedLocation === undefined || resolvedLocation.pathname === pathname) return;
    arrival.from = document.activeElement;
    arrival.left = followed.get(place());
  };
  return { arrival, arrive };
}

function waitingFor(pathname: string): string {
  const [, app, view, one] = pathname.split('/');
  const name = `/${app}/${view}`;
  return (one ? WAITING_FOR_ONE[name] : undefined) ?? WAITING[name] ?? words.product;
}
