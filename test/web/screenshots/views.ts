import type { Page } from 'playwright-core';
import type { Session } from '../../../src/sdk/index.ts';

/** A view as it is pictured. */
export interface PicturedView {
  name: string;
  /** `own`: squats of one athlete, newest first. */
  path(own: readonly Session[]): string;
  /** Nobody is signed in; there is nothing to print. */
  door?: true;
  /** Pixels from the top at most, but never less than a window; everything when absent. */
  tallest?: number;
  /** Ends when what the view is about is on the screen. */
  shown(page: Page): Promise<void>;
}

const heading = (name: string) => (page: Page) => page.getByRole('heading', { name }).first().waitFor();

/** Every view of the app. */
export const VIEWS: readonly PicturedView[] = [
  { name: 'sign-in', path: () => '/app/sessions', door: true, tallest: 0, shown: heading('Kinebase') },
  {
    name: 'sessions',
    path: () => '/app/sessions',
    // As tall as the window, however many there are.
    tallest: 0,
    shown: (page) => page.locator('[data-index="0"]').waitFor(),
  },
  {
    name: 'session',
    path: ([latest]) => `/app/sessions/${latest!['Session ID']}?at=2.2`,
    async shown(page) {
      await page.locator('[data-drawn=solid]').waitFor();
      await heading('Left and right')(page);
    },
  },
  {
    name: 'compare',
    path: (own) =>
      `/app/compare?sessions=${own[0]!['Session ID']},${own.at(-1)!['Session ID']}&exercise=${own[0]!['Exercise ID']}&at=50`,
    shown: (page) => page.getByRole('img', { name: /: 4 mean curves/ }).waitFor(),
  },
  { name: 'athletes', path: () => '/app/athletes', shown: heading('Athletes') },
  {
    name: 'athlete',
    path: ([latest]) => `/app/athletes/${latest!['Athlete ID']}`,
    shown: heading('Last report of each exercise'),
  },
  { name: 'record', path: () => '/app/record', shown: heading('Record') },
  ...['users', 'clients', 'keys', 'webhooks', 'exercises', 'channels'].map((section) => ({
    name: `administration-${section}`,
    path: () => `/app/administration/${section}`,
    tallest: 1300,
    shown: heading('Administration'),
  })),
];
