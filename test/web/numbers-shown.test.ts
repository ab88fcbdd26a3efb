import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KinebaseClient, Report, Session } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, openApp } from './app.ts';

const KNEE = 'Knee Flex. (°)';
const EXTENSION = 'Knee Ext. (°)';

describe.skipIf(!hasChromium)('numbers on the screen', () => {
  let app: App;
  let client: KinebaseClient;
  let squats: Session[];
  let report: Report;
  /** One end of the knee's range, which the left knee's value would be rounded to. */
  let edge: number;
  beforeAll(async () => {
    app = await openApp();
    client = app.client();
    const all = await client.sessions.list({ name: 'Squat' }).all();
    squats = all.filter((session) => session['Athlete ID'] === all[0]!['Athlete ID']).slice(0, 2);
    const { AvgMax } = (await client.reportData(squats[0]!.s3Key)).WorkoutMetrics.Ang[KNEE]!.L!;
    edge = Number(AvgMax.toFixed(1));
    const [Min, Max] = AvgMax > edge ? [edge - 40, edge] : [edge, edge + 40];
    const squat = await client.exercises.get(squats[0]!['Exercise ID']);
    const judged = await client.exercises.create({
      'Exercise Name': 'Judged squat',
      PrimaryChannel: squat.PrimaryChannel,
      Polarity: squat.Polarity,
      KneeFlexion: squat.KneeFlexion,
      Metrics: (['L', 'R'] as const).flatMap((Side) => {
        const Channel = `knee_angle_${Side.toLowerCase()}`;
        return [
          { Label: KNEE, Side, Channel, Sign: 1, Min, Max },
          { Label: EXTENSION, Side, Channel, Sign: -1, Min: -20.5, Max: -0.5 },
          { Label: 'Knee Range (°)', Side, Channel, Sign: 1, Reads: 'range' },
        ] as const;
      }),
    });
    for (const each of squats)
      await client.sessions.patch(each['Session ID'], { 'Exercise ID': judged['Exercise ID'] });
    report = await client.reportData(squats[0]!.s3Key);
  }, 120_000);
  afterAll(() => app?.end());

  const exactly = () => {
    const { AvgMax, Min, Max, Score } = report.WorkoutMetrics.Ang[KNEE]!.L!;
    expect([Min, Max]).toContain(edge);
    expect(Score).toBe(0.5);
    return [2, 3, 4, 5, 6].map((digits) => AvgMax.toFixed(digits)).find((text) => Number(text) !== edge)!;
  };

  test('of a session', async () => {
    const { page, close } = await app.open(`/app/sessions/${squats[0]!['Session ID']}?at=2`);
    const row = page.getByRole('row', { name: `${KNEE} Left` });
    await row.waitFor();
    expect(await row.getByRole('cell').nth(1).innerText()).toBe(`${exactly()}°`);
    const negative = page.getByRole('row', { name: `${EXTENSION} Left` });
    expect(await negative.innerText()).toMatch(/−\d+\.\d+°.*−20\.5 to −0\.5°/s);
    await page
      .getByText(/^(Left|Right) larger by \d+\.\d+° \(\d+\.\d+ %\)$/)
      .first()
      .waitFor();
    await page.getByText(/left minus right of mean of the maxima/).waitFor();
    await page.getByText('Where these numbers come from').click();
    await page.getByText(/range of motion \(largest minus smallest\) of knee_angle_l/).waitFor();
    await page.getByText('degrees, as the file states').waitFor();
    await page.getByRole('definition').filter({ hasText: 'each stands out by at least' }).waitFor();
    expect(await wronglyWritten(page)).toEqual([]);

    await page.goto(`/app/sessions/${squats[0]!['Session ID']}?at=2&quantity=velocity&table=Vel`);
    await row.waitFor();
    expect(await row.getByRole('cell').nth(1).innerText()).toMatch(/^\d+\.\d °\/s$/);
    await page
      .locator('output', { hasText: /^−?\d+\.\d °\/s$/ })
      .first()
      .waitFor();
    expect(await wronglyWritten(page)).toEqual([]);
    await close();
  });

  test('of sessions that are compared', async () => {
    const ids = squats.map((session) => session['Session ID']).join(',');
    const { page, close } = await app.open(`/app/compare?sessions=${ids}&metric=${KNEE}&at=50`);
    const table = page.getByRole('table');
    await table.waitFor();
    expect(await table.getByRole('row').nth(1).textContent()).toContain(exactly());
    await page.getByText(/^Green: \d+(\.\d)? to \d+(\.\d)?°, where/).waitFor();
    await page.getByLabel('Metric').selectOption(EXTENSION);
    await table
      .getByRole('cell', { name: /−20\.5 to −0\.5°$/ })
      .first()
      .waitFor();
    expect(await wronglyWritten(page)).toEqual([]);
    await close();
  });

  test('of an athlete', async () => {
    const { 'Athlete ID': athlete, 'Exercise ID': exercise } = await client.sessions.get(
      squats[0]!['Session ID'],
    );
    const { page, close } = await app.open(`/app/athletes/${athlete}?exercise=${exercise}`);
    await page.getByText(/^range −20\.5 to −0\.5°/).waitFor();
    expect(await wronglyWritten(page)).toEqual([]);
    await page.getByRole('link', { name: KNEE, exact: true }).click();
    const table = page.getByRole('table', { name: `Values: ${KNEE}` });
    await table.getByRole('link', { name: `Left ${exactly()}, ` }).waitFor();
    await page.getByRole('link', { name: `Left ${exactly()}°, ` }).waitFor();
    expect(await wronglyWritten(page)).toEqual([]);
    await close();
  });
});

/** Numbers that are not as ui/numbers.ts writes them, in texts, tooltips and descriptions; fields are left out. */
const wronglyWritten = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const main = document.querySelector('main')!;
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const said: string[] = [];
    while (texts.nextNode() !== null) said.push(texts.currentNode.parentElement!.textContent);
    for (const element of main.querySelectorAll('[title], [aria-label], [aria-valuetext]'))
      for (const name of ['title', 'aria-label', 'aria-valuetext'])
        said.push(element.getAttribute(name) ?? '');
    const wrong = [
      // A hyphen in place of a minus sign.
      /(^|[\s(±])-\d/,
      /\d °(?!\/)/,
      /\d°\//,
      // A range that could be read as a difference.
      /\d( … |–)\d/,
      /AvgMax|\bAng\b|\bnull\b/,
    ];
    return [...new Set(said)].filter((text) => wrong.some((pattern) => pattern.test(text)));
  });
