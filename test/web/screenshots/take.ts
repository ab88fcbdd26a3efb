import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { BrowserOptions } from '../../setup/chromium.ts';
import type { Look } from './looks.ts';

/** Where the pictured app is: paper says it. Secure, as every name below localhost. */
export const PICTURED_AT = 'http://kinebase.localhost';

/** Those of fonts.conf; a picture with others would differ in every word. */
export const hasLetters = existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf');

/** The same letters, edges, colours and address on every machine. */
export const sameEverywhere = (url: string): BrowserOptions => ({
  args: [
    '--font-render-hinting=none',
    '--disable-lcd-text',
    '--force-color-profile=srgb',
    `--host-resolver-rules=MAP ${new URL(PICTURED_AT).host}:80 ${new URL(url).host}`,
  ],
  env: { FONTCONFIG_FILE: fileURLToPath(new URL('fonts.conf', import.meta.url)) },
});

/** What is below is left out. */
const TALLEST = 4000;
/** Below the last line: what surrounds it. */
const MARGIN = 36;

/** Shows an open page in another look, and answers a picture (PNG) of all of it once it rests. */
export async function take(
  page: Page,
  { width, height, paper = false }: Look,
  tallest = TALLEST,
): Promise<Buffer> {
  const most = Math.max(height, tallest);
  await page.emulateMedia({ media: paper ? 'print' : 'screen' });
  // A window that has room for everything: charts are only drawn where they can be seen.
  await resize(page, width, most);
  if (paper) await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  let before: Buffer = Buffer.alloc(0);
  for (;;) {
    await page.waitForFunction(isWhole);
    const end = Math.ceil(await page.evaluate(lowest)) + MARGIN;
    const clip = { x: 0, y: 0, width, height: Math.min(most, Math.max(height, end)) };
    const picture = await page.screenshot({ caret: 'hide', clip });
    if (picture.equals(before)) return picture;
    before = picture;
  }
}

async function resize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.waitForFunction(
    (size) => {
      const { clientWidth, clientHeight } = document.documentElement;
      return clientWidth === size.width && clientHeight === size.height;
    },
    { width, height },
  );
}

/** In the page: nothing that can be seen is still on its way. */
function isWhole(): boolean {
  if (document.querySelector('[role=status][aria-label=Loading]') !== null) return false;
  const waiting = [...document.querySelectorAll('main span, main p')].filter(
    ({ children, textContent }) => children.length === 0 && /^(Loading|…)$/.test(textContent),
  );
  return !waiting.some((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2) === element;
  });
}

/** In the page: where its content ends, pixels from the top. */
const lowest = () =>
  Math.max(
    ...[...document.querySelectorAll('body *')]
      .filter((element) => element.children.length === 0 && element.checkVisibility())
      .map((element) => element.getBoundingClientRect())
      .map(({ height, bottom }) => (height === 0 ? 0 : bottom)),
  );
