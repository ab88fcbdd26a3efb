import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium } from '../setup/chromium.ts';
import { cutLine } from '../setup/cutLine.ts';
import { type App, enter, enterAgain, expectAccessible, openApp } from './app.ts';

const SQUATS = readFileSync(new URL('../../examples/squats.mot', import.meta.url));
/** Some 2 MB: the same movement over and over, with a time that goes on. */
const LONG = Buffer.from(longer(SQUATS.toString(), 8));

function longer(text: string, times: number): string {
  const [head, body] = text.split(/(?<=endheader\r?\n)/) as [string, string];
  const [names, ...rows] = body.trimEnd().split(/\r?\n/);
  const cells = rows.map((row) => row.trim().split(/\s+/));
  const step_s = Number(cells[1]![0]) - Number(cells[0]![0]);
  const all = Array.from({ length: times }, () => cells).flat();
  const written = all.map(([, ...angles], at) => [(at * step_s).toFixed(5), ...angles].join('\t'));
  return `${head.replace(/nRows=\d+/, `nRows=${all.length}`)}${names}\n${written.join('\n')}\n`;
}

const file = (name: string, buffer: Buffer = SQUATS) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer,
});

describe.skipIf(!hasChromium)('recording in the web app', () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  }, 120_000);
  afterAll(() => app?.end());
  const client = () => app.client();
  const choose = async (
    page: Awaited<ReturnType<App['open']>>['page'],
    ...files: ReturnType<typeof file>[]
  ) => {
    await page.locator('input[type=file]').setInputFiles(files);
  };

  test('several files become sessions of the athletes and exercises in their names, and one that is none is refused by itself', async () => {
    const { page, close } = await app.open('/app/record');
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    await choose(
      page,
      file('Maya St Clair - Squat - 2026-10-01.mot'),
      file('notes.mot', Buffer.from('these are no angles\n')),
    );
    await expectAccessible(page);
    const [good, bad] = [page.getByRole('listitem').nth(0), page.getByRole('listitem').nth(1)];
    expect(await good.getByLabel('Athlete').locator('option:checked').textContent()).toBe('Maya St. Clair');
    expect(await good.getByLabel('Exercise').locator('option:checked').textContent()).toBe('Squat');
    expect(await good.getByLabel('Recorded at').inputValue()).toBe('2026-10-01T12:00');
    expect(await good.getByText('Guessed from the file’s name').count()).toBe(2);
    await bad.getByText('Say whose movement this is').waitFor();
    await bad.getByLabel('Athlete').selectOption({ label: 'Maya St. Clair' });
    await page.getByRole('button', { name: 'Record 2 files' }).click();
    await bad.getByRole('alert').waitFor();
    await page.getByText('1 of 2 recorded').waitFor();
    await good.getByRole('link', { name: 'Open Squat' }).click();
    await page.waitForURL(/\/app\/sessions\//);
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!);
    const session = await client().sessions.get(id);
    expect(session).toMatchObject({
      'Session Name': 'Squat',
      Date: expect.stringMatching(/^2026-10-01T12:00/),
    });
    expect((await client().reportData(session.s3Key)).Repetitions).toHaveLength(5);
    await close(/status of 4\d\d/);
  });

  test('a file that was cut off by the network is sent again, and recorded once', async () => {
    const { page, context, close } = await app.open('/app/record');
    const name = 'Maya St Clair - Squat - 2026-10-02.mot';
    await choose(page, file(name));
    await page.getByRole('listitem').waitFor();
    const ids = new Set<string>();
    let answered = 0;
    await context.route('**/sessions?*', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      ids.add(new URL(route.request().url()).searchParams.get('sessionID')!);
      // The server records it; only its answer is lost, as often as the client tries by itself.
      await route.fetch();
      answered++;
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Record 1 file' }).click();
    await page.getByRole('alert').waitFor();
    expect(answered).toBeGreaterThan(0);
    await context.unroute('**/sessions?*');
    await page.getByRole('listitem').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Open Squat' }).waitFor();
    expect(ids.size).toBe(1);
    const found = await client().sessions.list({ from: '2026-10-02', to: '2026-10-02', name: 'Squat' }).all();
    expect(found.filter((session) => session['Session ID'] === [...ids][0])).toHaveLength(1);
    await close(/ERR_CONNECTION_RESET/);
  });

  test('what was changed after a lost answer holds, though the server has the file as it was chosen before', async () => {
    const { page, context, close } = await app.open('/app/record');
    await choose(page, file('Maya St Clair - Squat - 2026-10-09.mot'));
    const card = page.getByRole('listitem');
    await context.route('**/sessions?*', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await card.getByRole('button', { name: 'Record', exact: true }).click();
    await card.getByRole('alert').waitFor();
    await context.unroute('**/sessions?*');
    await card.getByLabel('Exercise').selectOption({ label: 'General movement' });
    await card.getByLabel('Recorded at').fill('2026-10-09T15:30');
    await card.locator('summary').click();
    await card.getByLabel('Low-pass filter').selectOption('None: as recorded');
    await card.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: /^✓ Open Maya St Clair/ }).waitFor();
    const found = await client().sessions.list({ from: '2026-10-09', to: '2026-10-09' }).all();
    const mine = found.filter((session) => session.Date.startsWith('2026-10-09T15:30'));
    expect(mine).toHaveLength(1);
    expect((await client().exercises.get(mine[0]!['Exercise ID']))['Exercise Name']).toBe('General movement');
    expect((await client().reportData(mine[0]!.s3Key)).Provenance.Filter).toBeNull();
    await close(/ERR_CONNECTION_RESET/);
  });

  test('progress grows in steps, and a line that is cut in the middle loses and doubles nothing', async () => {
    const line = await cutLine(app.server.url, { after_bytes: 600_000, cuts: Infinity });
    const { page, context, close } = await app.open('/app/record');
    await page.goto(`${line.url}/app/record`);
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    const throttle = (kilobytesASecond: number) =>
      network.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: kilobytesASecond * 1000,
      });
    await throttle(1500);
    await choose(page, file('Maya St Clair - Squat - 2026-10-10.mot', LONG));
    const card = page.getByRole('listitem');
    // What the card says, in its order.
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      new MutationObserver(() => {
        const text = document.querySelector('progress')?.nextElementSibling?.textContent;
        if (text && text !== said.at(-1)) said.push(text);
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    await card.getByRole('button', { name: 'Record', exact: true }).click();
    await card
      .getByRole('alert')
      .getByText(/^The connection was lost after (\d+ kB|\d\.\d MB) of \d\.\d MB\. Try again/)
      .waitFor();
    line.cuts = 0;
    expect(await said()).toContainEqual(expect.stringMatching(/^Connection lost, sending again, \d+ %$/));
    const before = (await said()).length;
    // Slowly enough that a busy machine shows steps, too.
    await throttle(600);
    await card.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Open Squat' }).waitFor();
    const percents = (await said())
      .slice(before)
      .flatMap((text) => /^Sending, (\d+) %$/.exec(text)?.[1] ?? [])
      .map(Number);
    expect(percents.length).toBeGreaterThan(4);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect((await said()).at(-1)).toBe('Computing the report');
    const found = await client().sessions.list({ from: '2026-10-10', to: '2026-10-10' }).all();
    expect(found).toHaveLength(1);
    expect(Buffer.from((await client().sessions.original(found[0]!['Session ID'])).bytes)).toEqual(LONG);
    await close(/ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_CONNECTION_CLOSED/);
    await line.end();
  }, 120_000);

  test('athletes and assessments are made here, and offered at once', async () => {
    const { page, close } = await app.open('/app/record');
    await page.getByRole('button', { name: 'New athlete' }).click();
    await page.getByLabel('First name').fill('<script>alert(1)</script>');
    await page.getByLabel('Last name').fill('Nightingale');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('<script>alert(1)</script> Nightingale is saved.').waitFor();
    await page.getByRole('button', { name: 'New assessment' }).click();
    await page.getByLabel('Name').fill('Autumn screen');
    await page
      .getByRole('dialog')
      .getByLabel('Athlete')
      .selectOption({ label: '<script>alert(1)</script> Nightingale' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Autumn screen is saved.').waitFor();
    await choose(page, file('nightingale squat.mot'));
    const card = page.getByRole('listitem');
    const assessment = card.getByLabel('Assessment');
    await assessment.selectOption(
      await assessment.getByRole('option', { name: 'Autumn screen' }).getAttribute('value'),
    );
    await card.getByRole('button', { name: 'Record' }).click();
    await page.getByRole('link', { name: 'Open Squat' }).waitFor();
    await close();
  });

  test('files without an athlete say how many they are, and the way to the first of them', async () => {
    const { page, close } = await app.open('/app/record', { width: 390, height: 844 });
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    await choose(page, file('Maya St Clair - Squat - 2026-10-14.mot'), file('one.mot'), file('another.mot'));
    const cards = page.getByRole('listitem');
    await page.getByRole('button', { name: 'Record 1 file', exact: true }).waitFor();
    const way = page.getByRole('button', { name: '2 files need an athlete' });
    await expectAccessible(page);
    await way.focus();
    await page.keyboard.press('Enter');
    const [, second, third] = await cards.getByLabel('Athlete').all();
    await expect.poll(() => second!.evaluate((element) => element === document.activeElement)).toBe(true);
    const { y } = (await second!.boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(844);
    await second!.selectOption({ label: 'Maya St. Clair' });
    await page.getByRole('button', { name: '1 file needs an athlete' }).click();
    await expect.poll(() => third!.evaluate((element) => element === document.activeElement)).toBe(true);
    await cards
      .nth(0)
      .getByRole('button', { name: /Take off the list/ })
      .click();
    await cards
      .nth(0)
      .getByRole('button', { name: /Take off the list/ })
      .click();
    // Nothing can be recorded: no button pretends to.
    await page.getByRole('button', { name: '1 file needs an athlete' }).waitFor();
    expect(await page.getByRole('button', { name: /^Record \d/ }).count()).toBe(0);
    await cards.getByLabel('Athlete').selectOption({ label: 'Maya St. Clair' });
    await cards.locator('summary').click();
    await cards.getByLabel('Order of the filter, one way').fill('2.5');
    await cards.locator('summary').click();
    await page.getByRole('button', { name: '1 file has processing that cannot be' }).click();
    const order = cards.getByLabel('Order of the filter, one way');
    await expect.poll(() => order.evaluate((element) => element === document.activeElement)).toBe(true);
    await close();
  });

  test('who may only look is told so', async () => {
    await client().users.create({
      Username: 'looks@riverside.example',
      Role: 'viewer',
      Password: 'looking-at-movement',
    });
    const { page, close } = await app.open('/app/record', { as: null });
    await enter(page, { username: 'looks@riverside.example', password: 'looking-at-movement' });
    await page.getByText('Your role does not allow this.').waitFor();
    expect(await page.getByRole('link', { name: 'Record' }).count()).toBe(0);
    await close();
  });

  test('a file that is empty, or of another kind, is refused at once, with what can be dropped instead', async () => {
    const { page, close } = await app.open('/app/record');
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await choose(
      page,
      file('empty.csv', Buffer.alloc(0)),
      file('notes.docx', Buffer.from('notes')),
      file('St Clair squat 2026-10-11.mot'),
    );
    const cards = page.getByRole('listitem');
    await cards.nth(0).getByRole('alert').getByText('This file is empty. Export or copy it again').waitFor();
    await cards
      .nth(1)
      .getByRole('alert')
      .getByText('Drop files that end in .mot, .sto, .csv, .trc, .c3d or .json, also gzipped.')
      .waitFor();
    for (const which of [0, 1]) {
      expect(await cards.nth(which).getByLabel('Athlete').count()).toBe(0);
      expect(await cards.nth(which).getByRole('button', { name: 'Record' }).count()).toBe(0);
    }
    await expectAccessible(page);
    expect(sent).toEqual([]);
    await page.getByRole('button', { name: 'Record 1 file', exact: true }).click();
    await page.getByText('1 of 1 recorded').waitFor();
    await page.getByRole('button', { name: 'Take off the list: empty.csv' }).click();
    await page.getByRole('button', { name: 'Take off the list: notes.docx' }).click();
    await expect.poll(() => cards.count()).toBe(1);
    await close();
  });

  test('what the server refuses of a file stands at its field, in words of this page, until that is changed', async () => {
    const { page, context, close } = await app.open('/app/record');
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    await choose(page, file('St Clair squat 2026-10-12.mot'));
    const card = page.getByRole('listitem');
    // As if the athlete were removed while the file was on its way.
    await context.route('**/sessions?*', (route) => {
      const url = new URL(route.request().url());
      if (route.request().method() === 'POST') url.searchParams.set('athleteID', crypto.randomUUID());
      return route.continue({ url: url.href });
    });
    await card.getByRole('button', { name: 'Record', exact: true }).click();
    await card.getByRole('alert').getByText('Athlete: This is no longer there: choose another.').waitFor();
    const athlete = card.getByLabel('Athlete');
    expect(await athlete.getAttribute('aria-invalid')).toBe('true');
    expect(await card.locator(`[id="${await athlete.getAttribute('aria-describedby')}"]`).textContent()).toBe(
      'This is no longer there: choose another.',
    );
    await expectAccessible(page);
    await context.unroute('**/sessions?*');
    await athlete.selectOption({ index: 2 });
    await card.getByRole('alert').waitFor({ state: 'detached' });
    expect(await athlete.getAttribute('aria-invalid')).toBe('false');
    await card.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('link', { name: 'Open Squat' }).waitFor();
    await close(/status of 400/);
  });

  test('what is refused of an athlete stands at its field, which has the focus', async () => {
    await client().athletes.create({ FirstName: 'Ida', LastName: 'Rhodes', ExternalID: 'chart-77' });
    const { page, close } = await app.open('/app/record');
    await page.getByRole('button', { name: 'New athlete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('First name').fill('Ada');
    const id = dialog.getByLabel('Id in another system');
    await id.fill('chart-77');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('"chart-77" belongs to another athlete.').waitFor();
    await expect.poll(() => id.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await id.getAttribute('aria-invalid')).toBe('true');
    expect(
      await id.evaluate(
        (element) => document.getElementById(element.getAttribute('aria-describedby')!)!.textContent,
      ),
    ).toBe('"chart-77" belongs to another athlete.');
    expect(await dialog.getByRole('alert').count()).toBe(0);
    await expectAccessible(page);
    await id.fill('');
    await dialog.getByLabel('Last name').fill('x'.repeat(201));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('At most 200 characters.').waitFor();
    expect(await dialog.getByLabel('Last name').getAttribute('aria-invalid')).toBe('true');
    expect(await id.getAttribute('aria-invalid')).toBe('false');
    await close(/status of 4\d\d/);
  });

  test.each([
    ['ragged.mot', Buffer.concat([SQUATS.subarray(0, 40_000), Buffer.from('\n0.1\t2\n')])],
    ['zipped.mot.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3])],
    ['short.c3d', Buffer.from([2, 0x50, 1, 0])],
    ['list.json', Buffer.from('[[[')],
  ])('%s is refused with what to change, and the page stays', async (name, buffer) => {
    const { page, close } = await app.open('/app/record');
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    await choose(page, file(name, buffer));
    const card = page.getByRole('listitem');
    await card.getByLabel('Athlete').selectOption({ label: 'Maya St. Clair' });
    await card.getByRole('button', { name: 'Record' }).click();
    expect((await card.getByRole('alert').textContent())!.length).toBeGreaterThan(20);
    expect(await card.getByLabel('Athlete').locator('option:checked').textContent()).toBe('Maya St. Clair');
    await card.getByRole('button', { name: /Take off the list/ }).click();
    await expect.poll(() => card.count()).toBe(0);
    await close(/status of 4\d\d/);
  });

  test('files that were dropped stay, and are sent, while other views are open; cancelling keeps them on the list', async () => {
    const { page, context, close } = await app.open('/app/record');
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      for (const day of ['03', '04'])
        transfer.items.add(new File([text], `St Clair_squat_202610${day}.mot`, { lastModified: 0 }));
      return transfer;
    }, SQUATS.toString());
    await page
      .getByRole('region', { name: 'Drop recordings here' })
      .dispatchEvent('drop', { dataTransfer: dropped });
    const cards = page.getByRole('listitem');
    await expect.poll(() => cards.count()).toBe(2);
    const [first, second] = [cards.nth(0), cards.nth(1)];
    await first.getByText('Day from the file’s name, at noon').waitFor();
    await second.getByLabel('Session name').fill('Before lunch');
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await context.route('**/sessions?*', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue().catch(() => {});
    });
    await first.getByRole('button', { name: 'Record', exact: true }).click();
    await first.getByRole('progressbar').waitFor();
    await first.getByRole('button', { name: 'Cancel' }).click();
    await first.getByRole('button', { name: 'Record', exact: true }).click();
    await first.getByRole('progressbar').waitFor();

    const visit = async (name: string) => {
      await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }).click();
      await page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
    };
    await visit('Athletes');
    await visit('Record');
    await first.getByRole('progressbar').waitFor();
    expect(await second.getByLabel('Session name').inputValue()).toBe('Before lunch');
    await visit('Sessions');
    const recorded = page.waitForResponse(
      (response) => response.request().method() === 'POST' && /[/]sessions[?]/.test(response.url()),
    );
    go();
    await recorded;
    await visit('Record');
    await first.getByRole('link', { name: 'Open Squat' }).waitFor();
    await page.getByRole('button', { name: 'Record 1 file', exact: true }).click();
    await page.getByText('2 of 2 recorded').waitFor();
    await second.getByRole('link', { name: 'Open Before lunch' }).waitFor();
    await close();
  });

  test('the browser asks before a page goes with files that are not recorded, and only then; signing out forgets them', async () => {
    const { page, close } = await app.open('/app/record');
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await choose(page, file('St Clair squat 2026-10-13.mot'));
    const cards = page.getByRole('listitem');
    // Browsers ask only for those who have touched the page.
    await cards.getByLabel('Session name').fill('Kept');
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toEqual(['beforeunload']);
    await page.getByRole('link', { name: 'Athletes' }).first().click();
    await page.getByRole('heading', { name: 'Athletes', level: 1 }).waitFor();
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked.length).toBe(2);

    await page.getByRole('button', { name: DEMO[0]!.username }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').waitFor();
    await enter(page, DEMO[0]!);
    await page.getByRole('link', { name: 'Record' }).click();
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    expect(await cards.count()).toBe(0);

    await choose(page, file('St Clair squat 2026-10-13.mot'), file('notes.docx'));
    await page.getByRole('button', { name: 'Record 1 file', exact: true }).click();
    await page.getByText('1 of 1 recorded').waitFor();
    const gone = page.waitForEvent('close');
    await page.close({ runBeforeUnload: true });
    await gone;
    expect(asked).toHaveLength(2);
    await close();
  });

  test('how the curves are made is chosen for all files and for one, and stands in the provenance', async () => {
    const { page, context, close } = await app.open('/app/record');
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    await choose(
      page,
      file('St Clair squat 2026-10-06.mot'),
      file('St Clair squat 2026-10-07.mot'),
      file('St Clair squat 2026-10-08.mot'),
    );
    const cards = page.getByRole('listitem');
    await expect.poll(() => cards.count()).toBe(3);
    const forAll = page.locator('details').filter({ hasText: 'Processing of all files' });
    await forAll.getByText('As usual: low-pass at 6 Hz').waitFor();
    expect(await forAll.getByLabel('Low-pass filter').isVisible()).toBe(false);
    // By keys, as a lid is lifted.
    await forAll.locator('summary').focus();
    await page.keyboard.press('Enter');
    await forAll.getByLabel('Cut-off of the filter (Hz)').fill('8,5');
    await forAll.getByLabel('Interpolation between samples').selectOption('Linear');
    await forAll.getByText('cut-off 8,5 Hz, linear interpolation').waitFor();

    const one = cards.nth(1).locator('details');
    await one.getByText('cut-off 8,5 Hz, linear interpolation').click();
    await one.getByLabel('Frames a second of the curves').fill('12');
    await one.getByText('The cut-off must lie below half of the frames a second, 6 Hz').waitFor();
    await one.getByText('Some of it cannot be').waitFor();
    expect(await cards.nth(1).getByRole('button', { name: 'Record', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Record 2 files' }).waitFor();
    await one.getByLabel('Low-pass filter').selectOption('None: as recorded');
    expect(await one.getByLabel('Cut-off of the filter (Hz)').isDisabled()).toBe(true);
    await forAll.getByText('Each its own').first().waitFor();
    for (const [label, text, fault] of [
      ['Longest gap that is bridged (s)', '3601', 'Say a number from 0 to 3600.'],
      ['Longest gap that is bridged (s)', '-1', 'Say a number from 0 to 3600.'],
      ['Frames a second of the curves', 'many', 'Say a number from 10 to 1000.'],
      ['Sampling rate of the file (Hz)', '0', 'Say a number from 1 to 10000.'],
    ] as const) {
      const before = await one.getByLabel(label).inputValue();
      await one.getByLabel(label).fill(text);
      await one.getByText(fault).waitFor();
      await one.getByLabel(label).fill(before);
    }
    await one.getByLabel('Turns of 360° between samples').selectOption('Taken out');
    const last = cards.nth(2).locator('details');
    await last.locator('summary').click();
    await last.getByLabel('Order of the filter, one way').fill('2.5');
    await last.getByText('Say a whole number from 1 to 10.').waitFor();
    await last.getByLabel('Order of the filter, one way').fill('4');
    await expectAccessible(page);

    // What only the server knows is told at the file that it refuses.
    await context.route('**/sessions?*', (route) => {
      const url = new URL(route.request().url());
      if (url.searchParams.get('order') === '4') url.searchParams.set('order', '40');
      return route.continue({ url: url.href });
    });
    await page.getByRole('button', { name: 'Record 3 files' }).click();
    await cards.nth(2).getByRole('alert').getByText('order').waitFor();
    await page.getByText('2 of 3 recorded').waitFor();
    await context.unroute('**/sessions?*');
    await cards.nth(2).getByRole('button', { name: 'Try again' }).click();
    await page.getByText('3 of 3 recorded').waitFor();

    const provenance = async (day: string) => {
      const [session] = (await client().sessions.list({ from: day, to: day, name: 'Squat' })).items;
      return (await client().reportData(session!.s3Key)).Provenance;
    };
    expect(await provenance('2026-10-06')).toMatchObject({
      Filter: { CutOff: 8.5, Order: 2 },
      Interpolation: 'linear',
    });
    expect(await provenance('2026-10-07')).toMatchObject({ Filter: null, AngleRange: 'unwrapped' });
    expect(await provenance('2026-10-08')).toMatchObject({ Filter: { CutOff: 8.5, Order: 4 } });
    await cards.nth(0).getByRole('link', { name: 'Open Squat' }).click();
    await page.getByText('Where these numbers come from').click();
    await page.getByText('low-pass of order 2, cut-off 8.5 Hz').waitFor();
    await page.getByText('by linear interpolation').waitFor();
    await close(/status of 4\d\d/);
  });

  test('a sign-in that ends in the middle loses nothing', async () => {
    const { page, close } = await app.open('/app/record');
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    await choose(page, file('St Clair squat 2026-10-05.mot'));
    const card = page.getByRole('listitem');
    await card.getByLabel('Session name').fill('Before lunch');
    // As when an administrator sets another password.
    const own = (await client().users.list().all()).find(({ Username }) => Username === DEMO[0]!.username)!;
    await client().users.patch(own.UserID, { Password: DEMO[0]!.password });
    await card.getByRole('button', { name: 'Record', exact: true }).click();
    await enterAgain(page, DEMO[0]!.password);
    expect(await card.getByLabel('Session name').inputValue()).toBe('Before lunch');
    await card.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Open Before lunch' }).waitFor();
    await close(/status of 40\d/);
  });

  test('assessments are corrected and deleted at their athlete', async () => {
    const [maya] = (await client().athletes.list().all()).filter(({ LastName }) => LastName === 'St. Clair');
    await client().assessments.create({ 'Assessment Name': 'Autmn', 'Athlete ID': maya!.ValorID });
    const { page, close } = await app.open(`/app/athletes/${maya!.ValorID}`, { width: 390, height: 844 });
    await page.getByRole('button', { name: 'Edit Autmn' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Autumn');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Autumn is saved.').waitFor();
    await page.getByRole('button', { name: 'Edit Autumn' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText(/This cannot be undone/).waitFor();
    await page.getByRole('button', { name: 'Really delete' }).click();
    await page.getByText('Autumn is deleted.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Edit Autumn' }).count()).toBe(0);
    await expectAccessible(page);
    await close();
  });
});
