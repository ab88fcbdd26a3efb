import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, expectAccessible, openApp } from './app.ts';

const KNEE = 'Knee Flex. (°)';

describe.skipIf(!hasChromium)('numbers on a phone', () => {
  let app: App;
  let squats: Session[];
  beforeAll(async () => {
    app = await openApp();
    squats = await app.client().sessions.list({ name: 'Squat' }).all();
  }, 120_000);
  afterAll(() => app?.end());

  const open = (path: string, dark = false) => app.open(path, { width: 390, height: 844, touch: true, dark });

  test('the report of a session: score and range stand below the value, and nothing is out of sight', async () => {
    const { page, close } = await open(`/app/sessions/${squats[0]!['Session ID']}`);
    const table = page.getByRole('table', { name: 'Angles' });
    const row = table.getByRole('row', { name: `${KNEE} Left` });
    await row.waitFor();
    const value = row.getByRole('cell').first();
    expect(await value.innerText()).toMatch(/^\d+\.\d°\s+●\s+\d+\s+\S+ range\s+90 to 130°$/);
    expect(await table.getByRole('columnheader').allTextContents()).not.toContain('');
    await expectInSight(page, table);
    await expectAccessible(page);
    for (const quantity of ['Velocities', 'Accelerations', 'Decelerations']) {
      await page.getByLabel('Show').selectOption(quantity);
      await expectInSight(page, page.getByRole('table', { name: quantity }));
    }
    await close();
  });

  test('compared sessions: the same, with what else is known of each in a few words', async () => {
    const ids = squats.slice(0, 3).map((session) => session['Session ID']);
    const { page, close } = await open(`/app/compare?sessions=${ids.join(',')}&side=both&at=50`, true);
    const table = page.getByRole('table');
    await table.getByRole('row').nth(6).waitFor();
    expect(await table.getByRole('columnheader').filter({ visible: true }).count()).toBe(3);
    const row = table.getByRole('row').nth(3);
    expect(await row.getByRole('rowheader').innerText()).toMatch(/^2 .+\s+Left$/);
    const [value, further] = await row.getByRole('cell').filter({ visible: true }).allInnerTexts();
    expect(value).toMatch(/^\d+\.\d\s+\S+\s+\d+\s+.* range\s+90 to 130°$/);
    expect(further!.split('\n').map((line) => line.replace(/^[+−]?\d+\.\d /, ''))).toEqual([
      'to the first',
      expect.stringMatching(/^± \d+\.\d at\s50\s%$/),
      'highest',
      'mean',
      expect.stringMatching(/^\d+ repetitions$/),
    ]);
    await expectInSight(page, table);
    await expectAccessible(page);
    await close();
  });

  test('an athlete: the date of a last report stands below the name of its exercise', async () => {
    const { page, close } = await open(`/app/athletes/${squats[0]!['Athlete ID']}`);
    const table = page.getByRole('table').filter({ has: page.getByRole('rowheader', { name: /^Squat/ }) });
    const row = table.getByRole('rowheader', { name: /^Squat \d+ \S+ \d{4}$/ });
    await row.waitFor();
    await expectInSight(page, table);
    await expectAccessible(page);
    await row.getByRole('link').click();
    await page.getByRole('heading', { name: 'Squat', exact: true }).waitFor();
    await close();
  });
});

/** Nothing has to be pushed sideways: neither the page nor the table in its frame. */
async function expectInSight(page: Page, table: Locator): Promise<void> {
  await table.waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const frame = table.locator('xpath=..');
  expect(await frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
}
