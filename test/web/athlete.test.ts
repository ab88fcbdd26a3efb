import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Athlete, KinebaseClient, Session } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, expectAccessible, openApp } from './app.ts';

const KNEE = 'Knee Flex. (°)';

describe.skipIf(!hasChromium)('athletes', () => {
  let app: App;
  let client: KinebaseClient;
  let athletes: Athlete[];
  /** Who squats most often, and those sessions, newest first. */
  let athlete: Athlete;
  let squats: Session[];
  beforeAll(async () => {
    app = await openApp();
    client = app.client();
    athletes = await client.athletes.list().all();
    const all = await client.sessions.list({ name: 'Squat' }).all();
    const own = (id: string) => all.filter((session) => session['Athlete ID'] === id);
    athlete = athletes.toSorted((one, other) => own(other.ValorID).length - own(one.ValorID).length)[0]!;
    squats = own(athlete.ValorID);
  }, 120_000);
  afterAll(() => app?.end());

  test('the list has everybody with the last session, finds by parts of the name, and keeps that in the address', async () => {
    const { page, close } = await app.open('/app/athletes');
    await page.getByText('24 athletes', { exact: true }).waitFor();
    const last = (await client.sessions.list({ athleteID: athlete.ValorID, limit: 1 })).items[0]!;
    const row = page.getByRole('row', { name: `${athlete.FirstName} ${athlete.LastName}` });
    await row.getByRole('link', { name: last['Session Name'] }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Find').fill(`${athlete.LastName.slice(0, 4)} ${athlete.FirstName}`);
    await page.getByText('1 of 24 athletes').waitFor();
    await page.reload();
    await page.getByText('1 of 24 athletes').waitFor();
    await page.getByLabel('Find').fill('nobody at all');
    await page.getByRole('heading', { name: 'Nobody matches' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByText('24 athletes', { exact: true }).waitFor();
    await row.getByRole('link', { name: athlete.FirstName }).click();
    await page.getByRole('heading', { name: `${athlete.FirstName} ${athlete.LastName}`, level: 1 }).waitFor();
    await close();
  });

  test('a coach sees every metric over time, opens one, and follows a value to its session', async () => {
    const { page, close } = await app.open(`/app/athletes/${athlete.ValorID}`);
    const chart = page.getByRole('group', { name: `${KNEE} over time: ${2 * squats.length} values` });
    await chart.waitFor();
    await page.getByText(/^range 90 to 130° · worth noticing from \d+\.\d°$/).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: KNEE, exact: true }).click();
    const table = page.getByRole('table', { name: `Values: ${KNEE}` });
    await table.waitFor();
    expect(new URL(page.url()).searchParams.get('metric')).toBe(KNEE);
    expect(await table.getByRole('row').count()).toBe(1 + squats.length);

    const [newest, before] = await Promise.all(
      squats.slice(0, 2).map(({ s3Key }) => client.reportData(s3Key)),
    );
    const { L, R } = newest!.WorkoutMetrics.Ang[KNEE]!;
    const shown = (value: number) => value.toFixed(1).replace('-', '−');
    const signed = (value: number) => (value > 0 ? `+${shown(value)}` : shown(value));
    const cells = await table.getByRole('row').nth(1).getByRole('cell').allTextContents();
    const change = L!.AvgMax - before!.WorkoutMetrics.Ang[KNEE]!.L!.AvgMax;
    expect(cells[0]).toBe(shown(L!.AvgMax));
    expect(cells[1]).toContain(signed(change));
    expect(cells[3]).toBe(shown(R!.AvgMax));
    const { Difference, Percent } = newest!.Summary.Asymmetry[KNEE]!;
    expect(cells.slice(6)).toEqual([signed(Difference), signed(Percent!)]);
    await page
      .getByRole('group', { name: `${KNEE}, left minus right over time: ${squats.length} values` })
      .waitFor();

    await page
      .getByText(/Minimal detectable change \(95 %\) \d+\.\d° = 1\.96 · √2 · typical error of \d+\.\d°/)
      .waitFor();
    await page
      .getByText(
        /Smallest worthwhile change \d+\.\d° = 0\.2 · \d+\.\d°, the standard deviation between 7 athletes/,
      )
      .waitFor();
    await page.getByText(/From the newest 18 sessions of this exercise in this organization/).waitFor();
    await expectAccessible(page);

    await table.getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/app/sessions/${squats[0]!['Session ID']}`);
    await page.goBack();
    await table.waitFor();
    // The same by mouse, from the newest dot of the left side.
    const dot = page
      .getByRole('group', { name: `${KNEE} over time` })
      .getByRole('link', { name: `Left ${shown(L!.AvgMax)}°` });
    await dot.first().click();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/app/sessions/${squats[0]!['Session ID']}`);
    await close();
  });

  test('exercise, quantity and dates are chosen, stand in the address, and what is shown can be downloaded', async () => {
    const { page, close } = await app.open(
      `/app/athletes/${athlete.ValorID}?metric=${encodeURIComponent(KNEE)}`,
      {
        dark: true,
      },
    );
    const asked: (string | null)[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === '/reports') asked.push(url.searchParams.get('quantity'));
    });
    const table = page.getByRole('table', { name: `Values: ${KNEE}` });
    await table.waitFor();
    const from = squats[2]!.Date.slice(0, 10);
    await page.getByLabel('From').fill(from);
    await expect.poll(() => table.getByRole('row').count()).toBe(1 + 3);
    await page.getByLabel('Quantity').selectOption('Angular velocity');
    await page.getByRole('columnheader', { name: 'Left value (°/s)' }).waitFor();
    await expectAccessible(page);
    expect(new Set(asked)).toEqual(new Set(['Ang', 'Vel']));
    asked.length = 0;
    await page.reload();
    await page.getByRole('columnheader', { name: 'Left value (°/s)' }).waitFor();
    expect(new Set(asked)).toEqual(new Set(['Vel']));
    expect(await table.getByRole('row').count()).toBe(1 + 3);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Values as CSV' }).click();
    expect((await download).suggestedFilename()).toBe('trend-Squat.csv');
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(1 + 3 * 2);
    const { AvgMax } = (await client.reportData(squats[0]!.s3Key)).WorkoutMetrics.Vel[KNEE]!.R!;
    expect(lines.at(-1)).toContain(`${squats[0]!['Session ID']},`);
    expect(lines.at(-1)).toContain(`,Vel,${KNEE},R,deg/s,${AvgMax},`);

    await page.getByLabel('From').fill('');
    await page.getByLabel('To', { exact: true }).fill('2001-01-01');
    await page.getByRole('heading', { name: 'Nothing in this time' }).waitFor();
    await page.getByRole('button', { name: 'All dates' }).click();
    await page.getByLabel('Exercise').selectOption({ label: 'Overhead Squat (2)' });
    await page.getByRole('link', { name: 'Shoulder Flex. (°)', exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.has('metric')).toBe(false);
    await page.getByRole('link', { name: 'Compare the last sessions' }).click();
    await page.getByRole('list', { name: 'Compared sessions' }).getByRole('listitem').nth(1).waitFor();
    await close();
  });

  test('the last report of every exercise stands with its scores', async () => {
    const { page, close } = await app.open(`/app/athletes/${athlete.ValorID}`);
    const { Summary } = await client.reportData(squats[0]!.s3Key);
    const row = page.getByRole('row', { name: /^Squat/ });
    for (const [area, { Score }] of Object.entries(Summary.Areas)) {
      await row.getByText(area, { exact: true }).waitFor();
      await row
        .getByText(String(Math.round(Score)), { exact: false })
        .first()
        .waitFor();
    }
    expect(await row.getByRole('cell').nth(1).textContent()).toBe(String(squats.length));
    await close();
  });

  test('tests of one side stand together, left against right of a day, on a phone too', async () => {
    const name = 'Regular Ankle Dorsiflexion - Weighted';
    const sessions = await client.sessions.list({ name: `Left ${name}` }).all();
    const right = await client.sessions.list({ name: `Right ${name}` }).all();
    const left = sessions.find((each) =>
      right.some(
        (other) =>
          other['Athlete ID'] === each['Athlete ID'] && other.Date.slice(0, 10) === each.Date.slice(0, 10),
      ),
    )!;
    const { page, close } = await app.open(
      `/app/athletes/${left['Athlete ID']}?exercise=${left['Exercise ID']}&metric=${encodeURIComponent('Ankle DF (°)')}`,
      { width: 390, height: 844 },
    );
    const table = page.getByRole('table', { name: 'Values: Ankle DF (°)' });
    await table.waitFor();
    expect(await page.getByLabel('Exercise').locator('option:checked').textContent()).toMatch(
      new RegExp(`^${name} \\(\\d+\\)$`),
    );
    await page.getByRole('group', { name: /left minus right over time: \d+ values?/ }).waitFor();
    const first = table
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: /^Left/ }) })
      .first();
    expect(await first.getByRole('link').count()).toBe(2);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await close();
  });

  test('an edit on the server changes the trend by itself; too little data is said; nobody and nothing are said too', async () => {
    const jumps = await client.sessions.list({ name: 'Tuck Jump' });
    const jump = jumps.items[0]!;
    const { page, close } = await app.open(
      `/app/athletes/${jump['Athlete ID']}?exercise=${jump['Exercise ID']}&metric=${encodeURIComponent(KNEE)}`,
    );
    await page
      .getByText(/Too little data to tell noise from change: \d+ pairs? of consecutive sessions/)
      .waitFor();
    await page.getByText(/Smallest worthwhile change: too few athletes have done this exercise/).waitFor();
    const value = page
      .getByRole('table', { name: `Values: ${KNEE}` })
      .getByRole('link')
      .first();
    const before = await value.textContent();
    await client.sessions.repetitions(jump['Session ID'], { Repetitions: [] });
    const { FullMax } = (await client.reportData(jump.s3Key)).WorkoutMetrics.Ang[KNEE]!.L!;
    expect(FullMax!.toFixed(1)).not.toBe(before);
    await expect.poll(() => value.textContent()).toBe(FullMax!.toFixed(1));

    await page.goto('/app/athletes?find=alert');
    await page.getByRole('button', { name: 'New athlete' }).click();
    await page.getByLabel('First name').fill('<script>alert(1)</script>');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: '<script>alert(1)</script>' }).click();
    await page.getByRole('heading', { name: 'No sessions yet' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Id in another system').fill('<b>7</b>');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Id in another system: <b>7</b>').waitFor();
    // What cannot be read is no empty archive.
    await page.route('**/sessions?*', (route) => route.fulfill({ status: 400, json: { message: 'No.' } }));
    await page.goto(`/app/athletes/${jump['Athlete ID']}`);
    await page.getByRole('alert').getByText('No.').waitFor();
    await page.unroute('**/sessions?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Last report of each exercise' }).waitFor();
    await page.goto('/app/athletes/NOBODY');
    await page.getByRole('heading', { name: 'There is no such athlete' }).waitFor();
    await expectAccessible(page);
    await close(/status of 400/);
  });
});
