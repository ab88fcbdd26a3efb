import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, enter, expectAccessible, openApp } from './app.ts';

/** Reports of a whole organization, on a machine that does other things too. */
const COMPUTING = { timeout: 60_000 };

/** Has the focus, in the middle of what is seen. */
async function expectFocus(field: Locator) {
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  const { y, height } = (await field.boundingBox())!;
  expect(y).toBeGreaterThan(0);
  expect(y + height).toBeLessThan(field.page().viewportSize()!.height);
}

describe.skipIf(!hasChromium)('administration in the web app', () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp({ WEBHOOK_PRIVATE: 'allow' });
  }, 120_000);
  afterAll(() => app?.end());
  const client = () => app.client();

  test('a user is added, sees the password once, and is given another role, locked out and deleted', async () => {
    const { page, close } = await app.open('/app/administration');
    await page.getByLabel('E-mail').fill('physio@riverside.example');
    await page.getByLabel('Role', { exact: true }).selectOption('Viewer');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add user' }).click();
    const password = (await page.getByRole('dialog').locator('code').textContent())!;
    const other = createClient({
      url: app.server.url,
      username: 'physio@riverside.example',
      password,
      clientId: 'riverside',
    });
    expect((await other.athletes.list()).items.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const row = page.getByRole('row', { name: /physio@/ });
    await row.getByRole('combobox').selectOption('Coach');
    await page.getByText('physio@riverside.example is coach now.').waitFor();
    await row.getByRole('button', { name: /Lock out/ }).click();
    await row.getByText('locked out', { exact: true }).waitFor();
    const found = (await client().users.list().all()).find(
      (user) => user.Username === 'physio@riverside.example',
    );
    expect(found).toMatchObject({ Role: 'coach', Enabled: false });
    await row.getByRole('button', { name: /^Delete/ }).click();
    await row.getByRole('button', { name: /^Really/ }).click();
    await expect.poll(() => row.count()).toBe(0);
    const own = page.getByRole('row', { name: /coach@riverside/ });
    expect(await own.getByRole('combobox').isDisabled()).toBe(true);
    expect(await own.getByRole('button', { name: /Delete/ }).isDisabled()).toBe(true);
    await close();
  });

  test('a client id and a key are made; the key works until it is revoked', async () => {
    const { page, close } = await app.open('/app/administration/clients', { dark: true });
    await page.getByLabel('Name').fill('Tablet');
    await page.getByLabel('Client id').first().fill('tablet-1');
    await page.getByRole('button', { name: 'Add client id' }).click();
    await page.getByText('The client id is tablet-1.').waitFor();
    await page.getByLabel('Name').fill('Another');
    await page.getByLabel('Client id').first().fill('tablet-1');
    await page.getByRole('button', { name: 'Add client id' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Another');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'API keys' }).click();
    await page.getByLabel('Name').fill('Night job');
    await page.getByRole('button', { name: 'Make key' }).click();
    const apiKey = (await page.getByRole('dialog').locator('code').textContent())!;
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const job = createClient({ url: app.server.url, apiKey, retries: 0 });
    await job.athletes.list();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Revoke: Night job' }).click();
    await page.getByRole('button', { name: 'Really: revoke: Night job' }).click();
    await page.getByRole('cell', { name: 'revoked' }).waitFor();
    await expect
      .poll(() =>
        job.athletes.list().then(
          () => 'taken',
          (error) => error.code,
        ),
      )
      .toBe('unauthorized');
    await close(/status of 409/);
  });

  test('a webhook is added and tried, and its deliveries are told', async () => {
    const heard: string[] = [];
    const receiver = createServer((request, response) => {
      heard.push(String(request.headers['webhook-id']));
      request.resume();
      response.writeHead(204).end();
    });
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    const { page, close } = await app.open('/app/administration/webhooks');
    await page.getByText('There are no webhooks yet').waitFor();
    await page.getByLabel('Address').fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
    await page.getByLabel('Name').fill('Club');
    await page.getByRole('button', { name: 'Add webhook' }).click();
    expect(await page.getByRole('dialog').locator('code').textContent()).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: 'Deliveries' }).click();
    await page.getByRole('button', { name: 'Post a test' }).click();
    await page.getByText('The test arrived: the receiver answered 204.').waitFor();
    expect(heard).toHaveLength(1);
    await page.getByRole('cell', { name: 'a test' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('○ off').waitFor();
    await close();
    receiver.closeAllConnections();
    receiver.close();
  });

  test('what is refused of a webhook stands at its field, which has the focus', async () => {
    const { page, close } = await app.open('/app/administration/webhooks');
    const address = page.getByLabel('Address');
    await address.fill('ftp://motion.example/hook');
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await page.getByText('Address must begin with https:// or http://, not ftp:.').waitFor();
    await expect.poll(() => address.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('alert').count()).toBe(0);
    await expectAccessible(page);
    await address.fill('https://motion.example/hook');
    const kinds = page.getByRole('group', { name: 'Changes of' });
    for (const kind of await kinds.getByRole('checkbox').all()) await kind.uncheck();
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await kinds.getByText('Choose at least one.').waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('false');
    expect(await kinds.getByRole('checkbox').first().getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
    await close(/status of 400/);
  });

  test('a range of an exercise is changed and kept; what the server refuses stays on the screen with its reason', async () => {
    const { page, close } = await app.open('/app/administration/exercises');
    await page.getByLabel('Find').fill('<b>no such');
    await page.getByText('Nothing matches.').waitFor();
    await page.getByLabel('Find').fill('overhead squat');
    await page.getByRole('button', { name: 'Edit: Overhead Squat' }).click();
    const first = page.getByRole('group', { name: 'Metric 1', exact: true });
    const label = await first.getByLabel('Label').inputValue();
    await first.getByLabel('Range from (°)').fill('91.5');
    await first.getByLabel('Range to (°)').fill('20');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    const to = first.getByLabel('Range to (°)');
    await first.getByText('A range rises: 91.5 is above 20.').waitFor();
    await expectFocus(to);
    expect(await to.getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
    await to.fill('131');
    const groups = page.getByRole('group', { name: /^Metric \d+$/ });
    const last = groups.last();
    const before = await last.getByLabel('Range from (°)').inputValue();
    await last.getByLabel('Range from (°)').fill('-1001');
    await page.getByRole('button', { name: 'Save' }).click();
    await last.getByText('At least -1000.').waitFor();
    await expectFocus(last.getByLabel('Range from (°)'));
    await last.getByLabel('Range from (°)').fill(before);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Squat');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/^"Squat" /).waitFor();
    await expectFocus(dialog.getByLabel('Name', { exact: true }));
    await dialog.getByLabel('Name', { exact: true }).fill('Overhead Squat');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Overhead Squat is saved.').waitFor();
    const [kept] = await client().exercises.list({ name: 'Overhead Squat' }).all();
    expect(kept!.Metrics![0]).toMatchObject({ Label: label, Min: 91.5, Max: 131 });
    await expect
      .poll(async () => {
        const [session] = await client().sessions.list({ exerciseID: kept!['Exercise ID'], limit: 1 }).all();
        return (await client().sessions.reports(session!['Session ID']).all()).length;
      }, COMPUTING)
      .toBe(2);
    await page.getByRole('button', { name: 'Copy: Overhead Squat' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Overhead Squat (copy) is saved.').waitFor();
    await page.getByRole('button', { name: 'Delete: Overhead Squat (copy)' }).click();
    await page.getByRole('button', { name: 'Really: delete: Overhead Squat (copy)' }).click();
    await expect.poll(() => client().exercises.list({ name: 'Overhead Squat (copy)' }).all()).toEqual([]);
    await close(/status of 4\d\d/);
  });

  test('a channel is described, checked by the server, changed and removed; reports can be computed again', async () => {
    const { page, close } = await app.open('/app/administration/channels');
    const table = page.getByRole('table', { name: 'Channels' });
    await table.getByRole('row', { name: /^knee_angle_r knee, right/ }).waitFor();
    expect(await table.getByRole('row').filter({ hasText: '_vel' }).count()).toBe(0);
    await expectAccessible(page);
    await page.getByLabel('Show').selectOption('Described here');
    await page.getByText('Nothing is described here yet').waitFor();
    await page.getByRole('button', { name: 'Describe a channel' }).click();
    const dialog = page.getByRole('dialog');
    const name = '<b>r_knee_flex</b>';
    for (const [label, text] of Object.entries({
      Channel: name,
      Joint: 'knee',
      'A growing value is': 'flexion',
      'A falling value is': 'extension',
      'Plausible from': '-15',
      Source: 'manual of our sensors',
    }))
      await dialog.getByLabel(label, { exact: true }).fill(text);
    await dialog.getByLabel('Side').selectOption('Right');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').getByText('Give both Min and Max, or neither.').waitFor();
    await dialog.getByLabel('Plausible to').fill('160.5');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`${name} is described.`).waitFor();
    const row = table.getByRole('row').filter({ hasText: name });
    await row.waitFor();
    expect((await row.getByRole('cell').allTextContents()).slice(0, 5)).toEqual([
      name,
      'knee, right',
      '+ flexion− extension',
      '−15 to 160.5°',
      'manual of our sensors',
    ]);
    const kept = async (channel: string) =>
      (await client().channels.list().all()).find(({ Channel }) => Channel === channel);
    expect(await kept(name)).toMatchObject({ Side: 'R', Kind: 'flexion', Min: -15, Max: 160.5, Offset: 0 });
    expect(await kept(`${name}_vel`)).toMatchObject({ DerivativeOf: name, Unit: 'deg/s' });

    await page.getByRole('button', { name: `Edit: ${name}` }).click();
    expect(await dialog.getByLabel('Channel').isDisabled()).toBe(true);
    await dialog.getByLabel('Side').selectOption('Middle');
    await dialog.getByLabel('Plausible from').fill('');
    await dialog.getByLabel('Plausible to').fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row.getByRole('cell', { name: 'any' }).waitFor();
    expect(await kept(name)).toMatchObject({
      Side: null,
      Min: null,
      Max: null,
      Source: 'manual of our sensors',
    });
    await page.getByRole('button', { name: `Remove: ${name}` }).click();
    await page.getByRole('button', { name: `Really: remove: ${name}` }).click();
    await page.getByText('Nothing is described here yet').waitFor();
    expect(await kept(name)).toBe(undefined);

    // A built-in one is described anew, and counts again once that is removed.
    await page.getByLabel('Show').selectOption('All');
    await page.getByLabel('Find').fill('Pelvis tilt');
    await page.reload();
    await page.getByRole('button', { name: 'Describe anew: pelvis_tilt' }).click();
    await dialog.getByLabel('A growing value is').fill('anterior tilt');
    await dialog.getByLabel('A falling value is').fill('posterior tilt');
    await dialog.getByLabel('Compute the reports of all sessions again').check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('pelvis_tilt is described.').waitFor();
    expect(await kept('pelvis_tilt')).toMatchObject({
      Positive: 'anterior tilt',
      DefinedBy: 'organization',
      Source: 'entered by the organization',
    });
    await expect.poll(async () => (await client().recomputation.get()).Done, COMPUTING).toBeGreaterThan(0);
    await page.getByText('No report waits for being computed again').waitFor(COMPUTING);
    await page.getByRole('button', { name: 'Describe a channel' }).click();
    await dialog.getByLabel('Channel').fill('pelvis_tilt');
    await dialog.getByText('There is an entry of this name').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Remove: pelvis_tilt' }).click();
    await page.getByRole('button', { name: 'Really: remove: pelvis_tilt' }).click();
    await page.getByRole('button', { name: 'Describe anew: pelvis_tilt' }).waitFor();
    expect(await kept('pelvis_tilt')).toMatchObject({ Positive: 'posterior tilt', DefinedBy: 'kinebase' });
    await page.getByLabel('Find').fill('<script>');
    await page.getByText('Nothing matches.').waitFor();
    await close(/status of 400/);
  });

  test('whoever may not administer looks channels up, from the curves of a session', async () => {
    const Username = 'reader@riverside.example';
    await client().users.create({ Username, Role: 'viewer', Password: 'looking-at-movement' });
    const [session] = (await client().sessions.list({ limit: 1 })).items;
    const { page, close } = await app.open(`/app/sessions/${session!['Session ID']}`, {
      as: null,
      dark: true,
    });
    await enter(page, { username: Username, password: 'looking-at-movement' });
    await page.getByRole('link', { name: 'What channels mean' }).click();
    await page.getByRole('heading', { name: 'Channels', level: 1 }).waitFor();
    await page.getByLabel('Find').fill('right knee');
    const rows = page.getByRole('table', { name: 'Channels' }).getByRole('row');
    await rows.filter({ hasText: 'knee_angle_r_beta' }).waitFor();
    expect(await rows.filter({ hasText: 'hip_flexion' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /Describe|Remove|Compute/ }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
    await expectAccessible(page);
    await close();
  });

  test.each(['viewer', 'coach'] as const)('a %s is told that this is for administrators', async (Role) => {
    const Username = `${Role}-only@riverside.example`;
    await client().users.create({ Username, Role, Password: 'looking-at-movement' });
    const { page, close } = await app.open('/app/administration/users', { as: null });
    await enter(page, { username: Username, password: 'looking-at-movement' });
    await page.getByText('Your role does not allow this.').waitFor();
    expect(await page.getByRole('button', { name: 'Add user' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Record' }).count()).toBe(Role === 'coach' ? 1 : 0);
    await expectAccessible(page);
    await close();
  });

  test.each(['users', 'clients', 'keys', 'webhooks', 'exercises', 'channels'])(
    'the section of %s stays inside a phone',
    async (section) => {
      const { page, close } = await app.open(`/app/administration/${section}`, { width: 390, height: 844 });
      await page.getByRole('heading', { name: 'Administration' }).waitFor();
      await page.locator('main [aria-busy]').waitFor({ state: 'detached' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await close();
    },
  );
});
