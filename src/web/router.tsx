import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { sectionSearch } from './administration/search.ts';
import { athleteSearch, athletesSearch } from './athletes/search.ts';
import { compareSearch } from './compare/search.ts';
import { readSearch, writeSearch } from './search.ts';
import { sessionSearch } from './session/search.ts';
import { sessionsSearch } from './sessions/search.ts';
import { Frame } from './shell/Frame.tsx';
import { NotFound } from './shell/NotFound.tsx';
import { ViewFault } from './shell/ViewFault.tsx';
import { arriving } from './ui/arriving.ts';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, errorComponent: ViewFault });

/** Every view has an address of its own, which says everything that is shown; each is loaded when it is first opened. */
const views = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/app/sessions', replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/app/sessions',
    validateSearch: sessionsSearch,
    component: lazyRouteComponent(
      () => arriving(() => import('./sessions/SessionsView.tsx')),
      'SessionsView',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/app/sessions/$sessionId',
    validateSearch: sessionSearch,
    component: lazyRouteComponent(() => arriving(() => import('./session/SessionView.tsx')), 'SessionView'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/app/compare',
    validateSearch: compareSearch,
    component: lazyRouteComponent(() => arriving(() => import('./compare/CompareView.tsx')), 'CompareView'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/app/athletes',
    validateSearch: athletesSearch,
    component: lazyRouteComponent(
      () => arriving(() => import('./athletes/AthletesView.tsx')),
      'AthletesView',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/app/athletes/$athleteId',
    validateSearch: athleteSearch,
    component: lazyRouteComponent(() => arriving(() => import('./athletes/AthleteView.tsx')), 'AthleteView'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/app/record',
    component: lazyRouteComponent(() => arriving(() => import('./record/RecordView.tsx')), 'RecordView'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/app/administration',
    beforeLoad: () => {
      throw redirect({ to: '/app/administration/$section', params: { section: 'users' }, replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/app/administration/$section',
    validateSearch: sectionSearch,
    component: lazyRouteComponent(
      () => arriving(() => import('./administration/AdministrationView.tsx')),
      'AdministrationView',
    ),
  }),
] as const;

export const createAppRouter = () =>
  createRouter({
    routeTree: root.addChildren(views),
    history: createBrowserHistory(),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultErrorComponent: ViewFault,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
