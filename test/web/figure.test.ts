import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChannelEntry, createClient, type IkData, type KinebaseClient } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium, openChromium } from '../setup/chromium.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type App, expectAccessible, openApp } from './app.ts';
import { serveFigurePage } from './figurePage.ts';

interface Props {
  series: IkData;
  channels: readonly ChannelEntry[];
  time_s: number;
  kneeFlexion?: 'positive' | 'negative' | null;
}

/** What the page with nothing but the figure offers. */
interface FigureWindow {
  showFigure(props: Props): void;
  takeFigure(): void;
}

describe.skipIf(!hasChromium)('the figure', () => {
  let server: TestServer;
  let browser: Browser;
  let served: { url: string; end(): Promise<void> };
  let client: KinebaseClient;
  beforeAll(async () => {
    [server, served, browser] = await Promise.all([
      startServer({ DEMO: 'true' }),
      serveFigurePage(),
      openChromium(),
    ]);
    const { username, password, clientId } = DEMO[0]!;
    const { IdToken } = await server.signIn(username, password, clientId);
    client = createClient({ url: server.url, token: IdToken });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.end();
    await server?.end();
  });

  async function open({ dark = false, width = 700, init = '' } = {}) {
    const context = await browser.newContext({
      viewport: { width, height: 640 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    if (init !== '') await page.addInitScript(init);
    await page.goto(served.url);
    return {
      page,
      async close() {
        await context.close();
        expect(errors).toEqual([]);
      },
    };
  }

  const show = (page: Page, props: Props) =>
    page.evaluate((given) => (window as unknown as FigureWindow).showFigure(given), props);

  /** A session of the demo, with what the page needs of it. */
  async function recorded(name: string): Promise<{ series: IkData; channels: ChannelEntry[] }> {
    for await (const session of client.sessions.list()) {
      if (session['Session Name'] !== name) continue;
      const channels: ChannelEntry[] = [];
      for await (const entry of client.channels.list({ s3Key: session.s3Key })) channels.push(entry);
      return { series: await client.ikData(session.s3Key), channels };
    }
    throw new Error(`the demo has no ${name}`);
  }

  const drawn = (page: Page, how: 'solid' | 'flat') => page.locator(`[data-drawn=${how}]`);
  const look = (page: Page, from: string) => page.getByRole('button', { name: from, exact: true }).click();

  test('squats where the channels do: the head comes down, feet stay, left is blue and right is orange', async () => {
    const { series, channels } = await recorded('Squat');
    const { page, close } = await open();
    const standing = series.time[0]!;
    const knee = series.knee_angle_r!;
    const deepest = series.time[knee.indexOf(Math.max(...knee))]!;
    await show(page, { series, channels, time_s: standing });
    await drawn(page, 'solid').waitFor();
    await look(page, 'Side');
    const above = await picture(page);
    await show(page, { series, channels, time_s: deepest });
    const below = await picture(page);
    const height = above.all.bottom - above.all.top;
    expect(below.all.bottom).toBeGreaterThan(above.all.bottom - 0.05 * height);
    expect(below.middle.top).toBeGreaterThan(above.middle.top + 0.2 * height);
    // From the right side, forward is to the right: knees and hands ahead of the pelvis, which is behind.
    expect(below.all.right - below.all.left).toBeGreaterThan(1.5 * (above.all.right - above.all.left));
    // From in front, the person's left is on the right.
    await look(page, 'Front');
    const front = await picture(page);
    expect(front.left.count).toBeGreaterThan(200);
    expect(front.right.count).toBeGreaterThan(200);
    expect(front.left.middle).toBeGreaterThan(front.right.middle + 20);
    await close();
  });

  test('raises the arms sideways where they are abducted', async () => {
    const { series, channels } = await recorded('Shoulder Abduction');
    const { page, close } = await open();
    const raised = series.arm_add_r!;
    await show(page, { series, channels, time_s: 0 });
    await drawn(page, 'solid').waitFor();
    await look(page, 'Front');
    const down = await picture(page);
    const level = series.time[raised.findIndex((value) => value < -85)]!;
    await show(page, { series, channels, time_s: level });
    const out = await picture(page);
    expect(out.right.right - out.right.left).toBeGreaterThan(1.7 * (down.right.right - down.right.left));
    expect(out.right.left).toBeLessThan(down.right.left);
    await close();
  });

  test('is turned by buttons, by arrow keys and by dragging, and comes back to where it was', async () => {
    const { series, channels } = await recorded('Left Single-Leg Squat');
    const { page, close } = await open();
    await show(page, { series, channels, time_s: series.time.at(-1)! / 2 });
    const figure = drawn(page, 'solid');
    await figure.waitFor();
    const pressed = () => page.locator('button[aria-pressed=true]').allTextContents();
    expect(await pressed()).toEqual(['3D']);
    const first = (await picture(page)).text;
    const seen = new Set([first]);
    for (const from of ['Front', 'Side', 'Top']) {
      await look(page, from);
      expect(await pressed()).toEqual([from]);
      seen.add((await picture(page)).text);
    }
    expect(seen.size).toBe(4);
    await figure.focus();
    await page.keyboard.press('Home');
    expect((await picture(page)).text).toBe(first);
    await page.keyboard.press('ArrowRight');
    expect(await pressed()).toEqual([]);
    expect((await picture(page)).text).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    expect((await picture(page)).text).toBe(first);
    await page.keyboard.press('+');
    expect((await picture(page)).all.count).toBeGreaterThan(0);
    await page.keyboard.press('Home');
    const box = (await figure.boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + 360, box.y + 150);
    const turned = (await picture(page)).text;
    expect(turned).not.toBe(first);
    await page.mouse.up();
    await page.mouse.move(box.x + 100, box.y + 100);
    expect((await picture(page)).text).toBe(turned);
    await close();
  });

  test('says what moves it and what does not, and why', async () => {
    const { series, channels } = await recorded('Squat');
    const { page, close } = await open();
    const own = { ...channels[0]!, Channel: '<script>alert(1)</script>', Joint: '', DerivativeOf: null };
    await show(page, {
      series: { ...series, [own.Channel]: series.time },
      channels: [...channels, own],
      time_s: 0,
    });
    await drawn(page, 'solid').waitFor();
    await page.getByText(/^Moved by 33 channels; 2 are not drawn$/).click();
    await page.getByRole('listitem').getByText('knee_angle_r', { exact: true }).waitFor();
    await page
      .getByRole('listitem')
      .getByText('<script>alert(1)</script> (no entry of the channel dictionary describes it)')
      .waitFor();
    await page.getByText('waist_rotation (another channel moves the same)').waitFor();
    await expectAccessible(page);
    await close();
  });

  test('is drawn anew only when something changed', async () => {
    const { series, channels } = await recorded('Squat');
    const { page, close } = await open({
      init: 'const ask = requestAnimationFrame; window.plain = ask.bind(window); window.asked = 0; window.requestAnimationFrame = (draw) => { window.asked++; return ask(draw); };',
    });
    await show(page, { series, channels, time_s: 0 });
    await drawn(page, 'solid').waitFor();
    await picture(page);
    const asked = () =>
      page.evaluate(async () => {
        const seen = window as unknown as { asked: number; plain(draw: () => void): void };
        for (let i = 0; i < 5; i++) await new Promise<void>((next) => seen.plain(next));
        return seen.asked;
      });
    const before = await asked();
    expect(await asked()).toBe(before);
    await show(page, { series, channels, time_s: 0.5 });
    await expect.poll(asked).toBe(before + 1);
    await close();
  });

  test('gives back what it took, each time that it is closed', async () => {
    const { series, channels } = await recorded('Squat');
    const { page, close } = await open({
      init: 'const get = HTMLCanvasElement.prototype.getContext; window.taken = new Set(); HTMLCanvasElement.prototype.getContext = function (...how) { const context = get.apply(this, how); if (how[0] === "webgl2") window.taken.add(context); return context; };',
    });
    const left = () =>
      page.evaluate(() => ({
        canvases: document.querySelectorAll('canvas').length,
        contexts: [...(window as unknown as { taken: Set<WebGL2RenderingContext> }).taken].map((context) =>
          context.isContextLost(),
        ),
      }));
    for (let i = 0; i < 3; i++) {
      await show(page, { series, channels, time_s: 0 });
      await drawn(page, 'solid').waitFor();
      expect((await left()).contexts).toContain(false);
      await page.evaluate(() => (window as unknown as FigureWindow).takeFigure());
      await expect.poll(async () => (await left()).contexts).not.toContain(false);
      expect((await left()).canvases).toBe(0);
    }
    await close();
  });

  test('without drawing in space it is drawn with lines, in the same place, and says so', async () => {
    const { series, channels } = await recorded('Squat');
    const props = { series, channels, time_s: series.time.at(-1)! / 3 };
    const solid = await open();
    await show(solid.page, props);
    await drawn(solid.page, 'solid').waitFor();
    await look(solid.page, 'Side');
    const expected = await picture(solid.page);
    const { page, close } = await open({
      init: 'const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind === "webgl2" ? null : get.call(this, kind, ...more); };',
    });
    await show(page, props);
    await drawn(page, 'flat').waitFor();
    await page.getByText('Drawn with lines: this browser offers no drawing in space (WebGL).').waitFor();
    await look(page, 'Side');
    const flat = await picture(page);
    for (const edge of ['left', 'right', 'top', 'bottom'] as const)
      expect(Math.abs(flat.all[edge] - expected.all[edge])).toBeLessThan(8);
    await expectAccessible(page);
    await close();
    // A driver that gives up while it is shown.
    await solid.page.evaluate(() =>
      document
        .querySelector('canvas')!
        .getContext('webgl2')!
        .getExtension('WEBGL_lose_context')!
        .loseContext(),
    );
    await drawn(solid.page, 'flat').waitFor();
    expect((await picture(solid.page)).left.count).toBeGreaterThan(200);
    await solid.close();
  });

  test('stands with gaps, nothing but gaps, one frame, no frame, or 500 channels', async () => {
    const { series, channels } = await recorded('Squat');
    const { page, close } = await open();
    const none = Object.fromEntries(
      Object.entries(series).map(([name, values]) => [
        name,
        name === 'time' ? values : values.map(() => null as unknown as number),
      ]),
    ) as IkData;
    const one = Object.fromEntries(
      Object.entries(series).map(([name, values]) => [name, values.slice(0, 1)]),
    ) as IkData;
    const many: ChannelEntry[] = Array.from({ length: 500 }, (_, i) => ({
      ...channels[0]!,
      Channel: `marker_${i}`,
      Joint: '',
    }));
    for (const given of [
      { series: none, channels },
      { series: one, channels },
      { series: { time: [] }, channels },
      {
        series: { ...series, ...Object.fromEntries(many.map(({ Channel }) => [Channel, series.time])) },
        channels: [...channels, ...many],
      },
    ]) {
      await show(page, { ...given, time_s: 0.4 });
      await drawn(page, 'solid').waitFor();
      expect((await picture(page)).all.count).toBeGreaterThan(1000);
    }
    await page.getByText('501 are not drawn').waitFor();
    await close();
  });

  test('fits a phone and the dark, and takes on colours that are chosen while it is shown', async () => {
    const { series, channels } = await recorded('Shoulder Abduction');
    const { page, close } = await open({ dark: true, width: 390 });
    await show(page, { series, channels, time_s: 1 });
    await drawn(page, 'solid').waitFor();
    const dark = await picture(page);
    expect(dark.left.count).toBeGreaterThan(100);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(async () => (await picture(page)).text).not.toBe(dark.text);
    await close();
  });
});

describe.skipIf(!hasChromium)('the figure in the session view', () => {
  let app: App;
  let client: KinebaseClient;
  beforeAll(async () => {
    app = await openApp();
    client = app.client();
  }, 120_000);
  afterAll(() => app?.end());

  const figure = (page: Page) => page.locator('[data-drawn=solid]');

  test('goes with the time cursor, and its keys are its own', async () => {
    const { items } = await client.sessions.list({ name: 'Squat', limit: 1 });
    const { page, close } = await app.open(`/app/sessions/${items[0]!['Session ID']}?at=1`);
    await figure(page).waitFor();
    await page.getByText('1.00 of').waitFor();
    const first = (await picture(page)).text;
    await page.locator('input[type=range]').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('1.02 of').waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
    await page.getByText('1.52 of').waitFor();
    const second = (await picture(page)).text;
    expect(second).not.toBe(first);
    await figure(page).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    expect((await picture(page)).text).not.toBe(second);
    await page.getByText('1.52 of').waitFor();
    expect(page.url()).not.toContain('from=');
    await page.keyboard.press(' ');
    await expect.poll(() => page.getByText('1.52 of').count()).toBe(0);
    await expectAccessible(page);
    await close();
  });

  test('on a phone it stands above the curves, and nothing leaves the page', async () => {
    const { items } = await client.sessions.list({ name: 'Squat', limit: 1 });
    const { page, close } = await app.open(`/app/sessions/${items[0]!['Session ID']}?at=2`, { width: 390 });
    await figure(page).waitFor();
    await page.getByRole('heading', { name: 'Left and right' }).waitFor();
    // What can be scrolled on its own keeps its width.
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main *')]
        .filter(
          (each) =>
            each.closest('.overflow-x-auto, .sr-only, svg') === null || each.matches('.overflow-x-auto'),
        )
        .filter((each) => each.getBoundingClientRect().right > 390 - 15)
        .filter((each) => !each.closest('.overflow-hidden') || each.matches('.overflow-hidden'))
        .map((each) => each.outerHTML.slice(0, 100)),
    );
    expect(wide).toEqual([]);
    const chart = (await page.locator('canvas:not([data-drawn] *)').first().boundingBox())!;
    expect((await figure(page).boundingBox())!.y).toBeLessThan(chart.y);
    await close();
  });

  test('of a long recording it fetches the part where the cursor is, and stands on the same floor there', async () => {
    // Three minutes: upright at first, one leg raised from 2 min on.
    const rows = Array.from({ length: 3 * 60 * 60 }, (_, i) =>
      [i / 60, 0.93, i < 7200 ? 0 : 80, i < 7200 ? 0 : 80, 0].join('\t'),
    );
    const names = ['time', 'pelvis_ty', 'hip_flexion_l', 'knee_angle_l', 'hip_flexion_r'];
    const file = `long\nversion=1\nnRows=${rows.length}\nnColumns=${names.length}\ninDegrees=yes\nendheader\n${names.join('\t')}\n${rows.join('\n')}\n`;
    const athlete = (await client.athletes.list().all())[0]!;
    const session = await client.sessions.record(new TextEncoder().encode(file), {
      athleteID: athlete.ValorID,
      fileName: 'long.mot',
    });
    const { page, close } = await app.open(`/app/sessions/${session['Session ID']}?at=10`);
    await figure(page).waitFor();
    const upright = await picture(page);
    // What follows the first part is fetched ahead.
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`/app/sessions/${session['Session ID']}?at=150`);
    await figure(page).waitFor();
    const raised = await picture(page);
    expect(Math.abs(raised.right.bottom - upright.right.bottom)).toBeLessThan(4);
    expect(raised.left.bottom).toBeLessThan(upright.left.bottom - 10);
    const parts = asked.filter(
      (url) => url.includes('/ikData') && url.includes('hip_flexion_r') && url.includes('from='),
    );
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.every((url) => Number(new URL(url).searchParams.get('from')) > 100)).toBe(true);
    await close();
  });
});

