import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, openApp } from './app.ts';

/** Width between the margins, px. */
const PAPERS = [
  ['A4', 688],
  ['Letter', 710],
] as const;

describe.skipIf(!hasChromium)('on paper', () => {
  let app: App;
  let squat: Session;
  beforeAll(async () => {
    app = await openApp();
    const client = app.client();
    squat = (await client.sessions.list({ name: 'Squat', limit: 1 })).items[0]!;
  }, 120_000);
  afterAll(() => app?.end());

  describe.each(PAPERS)('%s', (format, width) => {
    test('a session: whose it is, curves, figure, report, and where its numbers come from', async () => {
      const { page, close } = await app.open(`/app/sessions/${squat['Session ID']}?at=2`, { dark: true });
      await page.locator('[data-drawn=solid]').waitFor();
      await page.getByRole('heading', { name: 'Left and right' }).waitFor();
      await page.getByRole('button', { name: 'Print' }).waitFor();
      const printed = await page.pdf({ format });
      expect(pagesOf(printed)).toBeGreaterThanOrEqual(2);
      expect(pagesOf(printed)).toBeLessThanOrEqual(4);
      const text = textOf(printed);
      if (text !== null)
        for (const part of [
          'Riverside Performance',
          'Printed from Kinebase',
          'Squat',
          'Knee Flex.',
          '100 in range',
          'Where these numbers come from',
          'pipeline version',
          'of this session',
        ])
          expect(text).toContain(part);
      if (text !== null) {
        expect(text).toMatch(new RegExp(`${pagesOf(printed)} ?/ ?${pagesOf(printed)}`));
        expect(text).not.toMatch(/Download|Remove|Administration/);
      }
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media: 'print' });
      expect(await cut(page, width)).toEqual([]);
      await close();
    });

    test('an athlete: trends and last reports', async () => {
      const { page, close } = await app.open(`/app/athletes/${squat['Athlete ID']}`);
      await page.getByRole('heading', { name: 'Last report of each exercise' }).waitFor();
      await page.getByRole('button', { name: 'Print' }).waitFor();
      const printed = await page.pdf({ format });
      expect(pagesOf(printed)).toBeLessThanOrEqual(3);
      const text = textOf(printed);
      if (text !== null)
        for (const part of ['Riverside Performance', 'Trends', 'Last report of each exercise'])
          expect(text).toContain(part);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media: 'print' });
      expect(await cut(page, width)).toEqual([]);
      await close();
    });

    test('compared sessions: curves, and every column of their numbers', async () => {
      const own = await app.client().sessions.list({ name: 'Squat', athleteID: squat['Athlete ID'] }).all();
      const ids = own.slice(0, 3).map((session) => session['Session ID']);
      const { page, close } = await app.open(`/app/compare?sessions=${ids.join(',')}&side=both&at=50`);
      await page.getByRole('table').getByRole('row').nth(6).waitFor();
      const text = textOf(await page.pdf({ format }));
      if (text !== null)
        for (const part of ['Knee Flex.', 'Repetitions', 'Difference', 'At 50 %', '90 to 130°'])
          expect(text).toContain(part);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media: 'print' });
      await expect.poll(() => cut(page, width)).toEqual([]);
      await close();
    });
  });

  test('the list of sessions: every row that is loaded, and how many of how many', async () => {
    const { page, close } = await app.open('/app/sessions', { dark: true, height: 500 });
    const client = app.client();
    const all = await client.sessions.list().all();
    await page.getByText(`${all.length} sessions`, { exact: true }).waitFor();
    const drawn = page.getByRole('row');
    expect(await drawn.count()).toBeLessThan(all.length);
    const grid = page.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('End');
    await page.locator(`[data-index="${all.length - 1}"]`).waitFor();
    const top = await grid.evaluate((element) => element.scrollTop);
    const printed = await page.pdf({ format: 'A4' });
    expect(pagesOf(printed)).toBeGreaterThan(1);
    const text = textOf(printed);
    if (text !== null) {
      expect(text).toContain(`All ${all.length} sessions.`);
      const names = text.match(new RegExp(all.at(-1)!['Session Name'], 'g'));
      expect(names!.length).toBeGreaterThan(0);
      expect(text.match(/\d+\.\d s\b/g)).toHaveLength(all.length);
      expect(text).not.toMatch(/Download|more follow/);
    }
    expect(await grid.evaluate((element) => element.scrollTop)).toBe(top);
    for (const [, width] of PAPERS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      await page.getByText(`All ${all.length} sessions.`).waitFor();
      expect(await cut(page, width)).toEqual([]);
    }
    await close();
  });

  test('curves are drawn anew before the picture is taken: sharp, as wide as the paper, in light colours', async () => {
    const { page, close } = await app.open(`/app/sessions/${squat['Session ID']}`, { dark: true });
    await page.locator('[data-drawn=solid]').waitFor();
    const chart = () =>
      page.evaluate(() => ({
        width: document.querySelector<HTMLCanvasElement>('canvas:not([data-drawn] *)')!.width,
        theme: document.documentElement.dataset.theme,
        head: document.querySelectorAll('.paper-only').length,
      }));
    const before = await chart();
    expect(before).toMatchObject({ theme: 'dark', head: 0 });
    const during = await page.evaluate(() => {
      window.dispatchEvent(new Event('beforeprint'));
      return {
        width: document.querySelector<HTMLCanvasElement>('canvas:not([data-drawn] *)')!.width,
        figure: document.querySelector<HTMLCanvasElement>('[data-drawn] canvas')!.width,
        theme: document.documentElement.dataset.theme,
        head: document.querySelectorAll('.paper-only').length,
      };
    });
    expect(during).toEqual({ width: 3 * 688, figure: 3 * 352, theme: 'light', head: 1 });
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await expect.poll(chart).toEqual(before);
    await close();
  });

  describe('with curves far below the screen', () => {
    const address = () =>
      `/app/sessions/${squat['Session ID']}?joint=pelvis,hip,knee,ankle,trunk,shoulder,elbow`;
    /** Of what is on paper while the browser takes its picture. */
    const charts = (page: Page) =>
      page.evaluate(() => {
        window.dispatchEvent(new Event('beforeprint'));
        const canvases = [...document.querySelectorAll<HTMLCanvasElement>('section > div > canvas')];
        const drawn = canvases.filter((canvas) => {
          const { width, height } = canvas;
          return canvas
            .getContext('2d')
            ?.getImageData(0, 0, width, height)
            .data.some((value) => value > 0);
        });
        const unread = document.body.textContent.match(/Not read yet/g)?.length ?? 0;
        window.dispatchEvent(new Event('afterprint'));
        return { drawn: drawn.length, unread, all: canvases.length };
      });

    test('the button reads and draws all of them, then prints', async () => {
      const { page, context, close } = await app.open('/app/sessions');
      await context.addInitScript(() => {
        window.print = () => document.documentElement.setAttribute('data-printing', '');
      });
      await page.goto(address());
      await page.locator('[data-drawn=solid]').waitFor();
      const seen = await page.locator('section > div > canvas').count();
      const before = await charts(page);
      expect(before.all).toBeGreaterThan(seen + 5);
      expect(before.unread).toBe(before.all - seen);
      await page.getByRole('button', { name: 'Print' }).click();
      await page.locator('[data-printing]').waitFor();
      expect(await charts(page)).toEqual({ drawn: before.all, unread: 0, all: before.all });
      // On the screen only what can be seen is drawn.
      await expect.poll(() => page.locator('section > div > canvas').count()).toBe(seen);
      await close();
    });
  });
});

/** Rows that may be cut between two sheets, and what is wider than the sheet. */
const cut = (page: Page, width: number) =>
  page.evaluate((most) => {
    const shown = [...document.querySelectorAll<HTMLElement>('main *')].filter(
      (element) => element.getClientRects().length > 0 && element.closest('.sr-only') === null,
    );
    return shown
      .filter(
        (element) =>
          element.getBoundingClientRect().right > most + 1 ||
          (element.matches('tr, figure') && getComputedStyle(element).breakInside !== 'avoid'),
      )
      .map((element) => element.outerHTML.slice(0, 120));
  }, width);

/** The objects of pages stand in the file as they are. */
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

/** The text of a PDF on one line; null where Poppler's pdftotext is not installed. */
function textOf(pdf: Buffer): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-print-'));
  try {
    writeFileSync(join(folder, 'page.pdf'), pdf);
    return execFileSync('pdftotext', ['-layout', join(folder, 'page.pdf'), '-'], {
      encoding: 'utf8',
    }).replace(/\s+/g, ' ');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
