import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, openApp } from './app.ts';

/** What the window is called, and where the focus is, in one view after another. */
describe.skipIf(!hasChromium)('coming to a view of the web app', () => {
  let app: App;
  let squat: Session;
  beforeAll(async () => {
    app = await openApp();
    squat = (await app.client().sessions.list({ name: 'Squat', limit: 1 })).items[0]!;
  }, 120_000);
  afterAll(() => app?.end());

  const expectTitle = (page: Page, title: string) => expect.poll(() => page.title()).toBe(title);
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement!;
      return `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`;
    });

  test('the window is named after what it shows', async () => {
    const { page, close } = await app.open('/app/sessions');
    const athlete = (await app.client().athletes.list().all()).find(
      ({ ValorID }) => ValorID === squat['Athlete ID'],
    )!;
    for (const [path, title] of [
      ['/', 'Sessions'],
      ['/app/sessions?name=Squat', 'Sessions'],
      [`/app/sessions/${squat['Session ID']}`, 'Squat'],
      ['/app/sessions/none', 'There is no such session'],
      ['/app/athletes', 'Athletes'],
      [`/app/athletes/${athlete.ValorID}`, `${athlete.FirstName} ${athlete.LastName}`],
      ['/app/athletes/none', 'There is no such athlete'],
      ['/app/compare', 'Compare'],
      ['/app/record', 'Record'],
      ['/app/administration', 'Users'],
      ['/app/administration/clients', 'Client ids'],
      ['/app/administration/keys', 'API keys'],
      ['/app/administration/webhooks', 'Webhooks'],
      ['/app/administration/exercises', 'Exercises'],
      ['/app/administration/channels', 'Channels'],
      ['/app/administration/none', 'There is no such page'],
      ['/app/nothing/here', 'There is no such page'],
    ] as const) {
      await page.goto(path);
      await expectTitle(page, `${title} – Kinebase`);
    }
    await close(/status of 40[04]/);
    const door = await app.open('/app/athletes', { as: null });
    await expectTitle(door.page, 'Sign in – Kinebase');
    await door.close();
  });

  test('the window is named while a view is on its way, and where it cannot be read', async () => {
    const { page, context, close } = await app.open('/app/compare');
    await expectTitle(page, 'Compare – Kinebase');
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await context.route('**/athletes*', async (route) => {
      await held;
      await route.fulfill({ status: 403, json: { error: 'forbidden', message: 'No.' } });
    });
    await page.goto(`/app/athletes/${squat['Athlete ID']}`);
    await page.getByRole('status', { name: 'Loading' }).waitFor();
    await expectTitle(page, 'Athlete – Kinebase');
    answer();
    await expectTitle(page, 'This did not work – Kinebase');
    await close(/status of 403/);
  });

  test('the focus goes to the heading of the new view, and back in the list to the row that was opened', async () => {
    const { page, close } = await app.open('/app/sessions');
    const grid = page.getByRole('grid', { name: 'Sessions' });
    await grid.waitFor();
    expect(await focused(page)).toMatch(/^BODY/);
    await grid.focus();
    for (const _ of Array(30)) await page.keyboard.press('ArrowDown');
    const active = await grid.getAttribute('aria-activedescendant');
    const name = await page.locator(`#${active} a`).textContent();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe(`H1 ${name}`);
    await page.goBack();
    await expect.poll(() => focused(page)).toBe('DIV Sessions');
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe(active);
    await page.locator(`#${active}`).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe(`H1 ${name}`);

    await page.getByRole('link', { name: 'Athletes', exact: true }).click();
    await expect.poll(() => focused(page)).toBe('H1 Athletes');
    const maya = page.getByRole('link', { name: 'Maya St. Clair' });
    await maya.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('H1 Maya St. Clair');
    await page.goBack();
    await expect.poll(() => focused(page)).toBe('A Maya St. Clair');
    // What only changes the address of a view leaves the focus where it is.
    const find = page.getByLabel('Find');
    await find.fill('may');
    await page.waitForURL(/find=may/);
    await expect.poll(() => find.evaluate((field) => field === document.activeElement)).toBe(true);
    await close();
  });
});
