import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { type BrowserOptions, openChromium } from '../setup/chromium.ts';
import { startServer, type TestServer } from '../setup/server.ts';

/** The web app as a person has it: the real server with its demo data, a real browser, and an eye on what goes wrong. */
export interface App {
  server: TestServer;
  browser: Browser;
  /** A window of its own, signed in unless `as` is null. */
  open(path: string, options?: OpenOptions): Promise<View>;
  /** A client of the first demo account, to see what the server has. */
  client(): KinebaseClient;
  end(): Promise<void>;
}

export interface OpenOptions {
  /** Which demo account; null: nobody. */
  as?: 'riverside' | 'northside' | null;
  width?: number;
  height?: number;
  dark?: boolean;
  /** A screen that is touched, as on a phone. */
  touch?: boolean;
  /** What the page takes for now, for good; absent: it is as late as it is. */
  now?: number;
}

export interface View {
  page: Page;
  context: BrowserContext;
  /** Uncaught errors and everything the browser logs as one. */
  errors: string[];
  /** Closes the window, and fails if anything went wrong in it that matches none of `expected`. */
  close(expected?: RegExp): Promise<void>;
}

export async function openApp(
  options: Parameters<typeof startServer>[0] = {},
  browserOptions: (url: string) => BrowserOptions = () => ({}),
): Promise<App> {
  const server = await startServer({ DEMO: 'true', ...options });
  const browser = await openChromium(browserOptions(server.url));
  return {
    server,
    browser,
    client() {
      const { username, password, clientId } = DEMO[0]!;
      return createClient({ url: server.url, username, password, clientId });
    },
    async open(
      path,
      { as = 'riverside', width = 1280, height = 900, dark = false, touch = false, now } = {},
    ) {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width, height },
        hasTouch: touch,
        isMobile: touch,
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'UTC',
        acceptDownloads: true,
      });
      if (now !== undefined) await context.clock.setFixedTime(now);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
      });
      if (as !== null) await signedIn(context, server, as);
      await page.goto(path);
      return {
        page,
        context,
        errors,
        async close(expected) {
          await context.close();
          expect(errors.filter((text) => !expected?.test(text))).toEqual([]);
        },
      };
    },
    async end() {
      await browser.close();
      await server.end();
    },
  };
}

/** Through the door, as a person does. */
export async function enter(
  page: Page,
  { username, password, clientId = 'riverside' }: Entry,
): Promise<void> {
  await page.getByLabel('E-mail').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Client id').fill(clientId);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

interface Entry {
  username: string;
  password: string;
  clientId?: string;
}

/** Into the dialog that asks for the password anew. */
export async function enterAgain(page: Page, password: string): Promise<void> {
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  await again.getByLabel('Password').fill(password);
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await again.waitFor({ state: 'detached' });
}

/** As if somebody had signed in in this browser before. */
async function signedIn(context: BrowserContext, server: TestServer, as: 'riverside' | 'northside') {
  const { username, password, clientId } = DEMO[as === 'riverside' ? 0 : 1]!;
  const { RefreshToken } = await server.signIn(username, password, clientId);
  const account = { username, clientId, refreshToken: RefreshToken, role: 'admin' };
  await context.addInitScript((kept) => {
    // Not again after a test has signed out.
    if (sessionStorage.getItem('test.begun') !== null) return;
    sessionStorage.setItem('test.begun', 'yes');
    localStorage.setItem('kinebase.account', kept);
  }, JSON.stringify(account));
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing that the checker of accessibility would object to (WCAG 2.2 A and AA, and its best practices). */
export async function expectAccessible(page: Page): Promise<void> {
  // Through the debugger: the page's own policy lets no foreign script in.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    return (await axe.run()).violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 200)),
    }));
  });
  expect(violations).toEqual([]);
}

interface AxeViolation {
  id: string;
  help: string;
  nodes: { html: string }[];
}
