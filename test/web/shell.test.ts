import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, expectAccessible, openApp } from './app.ts';

describe.skipIf(!hasChromium)('the frame of the web app', () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  }, 120_000);
  afterAll(() => app?.end());

  test('the door refuses a wrong password, and lets in to the view of the address; signing out closes it', async () => {
    const { page, close } = await app.open('/app/athletes', { as: null });
    await page.getByLabel('E-mail').fill(DEMO[0]!.username);
    await page.getByLabel('Password').fill('wrong');
    await page.getByLabel('Client id').fill(DEMO[0]!.clientId);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('E-mail, password or client id is wrong.').waitFor();
    await page.getByLabel('Password').fill(DEMO[0]!.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Riverside Performance').waitFor();
    expect(new URL(page.url()).pathname).toBe('/app/athletes');
    await page.reload();
    await page.getByText('Riverside Performance').waitFor();
    await page.getByRole('button', { name: DEMO[0]!.username }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    await close(/status of 400/);
  });

  test('a sign-in that the server takes no more is asked for anew, over what is shown', async () => {
    const { page, close } = await app.open('/app/sessions');
    await page.getByText('Riverside Performance').waitFor();
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('kinebase.account')!));
    const response = await fetch(app.server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken',
      },
      body: JSON.stringify({ Token: kept.refreshToken, ClientId: kept.clientId }),
    });
    expect(response.status).toBe(200);
    await page.reload();
    await page.getByRole('dialog').getByText('Your sign-in has ended.').waitFor();
    await page.getByLabel('Password').fill(DEMO[0]!.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Riverside Performance').waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await close(/status of 40[01]/);
  });

  test('colours follow the system until chosen, and paper is light', async () => {
    const { page, close } = await app.open('/', { dark: true });
    await page.getByText('Riverside Performance').waitFor();
    expect(new URL(page.url()).pathname).toBe('/app/sessions');
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe('dark');
    await page.emulateMedia({ media: 'print' });
    await expect.poll(theme).toBe('light');
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(theme).toBe('dark');
    await page.getByRole('button', { name: DEMO[0]!.username }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await expect.poll(theme).toBe('light');
    await page.reload();
    await page.getByText('Riverside Performance').waitFor();
    expect(await theme()).toBe('light');
    await close();
  });

  test('on a phone the link of the view that is shown is in sight, and a shade says that there are more', async () => {
    const { page, close } = await app.open('/app/administration/exercises', { width: 390, height: 844 });
    const [views, sections] = [
      page.getByRole('navigation', { name: 'Views' }),
      page.getByRole('navigation', { name: 'Administration' }),
    ];
    for (const [row, shown] of [
      [views, 'Administration'],
      [sections, 'Exercises'],
    ] as const) {
      const link = row.getByRole('link', { name: shown });
      await expect.poll(async () => (await inside(row, link)) && row.evaluate(pushed)).toBe(true);
      expect(await row.evaluate((element) => getComputedStyle(element).backgroundImage)).toContain(
        'gradient',
      );
    }
    await page.setViewportSize({ width: 1280, height: 844 });
    await expect.poll(() => views.evaluate(pushed)).toBe(false);
    await close();
  });

  test('an address that means nothing says so', async () => {
    const { page, close } = await app.open('/app/nothing/here');
    await page.getByText('There is no such page').waitFor();
    await expectAccessible(page);
    await close();
  });
});

/** A row that shows another part than its beginning. */
const pushed = (row: Element) => row.scrollLeft > 0;

async function inside(row: Locator, link: Locator): Promise<boolean> {
  const [around, within] = await Promise.all([row.boundingBox(), link.boundingBox()]);
  if (around === null || within === null) return false;
  return within.x >= around.x - 1 && within.x + within.width <= around.x + around.width + 1;
}
