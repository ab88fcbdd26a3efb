import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's browser; playwright-core brings none. */
const PROGRAM = '/usr/bin/chromium';
export const hasChromium = existsSync(PROGRAM);

/** The first number of its version; null where there is none. */
export const chromiumMajor = (): string | null =>
  hasChromium
    ? (/\d+/.exec(execFileSync(PROGRAM, ['--version'], { encoding: 'utf8', stdio: 'pipe' }))?.[0] ?? null)
    : null;

/** Without what a browser asks of its maker by itself. */
const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openChromium = ({ args = [], env = {} }: BrowserOptions = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: PROGRAM,
    args: [...ARGS, ...args],
    env: { ...process.env, ...env } as Record<string, string>,
  });

export interface BrowserOptions {
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** A page that keeps what goes wrong in it: uncaught errors, rejections, and everything that is logged as an error. */
export async function openPage(browser: Browser, url: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(url);
  return { page, errors };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Serves a folder, and nothing that lies outside it. */
export async function serveFolder(folder: string): Promise<{ url: string; end(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://x').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    if (path === '/favicon.ico') return response.writeHead(204).end();
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async end() {
      server.closeAllConnections();
      await new Promise((ended) => server.close(ended));
    },
  };
}
