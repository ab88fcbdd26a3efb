// A real browser, and what is measured inside of it.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { tokensOf } from './client.mjs';

const PROGRAM = '/usr/bin/chromium';
const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Heap figures are rounded without it.
  '--enable-precise-memory-info',
];

export async function openBrowser() {
  if (!existsSync(PROGRAM)) throw new Error(`this question needs ${PROGRAM}`);
  const browser = await chromium.launch({ executablePath: PROGRAM, args: ARGS });
  return { browser, stop: () => browser.close() };
}

/** A window with an empty cache, signed in as if somebody had done it there before. */
export async function openWindow(browser, url, { username, password, clientId }) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 } });
  const { RefreshToken: refreshToken } = await tokensOf(url, username, password, clientId);
  await context.addInitScript(
    (kept) => localStorage.setItem('kinebase.account', kept),
    JSON.stringify({ username, clientId, refreshToken, role: 'admin' }),
  );
  const page = await context.newPage();
  return { context, page };
}

/** Intervals between frames, ms, while something moves for that long: `step` is a function of `window.bench`, called before each. */
export const framesWhile = (page, seconds, step) =>
  page.evaluate(
    ([seconds, step]) =>
      new Promise((done) => {
        const intervals = [];
        let [before, total] = [null, 0];
        const frame = (now) => {
          if (before !== null) {
            intervals.push(now - before);
            total += now - before;
          }
          before = now;
          if (total >= 1000 * seconds) return done(intervals);
          window.bench[step](intervals.length);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    [seconds, step],
  );

const FRAME_MS = 1000 / 60;

/** Frames per second, and those of sixty a second that never came. */
export function paceOf(intervals) {
  const total_ms = intervals.reduce((sum, one) => sum + one, 0);
  return {
    perSecond: (1000 * intervals.length) / total_ms,
    lost: intervals.reduce((sum, one) => sum + Math.max(0, Math.round(one / FRAME_MS) - 1), 0),
    longest_ms: Math.max(...intervals),
  };
}

/** What a page's script still holds once all that nobody needs is gone, in MB. */
export async function heap_MB(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}
