import { DuckDBInstance } from '@duckdb/node-api';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type KinebaseClient } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, expectAccessible, openApp } from './app.ts';

const { username, password, clientId } = DEMO[0]!;

describe.skipIf(!hasChromium)('files that go out of the web app and into it', () => {
  let app: App;
  let client: KinebaseClient;
  beforeAll(async () => {
    app = await openApp();
    client = createClient({ url: app.server.url, username, password, clientId });
  }, 120_000);
  afterAll(() => app?.end());

  const downloaded = async (page: Page, item: RegExp, which = 0) => {
    await page.getByRole('button', { name: 'Download' }).click();
    const started = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).nth(which).click();
    return (await started).path();
  };
  const query = async (text: string) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll(text)).getRowObjects();
    connection.closeSync();
    instance.closeSync();
    return rows;
  };

  test('CSV and Parquet of a filtered list open in another program, and hold what is shown', async () => {
    const [maya] = (await client.athletes.list().all()).filter(({ LastName }) => LastName === 'St. Clair');
    const { page, close } = await app.open(
      `/app/sessions?athlete=${maya!.ValorID}&from=2026-01-01&order=oldest`,
    );
    const rows = page.locator('[data-index] a');
    await rows.first().waitFor();
    await page.getByText(/^\d+ sessions?$/).waitFor();
    const grid = page.getByRole('grid', { name: 'Sessions' });
    const count = Number(await grid.getAttribute('aria-rowcount')) - 1;
    const shown: string[] = [];
    for (let index = 0; index < count; index++) {
      const link = page.locator(`[data-index="${index}"] a`);
      if ((await link.count()) === 0)
        await grid.evaluate((element, top) => element.scrollTo(0, top), 40 * index);
      shown.push((await link.getAttribute('href'))!.split('/').at(-1)!);
    }
    expect(shown.length).toBeGreaterThan(3);
    for (const [item, reader] of [
      [/^CSV/, 'read_csv'],
      [/^Parquet/, 'read_parquet'],
    ] as const) {
      const path = await downloaded(page, item);
      const found = await query(
        `select session_id::varchar id, athlete_name from ${reader}('${path}') order by date, session_id`,
      );
      expect(found.map(({ id }) => id)).toEqual(shown);
      for (const { athlete_name } of found) expect(athlete_name).toBe(`${maya!.FirstName} ${maya!.LastName}`);
    }
    const path = await downloaded(page, /^Parquet/, 1);
    const lines = await query(
      `select session_id::varchar id, metric, side, avg_max from read_parquet('${path}') where quantity = 'Ang'`,
    );
    expect(lines.filter(({ id }) => !shown.includes(String(id)))).toEqual([]);
    const line = lines[0]!;
    const session = await client.sessions.get(String(line.id));
    const { WorkoutMetrics } = await client.reportData(session.s3Key);
    const side = line.side as 'L' | 'R';
    expect(WorkoutMetrics.Ang[String(line.metric)]![side]!.AvgMax).toBe(line.avg_max);
    await close();
  });

  test('curves of a session as Parquet hold every frame, as another program reads them', async () => {
    const session = (await client.sessions.list({ name: 'Squat', limit: 1 })).items[0]!;
    const { page, close } = await app.open(`/app/sessions/${session['Session ID']}`);
    const path = await downloaded(page, /^Parquet/);
    const { time } = await client.ikData(session.s3Key);
    const [row] = await query(
      `select count(*)::int n, max(knee_angle_l) highest from read_parquet('${path}')`,
    );
    expect(row!.n).toBe(time.length);
    await close();
  });

  /** Dropped by a person, recorded, and opened. */
  const recordAndOpen = async (page: Page, name: string, text: string) => {
    await page.getByRole('heading', { name: 'Record', exact: true }).waitFor();
    const files = [{ name, mimeType: 'text/csv', buffer: Buffer.from(text) }];
    await page.locator('input[type=file]').setInputFiles(files);
    const card = page.getByRole('listitem');
    await card.getByLabel('Athlete').selectOption({ label: 'Maya St. Clair' });
    await card.getByRole('button', { name: 'Record', exact: true }).click();
    return card;
  };
  const table = (frames: number, row: (frame: number) => (number | string)[], ...names: string[]) =>
    [
      ['time', ...names].join(','),
      ...Array.from({ length: frames }, (_, frame) => [frame / 60, ...row(frame)].join(',')),
    ].join('\n');

  test('a channel of NaNs is said to be empty, and everything else is shown', async () => {
    const { page, close } = await app.open('/app/record');
    const text = table(
      600,
      (frame) => [30 - 30 * Math.cos(frame / 20), 'NaN'],
      'knee_angle_r',
      'knee_angle_l',
    );
    const card = await recordAndOpen(page, 'half of it.csv', text);
    await card.getByRole('link', { name: /Open half/ }).click();
    await page.locator('canvas').first().waitFor();
    await page.getByRole('heading', { name: /^Report/ }).waitFor();
    await page.getByText('Where these numbers come from').click();
    await page.getByText('without a single number: knee_angle_l').waitFor();
    expect(await page.getByText(/^knee_angle_l: .* bridged/).count()).toBe(0);
    expect(await page.getByRole('cell', { name: /NaN|undefined|null/ }).count()).toBe(0);
    await expectAccessible(page);
    await page
      .getByText('These do not')
      .or(page.getByText(/^Moved by/))
      .first()
      .waitFor();
    await close();
  });

  test('one frame is refused with what to change', async () => {
    const { page, close } = await app.open('/app/record');
    const card = await recordAndOpen(
      page,
      'one.csv',
      table(1, () => [12], 'knee_angle_r'),
    );
    expect(await card.getByRole('alert').textContent()).toMatch(/frame|row|sample/);
    await close(/status of 4\d\d/);
  });
});
