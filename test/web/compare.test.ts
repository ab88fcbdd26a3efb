import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KinebaseClient, Session } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, expectAccessible, openApp } from './app.ts';

describe.skipIf(!hasChromium)('comparing sessions', () => {
  let app: App;
  let client: KinebaseClient;
  let squats: Session[];
  beforeAll(async () => {
    app = await openApp();
    client = app.client();
    squats = await client.sessions.list({ name: 'Squat' }).all();
  }, 120_000);
  afterAll(() => app?.end());

  const ids = (sessions: readonly Session[]) => sessions.map((session) => session['Session ID']).join(',');

  test('a coach finds two sessions of an athlete, lays them over each other, and takes one away again', async () => {
    const { page, close } = await app.open('/app/compare');
    await page.getByRole('heading', { name: 'Nothing to compare yet' }).waitFor();
    await expectAccessible(page);
    const athletes = await client.athletes.list().all();
    const often = athletes.find(
      ({ ValorID }) => squats.filter((session) => session['Athlete ID'] === ValorID).length > 3,
    )!;
    const own = squats.filter((session) => session['Athlete ID'] === often.ValorID);
    await page.getByLabel('Exercise').selectOption({ label: 'Squat' });
    await page
      .getByRole('searchbox', { name: 'Athlete' })
      .fill(`${often.LastName.slice(0, 4)} ${often.FirstName}`);
    const offers = page.getByRole('button', { name: new RegExp(`^Add ${often.FirstName}`) });
    await expect.poll(() => offers.count()).toBe(own.length);
    await offers.first().click();
    await page
      .getByRole('img', { name: /^Knee Flex\. \(°\), Angle over a repetition.*: 2 mean curves/ })
      .waitFor();
    await offers.first().click();
    await page.getByRole('img', { name: /: 4 mean curves/ }).waitFor();
    const list = page.getByRole('list', { name: 'Compared sessions' });
    expect(await list.getByRole('listitem').count()).toBe(2);

    const [report, other] = await Promise.all(own.slice(0, 2).map(({ s3Key }) => client.reportData(s3Key)));
    const left = (of: typeof report) => of!.WorkoutMetrics.Ang['Knee Flex. (°)']!.L!.AvgMax;
    const rows = page.getByRole('table').getByRole('row');
    expect(await rows.nth(1).getByRole('cell').nth(2).innerText()).toBe(left(report).toFixed(1));
    const difference = (left(other) - left(report)).toFixed(1).replace('-', '−');
    expect((await rows.nth(3).getByRole('cell').nth(3).textContent())!.replace('+', '')).toBe(difference);

    await page.reload();
    await page.getByRole('img', { name: /: 4 mean curves/ }).waitFor();
    await page
      .getByRole('button', { name: /^Remove/ })
      .first()
      .click();
    await page.getByRole('img', { name: /: 2 mean curves/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('sessions')).toBe(own[1]!['Session ID']);
    await page.goBack();
    await page.getByRole('img', { name: /: 4 mean curves/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Athlete' }).fill('nobody of this name');
    await page.getByText('No athlete has this in the name.').waitFor();
    await close();
  });

  test('metric, side, quantity, band, repetitions and the place of reading are chosen and stand in the address', async () => {
    const { page, close } = await app.open(`/app/compare?sessions=${ids(squats.slice(0, 2))}`, {
      dark: true,
    });
    await page.getByText('Green: 90 to 130°').waitFor();
    await page.getByLabel('Metric').selectOption('Hip Flex. (°)');
    await page.getByText('The exercise sets no range for this metric.').waitFor();
    await page.getByLabel('Side', { exact: true }).selectOption('Right');
    await page.getByLabel('Behind the curves').selectOption('This organization');
    await page
      .getByText(
        /Grey: this organization, mean ± 1 standard deviation between \d+ athletes, from 16 other sessions/,
      )
      .waitFor();
    await page.getByLabel('Quantity').selectOption('Velocity');
    await page.getByLabel('Single repetitions').check();
    const place = page.getByLabel('Read values at');
    await place.fill('50');
    await place.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('columnheader', { name: 'At 51 %' }).waitFor();
    await expectAccessible(page);
    const address = new URL(page.url()).searchParams;
    expect(Object.fromEntries(address)).toEqual({
      sessions: ids(squats.slice(0, 2)),
      metric: 'Hip Flex. (°)',
      side: 'R',
      quantity: 'velocity',
      band: 'organization',
      repetitions: 'shown',
      at: '51',
    });
    await page.reload();
    await page
      .getByRole('img', { name: /^Hip Flex\. \(°\), Velocity over a repetition.*: 2 mean curves/ })
      .waitFor();
    const report = await client.reportData(squats[0]!.s3Key, { curves: true });
    const { Mean, SD } = report.Curves!.Vel['Hip Flex. (°)']!.R!;
    const shown = (value: number) => value.toFixed(1).replace('-', '−');
    expect(await page.getByRole('row').nth(1).getByRole('cell').nth(4).textContent()).toBe(
      `${shown(Mean[51]!)} ± ${shown(SD[51]!)}`,
    );

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Curves as CSV' }).click();
    expect((await download).suggestedFilename()).toBe('compare-Hip-Flex-velocity.csv');
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(1 + 2 * 101);
    expect(lines[52]).toContain(`,velocity,R,deg/s,51,${Mean[51]},${SD[51]},`);
    await close();
  });

  test('values stand there from the start, where the first curve is highest, and keys and a finger move them', async () => {
    const { page, close } = await app.open(`/app/compare?sessions=${ids(squats.slice(0, 2))}&side=L`, {
      touch: true,
    });
    const { Mean, SD } = (await client.reportData(squats[0]!.s3Key, { curves: true })).Curves!.Ang[
      'Knee Flex. (°)'
    ]!.L!;
    const peak = Mean.indexOf(Math.max(...Mean));
    await page.getByRole('columnheader', { name: `At ${peak} %` }).waitFor();
    const cell = page.getByRole('row').nth(1).getByRole('cell', { name: /±/ });
    expect(await cell.innerText()).toBe(`${Mean[peak]!.toFixed(1)} ± ${SD[peak]!.toFixed(1)}`);
    expect(new URL(page.url()).searchParams.has('at')).toBe(false);

    const place = page.getByRole('slider', { name: 'Read values at', description: /finger.*arrow keys/ });
    await place.press('ArrowLeft');
    await page.getByRole('columnheader', { name: `At ${peak - 1} %` }).waitFor();
    const chart = (await page.getByRole('img', { name: /mean curves/ }).boundingBox())!;
    await page.touchscreen.tap(chart.x + 44 + (chart.width - 64) / 4, chart.y + chart.height / 2);
    await page.getByRole('columnheader', { name: 'At 25 %' }).waitFor();
    expect(new URL(page.url()).searchParams.get('at')).toBe('25');
    await expectAccessible(page);
    // In sight without pushing the table sideways, however much stands beside it.
    const frame = page.getByRole('table').locator('xpath=..');
    for (const width of [1280, 1024, 700]) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => frame.evaluate((table) => table.scrollWidth - table.clientWidth)).toBe(0);
    }
    await close();
  });

  test('different exercises: what they share is offered, and what they do not is said', async () => {
    const overhead = await client.sessions.list({ name: 'Overhead Squat' });
    const both = [squats[0]!, overhead.items[0]!];
    const { page, close } = await app.open(
      `/app/compare?sessions=${ids(both)}&metric=Shoulder Flex. (°)&band=organization`,
    );
    await page.getByText('Shoulder Flex. (°) is not in all of these sessions.').waitFor();
    await page.getByText(/Left out: .*Shoulder Flex\. \(°\)/).waitFor();
    await page.getByText('A band of this organization needs sessions of one exercise').waitFor();
    expect(await page.getByLabel('Metric').locator('option').allTextContents()).not.toContain(
      'Shoulder Flex. (°)',
    );
    const shoulder = (await client.sessions.list({ name: 'Shoulder Flexion' })).items[0]!;
    await page.goto(`/app/compare?sessions=${ids([squats[0]!, shoulder])}`);
    await page.getByText('These sessions have no metric in common.').waitFor();
    await close();
  });

  test('a session without repetitions is named, keeps its numbers and has no curve', async () => {
    const without = squats.at(-1)!;
    await client.sessions.repetitions(without['Session ID'], { Repetitions: [] });
    const { page, close } = await app.open(`/app/compare?sessions=${ids([squats[0]!, without])}`);
    await page.getByText(/Without repetitions, so without a curve: 2 /).waitFor();
    await page.getByRole('img', { name: /: 2 mean curves/ }).waitFor();
    expect(await page.getByRole('cell', { name: 'whole session' }).count()).toBe(2);
    await page.goto(`/app/compare?sessions=${ids([without])}`);
    await page.getByText('there is no curve to draw').waitFor();
    await expectAccessible(page);
    await close();
  });

  test('an id that is none is refused in its place, thirteen sessions are too many, a phone shows all', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    const { page, close } = await app.open(`/app/compare?sessions=${unknown},${ids(squats.slice(0, 13))}`, {
      width: 390,
      height: 844,
    });
    await page.getByText('At most 12 sessions are compared; 2 more of this address are left out.').waitFor();
    await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('alert') })
      .getByRole('button', { name: 'Remove 1' })
      .waitFor();
    await page.getByRole('img', { name: /: 11 mean curves/ }).waitFor();
    await expectAccessible(page);
    // Nothing is wider than the phone.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.getByRole('button', { name: /^Add / }).first().isDisabled()).toBe(true);
    await close(/status of 404/);
  });
});
