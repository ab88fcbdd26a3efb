import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type KinebaseClient, type Session } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, expectAccessible, openApp } from './app.ts';

const admin = { username: DEMO[0]!.username, password: DEMO[0]!.password };
const { clientId } = DEMO[0]!;
const viewer = { username: 'looks@riverside.example', password: 'looking-at-movement' };
const coach = { username: 'coaches@riverside.example', password: 'coaching-all-movement' };

describe.skipIf(!hasChromium)('who sees and does what, and where an address leads', () => {
  let app: App;
  let client: KinebaseClient;
  let squats: readonly Session[];
  beforeAll(async () => {
    app = await openApp();
    client = createClient({ url: app.server.url, ...admin, clientId });
    squats = (await client.sessions.list({ name: 'Squat', limit: 3 })).items;
    for (const [account, Role] of [
      [viewer, 'viewer'],
      [coach, 'coach'],
    ] as const)
      await client.users.create({ Username: account.username, Password: account.password, Role });
  }, 120_000);
  afterAll(() => app?.end());

  const addressOf = (session: Session) => `/app/sessions/${session['Session ID']}`;
  const signIn = async (page: Page, account: { username: string; password: string }) => {
    await page.getByLabel('E-mail').fill(account.username);
    await page.getByLabel('Password').fill(account.password);
    await page.getByLabel('Client id').fill(clientId);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  /** Buttons and the like that change something. */
  const changing = (page: Page) =>
    page.getByRole('main').getByRole('button', {
      name: /^(Edit|Delete|Remove|Save|New|Undo|Redo|Add at the cursor|Find automatically)/,
    });

  test('a viewer reads all of a session and of its athlete, and finds nothing to change', async () => {
    const { page, close } = await app.open(addressOf(squats[0]!), { as: null });
    await signIn(page, viewer);
    await page.getByRole('heading', { name: 'Squat', exact: true }).waitFor();
    await page.locator('canvas').first().waitFor();
    await page.getByRole('heading', { name: '5 repetitions' }).waitFor();
    await page.getByRole('row', { name: /^Knee Flex. \(°\) Left/ }).waitFor();
    await page.getByRole('heading', { name: 'Left and right' }).waitFor();
    expect(await changing(page).count()).toBe(0);
    expect(await page.getByRole('slider', { name: /of repetition|, whole$/ }).count()).toBe(0);
    for (const name of ['Record', 'Administration'])
      expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0);
    // Keys change nothing either.
    await page.getByRole('group', { name: /^Knee: .*: curves$/ }).click();
    for (const key of ['Delete', 'ArrowRight', 'Control+z']) await page.keyboard.press(key);
    await page.getByRole('heading', { name: '5 repetitions' }).waitFor();
    await page.getByRole('button', { name: 'Download' }).click();
    const started = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'The recorded file' }).click();
    expect((await started).suggestedFilename()).toMatch(/\.mot$/);
    await expectAccessible(page);
    await page.goto(`/app/athletes/${squats[0]!['Athlete ID']}`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await changing(page).count()).toBe(0);
    await page.goto('/app/administration/users');
    await page.getByText('Your role does not allow this.').waitFor();
    await close();
  });

  test('a coach edits sessions, and administers nothing', async () => {
    const { page, close } = await app.open(addressOf(squats[0]!), { as: null });
    await signIn(page, coach);
    await page.getByRole('slider', { name: 'Start of repetition 1' }).waitFor();
    for (const name of ['Edit', 'Delete', 'Find automatically again', 'Add at the cursor'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(1);
    expect(await page.getByRole('link', { name: 'Record', exact: true }).count()).toBe(1);
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await page.getByRole('slider', { name: 'Start of repetition 1' }).press('ArrowLeft');
    await page.getByRole('button', { name: 'Save and compute the report' }).click();
    await page.getByText(/^Saved\. Report 2/).waitFor();
    await page.goto('/app/administration/users');
    await page.getByText('Your role does not allow this.').waitFor();
    await close();
  });

  test('earlier reports are looked at, repetitions are found again, and those of any report are used again', async () => {
    const session = squats[1]!;
    const found = (await client.reportData(session.s3Key)).Repetitions;
    const { page, close } = await app.open(addressOf(session));
    await page.getByRole('button', { name: 'Remove repetition 2' }).click();
    await page.getByRole('button', { name: 'Save and compute the report' }).click();
    await page.getByText('Saved. Report 2 was computed from 4 repetitions.').waitFor();
    const edited = (await client.reportData(session.s3Key)).Repetitions;
    await page.getByRole('button', { name: 'Find automatically again' }).click();
    await page.getByText('Saved. Report 3 was computed from 5 repetitions.').waitFor();
    expect((await client.reportData(session.s3Key)).Repetitions).toEqual(found);

    await page.reload();
    const version = page.getByRole('combobox', { name: 'Report', exact: true });
    await version.selectOption('2');
    await page.getByText('This is an earlier report').waitFor();
    await page.getByRole('heading', { name: '4 repetitions' }).waitFor();
    expect(new URL(page.url()).searchParams.get('version')).toBe('2');
    expect(await page.getByRole('button', { name: 'Find automatically again' }).count()).toBe(0);
    expect(await page.getByRole('slider', { name: /, whole$/ }).count()).toBe(0);
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('heading', { name: '4 repetitions' }).waitFor();
    await page.getByRole('button', { name: 'Show the current one' }).click();
    await page.getByRole('heading', { name: '5 repetitions' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Use its repetitions again' }).click();
    await page.getByText('Saved. Report 4 was computed from 4 repetitions.').waitFor();
    expect(new URL(page.url()).searchParams.get('version')).toBeNull();
    expect((await client.reportData(session.s3Key)).Repetitions).toEqual(edited);
    await page.getByRole('slider', { name: 'Repetition 4, whole' }).waitFor();
    await close();
  });

  test('whoever is sent an address sees after signing in what it shows, and comes back to it', async () => {
    const [first, second] = squats as readonly [Session, Session];
    const athlete = first['Athlete ID'];
    const views: [string, (page: Page) => Promise<unknown>][] = [
      [
        '/app/sessions?name=Running&order=oldest&columns=date,name,scores',
        async (page) => {
          await page.getByText('12 sessions', { exact: true }).waitFor();
          expect(await page.getByRole('columnheader', { name: 'Athlete' }).count()).toBe(0);
        },
      ],
      [
        `${addressOf(first)}?quantity=velocity&joint=hip&from=1&to=4&table=Vel`,
        async (page) => {
          await page.getByRole('heading', { name: /^Hip: flexion/ }).waitFor();
          expect(await page.getByRole('radio', { name: 'Velocity' }).isChecked()).toBe(true);
          expect(await page.getByLabel('Show').inputValue()).toBe('Vel');
        },
      ],
      [
        `/app/compare?sessions=${first['Session ID']},${second['Session ID']}&side=L&band=none`,
        async (page) => {
          await page
            .getByRole('button', { name: /^Remove/ })
            .nth(1)
            .waitFor();
          await expect.poll(() => page.getByLabel('Side', { exact: true }).inputValue()).toBe('L');
        },
      ],
      ['/app/athletes?find=clair', (page) => page.getByRole('link', { name: /St\. Clair/ }).waitFor()],
      [
        `/app/athletes/${athlete}?quantity=Vel`,
        async (page) =>
          expect.poll(() => page.getByLabel('Quantity', { exact: true }).inputValue()).toBe('Vel'),
      ],
      ['/app/record', (page) => page.getByRole('heading', { name: 'Record', exact: true }).waitFor()],
      [
        '/app/administration/webhooks',
        (page) =>
          page
            .getByRole('heading', { name: /webhook/i })
            .first()
            .waitFor(),
      ],
    ];
    for (const [address, shows] of views) {
      const { page, close } = await app.open(address, { as: null });
      await signIn(page, admin);
      await shows(page);
      const at = () => page.evaluate(() => location.pathname + location.search);
      expect(await at()).toBe(address);
      const elsewhere = address.startsWith('/app/athletes') ? 'Compare' : 'Athletes';
      await page.getByRole('link', { name: elsewhere, exact: true }).first().click();
      await page.getByRole('heading', { name: elsewhere, exact: true }).waitFor();
      await page.goBack();
      await shows(page);
      expect(await at()).toBe(address);
      await page.goForward();
      await page.getByRole('heading', { name: elsewhere, exact: true }).waitFor();
      await close();
    }
  }, 120_000);
});
