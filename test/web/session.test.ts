import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KinebaseClient, Session } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, expectAccessible, openApp } from './app.ts';

describe.skipIf(!hasChromium)('the session view', () => {
  let app: App;
  let client: KinebaseClient;
  let squat: Session;
  beforeAll(async () => {
    app = await openApp();
    client = app.client();
    const { items } = await client.sessions.list({ name: 'Squat', limit: 1 });
    squat = items[0]!;
  }, 120_000);
  afterAll(() => app?.end());

  const addressOf = (session: Session) => `/app/sessions/${session['Session ID']}`;
  const chart = (page: Page) => page.getByRole('group', { name: /^Knee: .*: curves$/ });
  /** How many pixels of the canvas are of the colour that the page has for it. */
  const drawn = (page: Page, colour: 'left' | 'right') =>
    page.evaluate((name) => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas:not([data-drawn] *)')!;
      const context = canvas.getContext('2d')!;
      context.save();
      const value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
      const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16));
      context.restore();
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4)
        if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255) count++;
      return count;
    }, colour);
  const dragBy = async (page: Page, what: Locator, pixels: number) => {
    const box = (await what.boundingBox())!;
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + pixels / 2, y);
    await page.mouse.move(x + pixels, y);
    await page.mouse.up();
  };

  test('curves of both sides are drawn, and another quantity is one press away and in the address', async () => {
    const { page, close } = await app.open(addressOf(squat));
    await page.getByRole('heading', { name: 'Squat', exact: true }).waitFor();
    await chart(page).waitFor();
    await expect.poll(() => drawn(page, 'left')).toBeGreaterThan(100);
    expect(await drawn(page, 'right')).toBeGreaterThan(100);
    await page.getByRole('radio', { name: 'Velocity' }).check({ force: true });
    await page.getByText('°/s', { exact: false }).first().waitFor();
    expect(page.url()).toContain('quantity=velocity');
    await page.getByRole('checkbox', { name: 'hip', exact: true }).check({ force: true });
    await page.getByRole('heading', { name: /^Hip: flexion/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /^Hip: flexion/ }).waitFor();
    expect(await page.getByRole('radio', { name: 'Velocity' }).isChecked()).toBe(true);
    await page.goBack();
    await expect.poll(() => page.getByRole('heading', { name: /^Hip: flexion/ }).count()).toBe(0);
    await close();
  });

  test('an edge that is dragged gives another report once it is saved, and undoing gives the old one back', async () => {
    const { page, close } = await app.open(addressOf(squat));
    const before = await client.reportData(squat.s3Key);
    const row = page.getByRole('row', { name: /^Knee Flex. \(°\) Left/ });
    await row.waitFor();
    const shown = await row.textContent();
    await dragBy(page, page.getByRole('slider', { name: 'End of repetition 5' }), -150);
    await dragBy(page, page.getByRole('slider', { name: 'Start of repetition 1' }), 160);
    await page.getByText('Not saved yet').waitFor();
    await page.getByRole('button', { name: 'Save and compute the report' }).click();
    await page.getByText(/^Saved\. Report 2 was computed from 5 repetitions/).waitFor();
    const after = await client.reportData(squat.s3Key);
    expect(after.Provenance.ReportVersion).toBe(2);
    expect(after.Repetitions[0]!.Start).toBeGreaterThan(before.Repetitions[0]!.Start + 1);
    expect(after.Repetitions[4]!.End).toBeLessThan(before.Repetitions[4]!.End - 1);
    await expect.poll(() => row.textContent()).not.toBe(shown);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^Saved\. Report 3/).waitFor();
    await expect.poll(() => row.textContent()).toBe(shown);
    expect((await client.reportData(squat.s3Key)).Repetitions).toEqual(before.Repetitions);
    await close();
  });

  test('from where the figure is looked at stands in the address', async () => {
    const { page, close } = await app.open(`/app/sessions/${squat['Session ID']}?look=side`);
    const figure = page.locator('[data-drawn=solid]');
    await figure.waitFor();
    const pressed = () => page.locator('button[aria-pressed=true]').allTextContents();
    const look = () => new URL(page.url()).searchParams.get('look');
    expect(await pressed()).toEqual(['Side']);
    await page.getByRole('button', { name: 'Top', exact: true }).click();
    await expect.poll(look).toBe('top');
    await page.getByRole('button', { name: '3D', exact: true }).click();
    await expect.poll(look).toBe(null);
    await figure.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await expect.poll(look).toBe('-48,16,1.32');
    const { x, y } = (await figure.boundingBox())!;
    await page.mouse.move(x + 100, y + 100);
    await page.mouse.down();
    await page.mouse.move(x + 130, y + 100);
    await page.mouse.up();
    await expect.poll(look).not.toBe('-48,16,1.32');
    const turned = look();
    await page.reload();
    await figure.waitFor();
    expect([await pressed(), look()]).toEqual([[], turned]);
    await page.getByRole('button', { name: 'Front', exact: true }).click();
    await expect.poll(look).toBe('front');
    await close();
  });

  test('files that are downloaded hold what the server has', async () => {
    const { page, close } = await app.open(addressOf(squat));
    await page.getByRole('button', { name: 'Download' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'OpenSim motion (.mot)' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.mot$/);
    const file = await client.ikDataFile(squat.s3Key, { format: 'mot' });
    expect(readFileSync(await download.path())).toEqual(Buffer.from(file.bytes));
    await page.getByRole('button', { name: 'Download' }).click();
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'JSON, a line a row (.ndjson)' }).click(),
    ]);
    expect(report.suggestedFilename()).toMatch(/\.report\.ndjson$/);
    const lines = await client.reportFile(squat.s3Key, { format: 'ndjson' });
    expect(readFileSync(await report.path())).toEqual(Buffer.from(lines.bytes));
    await close();
  });

  test('nothing that a checker of accessibility objects to, light and dark', async () => {
    for (const dark of [false, true]) {
      const { page, close } = await app.open(addressOf(squat), { dark });
      await page.getByRole('heading', { name: /^Report/ }).waitFor();
      await chart(page).waitFor();
      await expectAccessible(page);
      await close();
    }
  });

  /** A recording of so many frames, as a table. */
  const record = async (names: string[], frames: number, sessionName: string, more: object = {}) => {
    const rows = Array.from({ length: frames }, (_, frame) =>
      [frame / 60, ...names.map((_, at) => 5 + at / 100)].join(','),
    );
    const text = `${['time', ...names].join(',')}\n${rows.join('\n')}\n`;
    const meta = { fileName: 'odd.csv', athleteID: squat['Athlete ID'], sessionName, ...more };
    return client.sessions.record(new TextEncoder().encode(text), meta);
  };

  test('keys zoom, the stretch stays in the address, and numbers and keys edit like dragging does', async () => {
    const { page, close } = await app.open(addressOf(squat));
    await chart(page).click();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.waitForURL(/from=.*to=/);
    const stretch = new URL(page.url()).searchParams.get('from');
    await page.reload();
    await chart(page).waitFor();
    expect(new URL(page.url()).searchParams.get('from')).toBe(stretch);
    await page.getByRole('button', { name: 'All of the recording' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('from')).toBeNull();

    const edge = page.getByRole('slider', { name: 'End of repetition 5' });
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.press('Shift+ArrowLeft');
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBeCloseTo(before - 10 / 60, 6);
    const field = page.getByLabel('Start of repetition 1 in seconds');
    await field.fill('1.5');
    await field.press('Enter');
    expect(
      await page.getByRole('slider', { name: 'Start of repetition 1' }).getAttribute('aria-valuetext'),
    ).toBe('1.500 s');
    await page.getByRole('button', { name: 'Remove repetition 2' }).click();
    await page.getByRole('heading', { name: '4 repetitions' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: '5 repetitions' }).waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(before);
    await close();
  });

  test('a time that cannot be is refused beside its field, and changes nothing', async () => {
    const { page, close } = await app.open(addressOf(squat));
    const edge = page.getByRole('slider', { name: 'Start of repetition 2' });
    const field = page.getByLabel('Start of repetition 2 in seconds');
    await field.waitFor();
    const [before, written] = [await edge.getAttribute('aria-valuenow'), await field.inputValue()];
    await field.fill('99');
    await field.press('Enter');
    await page.getByText(/^Between \d+\.\d{3} and \d+\.\d{3} s/).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect([await field.inputValue(), await edge.getAttribute('aria-valuenow')]).toEqual(['99', before]);
    expect(await page.getByText('Not saved yet').count()).toBe(0);
    await expectAccessible(page);
    await field.press('Escape');
    expect([await field.inputValue(), await field.getAttribute('aria-invalid')]).toEqual([written, 'false']);
    await close();
  });

  test('what somebody else saved meanwhile is not overwritten, and nothing of ours is lost', async () => {
    const { items } = await client.sessions.list({ name: 'Squat', limit: 2 });
    const session = items[1]!;
    const { page, close } = await app.open(addressOf(session));
    await page.getByRole('slider', { name: 'Repetition 1, whole' }).press('ArrowLeft');
    const { Repetitions } = await client.reportData(session.s3Key);
    const theirs = Repetitions.slice(1).map(({ Start, End }) => ({ Start, End }));
    await client.sessions.repetitions(session['Session ID'], { Repetitions: theirs });
    await page.getByRole('button', { name: 'Save and compute the report' }).click({ force: true });
    await page
      .getByText(/[Ss]omebody else changed this session meanwhile/)
      .first()
      .waitFor();
    expect((await client.reportData(session.s3Key)).Repetitions).toHaveLength(theirs.length);
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await expect.poll(() => page.getByRole('slider', { name: /whole$/ }).count()).toBe(theirs.length);
    await close(/status of 409/);
  });

  test('odd recordings are shown: the fewest frames there can be, nothing that moves, 500 channels, names like markup, free ones', async () => {
    const name = '<script>alert(1)</script>';
    const odd = [
      await record(['knee_angle_r'], 10, name),
      await record(['knee_angle_r', 'knee_angle_l'], 200, 'Still', { kind: 'free' }),
      await record(
        Array.from({ length: 500 }, (_, at) => `<b>c${at}</b>`),
        30,
        'Many',
      ),
    ];
    for (const session of odd) {
      const { page, close } = await app.open(addressOf(session));
      await page.getByRole('heading', { name: session['Session Name'], exact: true }).waitFor();
      await page.getByRole('heading', { name: 'No repetitions' }).waitFor();
      await page.locator('canvas').first().waitFor();
      await page.getByRole('heading', { name: /^Report/ }).waitFor();
      expect(await page.locator('canvas').count()).toBeLessThan(20);
      const more = page.getByRole('button', { name: 'Show more charts (494 left)' });
      expect(await more.count()).toBe(session['Session Name'] === 'Many' ? 1 : 0);
      if ((await more.count()) > 0) {
        expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(8000);
        await more.click();
        await page.getByRole('button', { name: 'Show more charts (482 left)' }).waitFor();
        expect(new URL(page.url()).searchParams.get('charts')).toBe('18');
      }
      await expectAccessible(page);
      await close();
    }
  });

  test('a session is corrected, and deleted only after asking', async () => {
    const session = await record(['knee_angle_r'], 120, 'To be corrected');
    const { page, close } = await app.open(addressOf(session));
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Name').fill('Corrected');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'Corrected', exact: true }).waitFor();
    const changed = await client.sessions.get(session['Session ID']);
    expect(changed).toEqual({ ...session, 'Session Name': 'Corrected' });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.waitForURL('**/app/sessions');
    await expect(client.sessions.get(session['Session ID'])).rejects.toMatchObject({ status: 404 });
    // The change feed may tell of the deletion before its answer is there: the view asks then whether that is so.
    await close(/status of 404/);
  });

  test('a session that is not there says so', async () => {
    const { page, close } = await app.open('/app/sessions/00000000-0000-4000-8000-000000000000');
    await page.getByText('There is no such session').waitFor();
    await expectAccessible(page);
    await close(/status of 404/);
  });
});
