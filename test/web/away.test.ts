import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type KinebaseClient, type Session } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium } from '../setup/chromium.ts';
import { startServer } from '../setup/server.ts';
import { type App, enterAgain, expectAccessible, openApp } from './app.ts';

const { username, password, clientId } = DEMO[0]!;
/** What the browser itself says where nobody answers. */
const AWAY =
  /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_NETWORK/;

describe.skipIf(!hasChromium)('a network, a server or a sign-in that goes away', () => {
  let app: App;
  let client: KinebaseClient;
  let squat: Session;
  beforeAll(async () => {
    app = await openApp();
    client = app.client();
    squat = (await client.sessions.list({ name: 'Squat', limit: 1 })).items[0]!;
  }, 120_000);
  afterAll(() => app?.end());

  const addressOf = (session: Session) => `/app/sessions/${session['Session ID']}`;
  const grid = (page: Page) => page.getByRole('grid', { name: 'Sessions' });
  /** Half-way down, where the first page has been read and not the last. */
  const scrolled = async (page: Page) => {
    await page.getByText('179 sessions', { exact: true }).waitFor();
    await grid(page).evaluate((element) => element.scrollTo(0, 2400));
    await page.locator('[aria-rowindex="70"]').waitFor();
  };
  const whereScrolled = (page: Page) => grid(page).evaluate((element) => element.scrollTop);
  /** As when an administrator sets another password: every sign-in of the account ends. */
  const endSignIns = async () => {
    const users = await client.users.list().all();
    const own = users.find(({ Username }) => Username === username)!;
    await client.users.patch(own.UserID, { Password: password });
  };
  const signInAgain = (page: Page) => enterAgain(page, password);
  /** Moves the first repetition, and says where it is then. */
  const edit = async (page: Page) => {
    const first = page.getByRole('slider', { name: 'Repetition 1, whole' });
    await first.press('Shift+ArrowLeft');
    await page.getByText('Not saved yet').waitFor();
    return first.getAttribute('aria-valuetext');
  };
  const expectEdited = async (page: Page, moved: string | null) => {
    const first = page.getByRole('slider', { name: 'Repetition 1, whole' });
    await expect.poll(() => first.getAttribute('aria-valuetext')).toBe(moved);
    await page.getByText('Not saved yet').waitFor();
  };

  test('a sign-in that ends in the middle of an edit takes nothing of it', async () => {
    const { page, close } = await app.open(addressOf(squat));
    const moved = await edit(page);
    await endSignIns();
    // Also where the dialog has come already.
    await page.getByRole('button', { name: 'Save and compute the report' }).dispatchEvent('click');
    await signInAgain(page);
    await expectEdited(page, moved);
    await page.getByRole('button', { name: 'Save and compute the report' }).click();
    await page.getByText(/^Saved\. Report/).waitFor();
    await close(/status of 40[01]/);
  });

  test('a form that is filled in stays over a sign-in that ends', async () => {
    const { page, close } = await app.open(addressOf(squat));
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Name').fill('Deep squat');
    await endSignIns();
    // Also where the dialog has come already.
    await page.getByRole('button', { name: 'Save', exact: true }).dispatchEvent('click');
    await signInAgain(page);
    expect(await page.getByLabel('Name').inputValue()).toBe('Deep squat');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'Deep squat', exact: true }).waitFor();
    await client.sessions.patch(squat['Session ID'], { 'Session Name': 'Squat' });
    await close(/status of 40[01]/);
  });

  test('a sign-in that ends while a list is scrolled leaves it where it was, and it goes on', async () => {
    const { page, close } = await app.open('/app/sessions');
    await scrolled(page);
    await grid(page).focus();
    await page.keyboard.press('Space');
    await page.getByText('1 session chosen').waitFor();
    const where = await whereScrolled(page);
    await endSignIns();
    // Scores of rows that were not seen yet are asked for.
    await grid(page).evaluate((element) => element.scrollBy(0, 1600));
    await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
    await signInAgain(page);
    expect(await whereScrolled(page)).toBeGreaterThanOrEqual(where);
    await page.getByText('1 session chosen').waitFor();
    expect(await page.getByText('179 sessions', { exact: true }).count()).toBe(1);
    await expect.poll(() => grid(page).getByText('no report').count()).toBe(0);
    // What changes from now on is heard of again.
    const last = (await client.sessions.list({ limit: 1 })).items[0]!;
    await grid(page).evaluate((element) => element.scrollTo(0, 0));
    await client.sessions.patch(last['Session ID'], { 'Session Name': 'Named after the break' });
    await page.getByText('Named after the break').waitFor();
    await close(/status of 40[01]/);
  });

  test('a network that is lost says so, keeps an edit, and what was asked for comes when it is back', async () => {
    const { page, context, close } = await app.open(addressOf(squat));
    await page.locator('canvas').first().waitFor();
    const moved = await edit(page);
    await context.setOffline(true);
    const away = page.getByText(/^The server cannot be reached\./);
    await away.waitFor();
    await page.getByRole('button', { name: 'Save and compute the report' }).click();
    // Curves that were not read yet, and a view that was not loaded yet.
    await page.getByRole('checkbox', { name: 'hip', exact: true }).check({ force: true });
    await page.getByRole('link', { name: 'Athletes' }).first().click();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await context.setOffline(false);
    await page.getByRole('heading', { name: 'Athletes', exact: true }).waitFor();
    await expect.poll(() => away.count()).toBe(0);
    // What was being saved has been.
    const kept = async () => {
      const { Start, End } = (await client.reportData(squat.s3Key)).Repetitions[0]!;
      return `${Start.toFixed(2)} to ${End.toFixed(2)} s`;
    };
    await expect.poll(kept, { timeout: 30_000 }).toBe(moved);
    await page.goBack();
    await page.getByRole('heading', { name: /^Hip: flexion/ }).waitFor();
    await close(AWAY);
  });

  test('an edit outlives a reload, undo included, and looking at something else', async () => {
    const { page, close } = await app.open(addressOf(squat));
    const first = page.getByRole('slider', { name: 'Repetition 1, whole' });
    await first.waitFor();
    const before = await first.getAttribute('aria-valuetext');
    const moved = await edit(page);
    expect(moved).not.toBe(before);
    await page.reload();
    await expectEdited(page, moved);
    await page.getByRole('link', { name: 'Athletes' }).first().click();
    await page.getByRole('heading', { name: 'Athletes', exact: true }).waitFor();
    await page.goBack();
    await expectEdited(page, moved);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => first.getAttribute('aria-valuetext')).toBe(before);
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.reload();
    await expect.poll(() => first.getAttribute('aria-valuetext')).toBe(before);
    expect(await page.getByText('Not saved yet').count()).toBe(0);
    await close();
  });

  test('a server that is stopped and started again: lists and sessions stay, and go on by themselves', async () => {
    const mine = await openApp();
    const { data } = mine.server;
    const others = createClient({ url: mine.server.url, username, password, clientId });
    const [deep] = (await others.sessions.list({ name: 'Squat', limit: 1 })).items;
    const list = await mine.open('/app/sessions');
    await scrolled(list.page);
    const where = await whereScrolled(list.page);
    const session = await mine.open(addressOf(deep!));
    await session.page.locator('canvas').first().waitFor();
    const moved = await edit(session.page);

    const port = Number(new URL(mine.server.url).port);
    await mine.server.stop();
    await list.page.getByText(/^The server cannot be reached\./).waitFor();
    await grid(list.page).evaluate((element) => element.scrollTo(0, 5200));
    await list.page.locator('[aria-rowindex="145"]').waitFor();
    await session.page.getByRole('button', { name: 'Save and compute the report' }).click();
    await session.page
      .getByRole('alert')
      .getByText(/^The server cannot be reached/)
      .waitFor();
    await expectEdited(session.page, moved);
    await list.page.getByRole('link', { name: 'Athletes' }).first().click();

    const again = await startServer({ DEMO: 'true', DATA: data }, (config) => ({
      ...config,
      port,
    }));
    Object.assign(app.server, { stop: again.stop });
    await list.page.getByRole('heading', { name: 'Athletes', exact: true }).waitFor();
    await list.page.goBack();
    await list.page.locator('[aria-rowindex="145"]').waitFor();
    expect(await whereScrolled(list.page)).toBeGreaterThan(where);
    await expect.poll(() => list.page.getByText(/^The server cannot be reached/).count()).toBe(0);
    await expect.poll(() => grid(list.page).getByText('no report').count()).toBe(0);
    await session.page.getByRole('button', { name: 'Save and compute the report' }).click();
    await session.page.getByText(/^Saved\. Report/).waitFor();
    await expectAccessible(session.page);
    await list.close(AWAY);
    await session.close(AWAY);
    await mine.browser.close();
    await again.end();
  }, 120_000);
});
