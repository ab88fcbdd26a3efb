import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium } from '../setup/chromium.ts';
import { type App, expectAccessible, openApp } from './app.ts';

describe.skipIf(!hasChromium)('the list of sessions', () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  }, 120_000);
  afterAll(() => app?.end());

  test('shows every session with its athlete and scores, by keys alone too', async () => {
    const { page, close } = await app.open('/app/sessions');
    const grid = page.getByRole('grid', { name: 'Sessions' });
    await page.getByText('179 sessions', { exact: true }).waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe('180');
    // In words too, not by colour alone.
    await grid
      .getByText(/, (in|near|out of) range|not scored/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await grid.focus();
    await page.keyboard.press('End');
    await page.locator('[aria-rowindex="180"].current-row').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('[aria-rowindex="179"].current-row').waitFor();
    expect(await grid.getAttribute('aria-activedescendant')).toBe('session-177');
    await page.keyboard.press('Space');
    await page.getByText('1 session chosen').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.getByText('2 sessions chosen').waitFor();
    const href = await page.getByRole('main').getByRole('link', { name: 'Compare' }).getAttribute('href');
    expect(href).toMatch(/^\/app\/compare\?sessions=[\w-]+,[\w-]+$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/app\/sessions\/[\w-]+/);
    await page.goBack();
    await page.getByText('2 sessions chosen').waitFor();
    await close();
  });

  test('what is filtered, ordered and laid out is in the address, and goes into the file', async () => {
    const { page, close } = await app.open('/app/sessions');
    await page.getByText('179 sessions', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Session' }).fill('running');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('12 sessions', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?name=Running');
    await page.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemradio', { name: 'Oldest first' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?name=Running&order=oldest');
    const dates = await page
      .locator('time')
      .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')));
    expect(dates).toHaveLength(12);
    expect(dates).toEqual([...dates].sort());
    await page.getByRole('button', { name: 'Download' }).click();
    const started = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^CSV/ }).first().click();
    const lines = readFileSync(await (await started).path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(lines).toHaveLength(13);
    await page.reload();
    await page.getByText('12 sessions', { exact: true }).waitFor();
    await page.goBack();
    await page.goBack();
    await page.getByText('179 sessions', { exact: true }).waitFor();
    await close();
  });

  test('says what to do where nothing matches, and where an address cannot be read', async () => {
    const { page, close } = await app.open('/app/sessions?name=%3Cscript%3E');
    await page.getByText('No session matches').waitFor();
    await expectAccessible(page);
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click();
    await page.getByText('179 sessions', { exact: true }).waitFor();
    await page.goto('/app/sessions?from=yesterday');
    await page.getByText('A day in the address is none').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click();
    await page.getByText('179 sessions', { exact: true }).waitFor();
    await close();
  });

  test('a name is looked for as it is written, and near ones are offered', async () => {
    const { page, close } = await app.open('/app/sessions?name=squ');
    await page.getByText('None is called exactly “squ”.').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Squat', exact: true }).click();
    await page.locator('[aria-rowindex="2"]').waitFor();
    const name = page.getByRole('combobox', { name: 'Session' });
    expect(await name.inputValue()).toBe('Squat');
    await name.fill('running');
    await page.keyboard.press('Enter');
    await page.getByText('12 sessions', { exact: true }).waitFor();
    expect(await name.inputValue()).toBe('Running');
    await close();
  });

  test('between two days nothing is left out until a day is chosen, and days the wrong way round are swapped', async () => {
    const { page, close } = await app.open('/app/sessions');
    await page.getByText('179 sessions', { exact: true }).waitFor();
    await page.getByLabel('Recorded').selectOption('Between two days …');
    expect(await page.getByLabel('From').inputValue()).toBe('');
    expect(await page.getByText('179 sessions', { exact: true }).count()).toBe(1);
    await page.getByLabel('From').fill('2030-01-01');
    await page.getByLabel('To').fill('2020-01-01');
    await page.getByText('The days are the wrong way round').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Swap the days' }).click();
    await page.getByText('179 sessions', { exact: true }).waitFor();
    expect(await page.getByLabel('From').inputValue()).toBe('2020-01-01');
    await page.getByLabel('Recorded').selectOption('At any time');
    await expect.poll(() => page.getByLabel('From').count()).toBe(0);
    await close();
  });

  test.each([1280, 390])(
    'scores are whole %i pixels wide; those that have no room are counted',
    async (width) => {
      const { page, close } = await app.open('/app/sessions?name=Hip+Hinge+Test', { width });
      const row = page.locator('[data-index="0"]');
      const rest = row.getByText(/^\+\d$/);
      await rest.waitFor();
      // Read out in words.
      expect(await row.textContent()).toMatch(/\+\d(Hip|Knee|Ankle|Torso): \d+, (in|near|out of) range/);
      const cut = await row.evaluate((element) => {
        const cell = [...element.querySelectorAll('[role=gridcell]')].at(-1)!.getBoundingClientRect();
        return [...element.querySelectorAll<HTMLElement>('[title]')]
          .filter((chip) => {
            const { left, right } = chip.getBoundingClientRect();
            return left < cell.left || right > cell.right || chip.scrollWidth > chip.clientWidth;
          })
          .map((chip) => chip.title);
      });
      expect(cut).toEqual([]);
      await close();
    },
  );

  test('fits a phone, in the dark', async () => {
    const { page, close } = await app.open('/app/sessions', { width: 390, height: 844, dark: true });
    await page.getByText('179 sessions', { exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await close();
  });
});
