import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, signIn } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, enter, enterAgain, expectAccessible, openApp, type View } from './app.ts';

describe.skipIf(!hasChromium)('changing one’s own password', () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  }, 120_000);
  afterAll(() => app?.end());

  const OLD = 'kept since spring';
  /** A viewer: whoever may sign in may change their password. */
  async function viewer(username: string) {
    const account = { url: app.server.url, username, password: OLD, clientId: 'riverside' };
    await app.client().users.create({
      Username: username,
      Role: 'viewer',
      Password: OLD,
    });
    return account;
  }
  async function entered(
    account: Awaited<ReturnType<typeof viewer>>,
    options: Parameters<App['open']>[1] = {},
  ) {
    const view = await app.open('/app/sessions', { ...options, as: null });
    await enter(view.page, account);
    await view.page.getByText('Riverside Performance').waitFor();
    return view;
  }
  async function openDialog(page: View['page'], username: string) {
    await page.getByRole('button', { name: username }).click();
    await page.getByRole('menuitem', { name: 'Change password …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change your password' });
    await dialog.waitFor();
    const fill = async (previous: string, proposed: string, again = proposed) => {
      await dialog.getByLabel('Old password').fill(previous);
      await dialog.getByLabel('New password', { exact: true }).fill(proposed);
      await dialog.getByLabel('New password again').fill(again);
      await dialog.getByRole('button', { name: 'Change password' }).click();
    };
    /** What stands at a field that is wrong, once the focus is there. */
    const faultAt = async (label: string) => {
      const field = dialog.getByLabel(label, { exact: true });
      await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
      expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
      const id = await field.getAttribute('aria-describedby');
      return dialog.locator(`[id="${id}"]`).textContent();
    };
    return { dialog, fill, faultAt };
  }

  test('what is wrong is said at its field; then the new password holds, here goes on and elsewhere ends', async () => {
    const account = await viewer('ada@riverside.example');
    const elsewhere = await entered(account);
    const { page, close } = await entered(account, { dark: true });
    const { dialog, fill, faultAt } = await openDialog(page, account.username);
    await expectAccessible(page);
    await dialog.getByText('10 to 256 characters').waitFor();
    await dialog.getByText('Every other sign-in of this account').waitFor();

    await fill('', 'a new password');
    expect(await faultAt('Old password')).toBe('Say the password that you have now.');
    await fill(OLD, 'short');
    expect(await faultAt('New password')).toContain('this one has 5');
    await fill(OLD, '🤸'.repeat(9));
    expect(await faultAt('New password')).toContain('this one has 9');
    await fill(OLD, OLD);
    expect(await faultAt('New password')).toBe('This is the password that you have now.');
    await fill(OLD, 'a new password', 'a new pasword');
    expect(await faultAt('New password again')).toBe('This is not the same as the new password.');
    await fill('not my password', 'a new password');
    expect(await faultAt('Old password')).toBe('This is not your password. Nothing was changed.');
    await expectAccessible(page);
    await signIn(account);

    await dialog.getByLabel('Show what I type').check();
    expect(await dialog.getByLabel('Old password').getAttribute('type')).toBe('text');
    await dialog.getByLabel('Old password').fill(OLD);
    await dialog.getByLabel('New password again').press('Enter');
    await page.getByText('Your password is changed. Your sign-ins elsewhere have ended.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await signIn({ ...account, password: 'a new password' });
    await page.reload();
    await page.getByText('Riverside Performance').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await elsewhere.page.reload();
    await elsewhere.page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
    await elsewhere.close(/status of 40[01]/);
    await close(/status of 400/);
  });

  test('a lost answer is told as what it is, on a phone too', async () => {
    const account = await viewer('joan@riverside.example');
    const { page, context, close } = await entered(account, { width: 390, height: 844 });
    const { dialog, fill, faultAt } = await openDialog(page, account.username);
    await expectAccessible(page);
    const isChange = (headers: Record<string, string>) =>
      headers['x-amz-target']?.endsWith('.ChangePassword') === true;
    await context.route(`${app.server.url}/`, async (route) => {
      if (!isChange(route.request().headers())) return route.continue();
      // It is done; only nobody hears of it.
      await route.fetch();
      await route.abort('connectionreset');
    });
    await fill(OLD, 'a new password');
    await dialog.getByRole('alert').getByText('Whether the password was changed is not known').waitFor();
    await context.unroute(`${app.server.url}/`);
    await dialog.getByRole('button', { name: 'Change password' }).click();
    expect(await faultAt('Old password')).toContain('the attempt before may have changed it');
    await signIn({ ...account, password: 'a new password' });
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await close(/ERR_CONNECTION_RESET|status of 400/);
  });

  test('a sign-in that has ended is asked for anew, and what was typed stays', async () => {
    const account = await viewer('grace@riverside.example');
    const { page, close } = await entered(account);
    const { dialog, fill } = await openDialog(page, account.username);
    await createClient(account).changePassword({ previous: OLD, proposed: 'from elsewhere' });
    await fill('from elsewhere', 'a third password');
    await enterAgain(page, 'from elsewhere');
    expect(await dialog.getByLabel('New password', { exact: true }).inputValue()).toBe('a third password');
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await signIn({ ...account, password: 'a third password' });
    await close(/status of 40[01]/);
  });
});
