import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, openApp } from './app.ts';

describe.skipIf(!hasChromium)('the web app without a mouse', () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  }, 120_000);
  afterAll(() => app?.end());

  const focused = (what: Locator) => what.evaluate((element) => element === document.activeElement);
  /** Presses Tab until it is there, as a person would. */
  const tabTo = async (page: Page, what: Locator, key = 'Tab') => {
    await what.waitFor();
    for (let presses = 0; presses < 80; presses++) {
      if (await focused(what)) return;
      await page.keyboard.press(key);
    }
    throw new Error(`Tab does not come to ${what}`);
  };

  test('signing in, finding a session, opening it and coming back', async () => {
    const { page, close } = await app.open('/app/sessions', { as: null });
    for (const [label, text] of [
      ['E-mail', DEMO[0]!.username],
      ['Password', DEMO[0]!.password],
      ['Client id', DEMO[0]!.clientId],
    ] as const) {
      await tabTo(page, page.getByLabel(label));
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await page.getByText('179 sessions', { exact: true }).waitFor();

    // Past everything that every view has.
    await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');

    const view = page.getByRole('button', { name: 'View' });
    await tabTo(page, view);
    await page.keyboard.press('Enter');
    const oldest = page.getByRole('menuitemradio', { name: 'Oldest first' });
    await oldest.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(oldest)).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(view)).toBe(true);

    await tabTo(page, page.getByRole('combobox', { name: 'Session' }));
    await page.keyboard.type('running');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('12 sessions', { exact: true }).waitFor();
    await tabTo(page, page.getByRole('grid', { name: 'Sessions' }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Running', exact: true }).waitFor();
    await page.goBack();
    await page.getByText('12 sessions', { exact: true }).waitFor();
    await close();
  });

  test('repetitions are edited and saved, dialogs keep the focus and give it back', async () => {
    const { page, close } = await app.open('/app/sessions?name=Squat');
    await tabTo(page, page.getByRole('grid', { name: 'Sessions' }));
    await page.keyboard.press('Enter');
    const start = page.getByRole('slider', { name: 'Start of repetition 2' });
    await tabTo(page, start);
    const before = Number(await start.getAttribute('aria-valuenow'));
    await page.keyboard.press('ArrowRight');
    expect(Number(await start.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
    const save = page.getByRole('button', { name: 'Save and compute the report' });
    await tabTo(page, save, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText(/^Saved\. Report 2/).waitFor();
    // The button is gone; whoever goes on is still among the repetitions.
    await expect.poll(() => focused(page.getByRole('heading', { name: '5 repetitions' }))).toBe(true);

    const edit = page.getByRole('button', { name: 'Edit', exact: true });
    await tabTo(page, edit, 'Shift+Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab');
      // The browser's own bar is a stop between the last and the first.
      const inside = await dialog.evaluate(
        (element) => element.contains(document.activeElement) || document.activeElement === document.body,
      );
      expect(inside).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focused(edit)).toBe(true);

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focused(page.getByRole('button', { name: 'Delete' }))).toBe(true);
    await close();
  });

  test('the account menu, its dialog, and signing out', async () => {
    const { page, close } = await app.open('/app/athletes');
    const account = page.getByRole('button', { name: DEMO[0]!.username });
    await tabTo(page, account);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /^Change password/ }).waitFor();
    await page.keyboard.type('ch');
    await expect.poll(() => focused(page.getByRole('menuitem', { name: /^Change password/ }))).toBe(true);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focused(account)).toBe(true);
    await page.keyboard.press('Enter');
    const out = page.getByRole('menuitem', { name: 'Sign out' });
    await out.waitFor();
    // The menu takes the focus a moment after it is shown.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[role="menu"]') !== null))
      .toBe(true);
    await page.keyboard.press('End');
    await expect.poll(() => focused(out)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByLabel('E-mail').waitFor();
    await close();
  });
});