interface Area {
  count: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Mean place from left to right. */
  middle: number;
}

/** What is on the canvas once it is at rest: where the parts of each colour are, in pixels of the page. */
async function picture(
  page: Page,
): Promise<Record<'all' | 'left' | 'right' | 'middle', Area> & { text: string }> {
  return page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise<void>((next) => requestAnimationFrame(() => next()));
    const canvas = document.querySelector<HTMLCanvasElement>('[data-drawn] canvas')!;
    const copy = document.createElement('canvas');
    const { width, height } = canvas.getBoundingClientRect();
    [copy.width, copy.height] = [Math.round(width), Math.round(height)];
    const pen = copy.getContext('2d')!;
    pen.drawImage(canvas, 0, 0, copy.width, copy.height);
    const { data } = pen.getImageData(0, 0, copy.width, copy.height);
    const empty = () => ({ count: 0, left: 1e9, right: -1, top: 1e9, bottom: -1, middle: 0 });
    const areas = { all: empty(), left: empty(), right: empty(), middle: empty() };
    for (let i = 0; i < data.length; i += 4) {
      const [red, green, blue, alpha] = [data[i]!, data[i + 1]!, data[i + 2]!, data[i + 3]!];
      if (alpha < 200) continue;
      const most = Math.max(red, green, blue);
      const least = Math.min(red, green, blue);
      const kind =
        most - least > 0.45 * most ? (blue === most ? 'left' : 'right') : most < 130 ? 'middle' : null;
      if (kind === null) continue;
      const [x, y] = [(i / 4) % copy.width, Math.floor(i / 4 / copy.width)];
      for (const area of [areas.all, areas[kind]]) {
        area.count++;
        area.left = Math.min(area.left, x);
        area.right = Math.max(area.right, x);
        area.top = Math.min(area.top, y);
        area.bottom = Math.max(area.bottom, y);
        area.middle += x;
      }
    }
    for (const area of Object.values(areas)) area.middle /= area.count;
    return { ...areas, text: copy.toDataURL() };
  });
}
