import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/sdk/index.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, openApp } from './app.ts';

type Point = readonly [x: number, y: number];

describe.skipIf(!hasChromium)('curves under fingers', () => {
  let app: App;
  let squat: Session;
  beforeAll(async () => {
    app = await openApp();
    const client = app.client();
    squat = (await client.sessions.list({ name: 'Squat', limit: 1 })).items[0]!;
  }, 120_000);
  afterAll(() => app?.end());

  async function open() {
    const { page, context, close } = await app.open(`/app/sessions/${squat['Session ID']}`, {
      width: 390,
      height: 844,
      touch: true,
    });
    const chart = page.getByRole('group', { name: /^Knee: .*: curves$/ });
    await page.getByRole('slider', { name: 'End of repetition 5' }).waitFor();
    // Everything has come that moves what is below it.
    await page.waitForLoadState('networkidle');
    await page.getByRole('slider', { name: 'End of repetition 5' }).scrollIntoViewIfNeeded();
    await chart.waitFor();
    await chart.scrollIntoViewIfNeeded();
    const touch = await context.newCDPSession(page);
    /** Fingers that come down one after the other, move at once in ten steps, and go. */
    const move = async (...fingers: (readonly [Point, Point])[]) => {
      const points = (fraction: number) =>
        fingers.map(([[x0, y0], [x1, y1]], id) => ({
          x: x0 + fraction * (x1 - x0),
          y: y0 + fraction * (y1 - y0),
          id,
        }));
      const down = points(0);
      for (let count = 1; count <= down.length; count++)
        await touch.send('Input.dispatchTouchEvent', {
          type: 'touchStart',
          touchPoints: down.slice(0, count),
        });
      for (let step = 1; step <= 10; step++)
        await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(step / 10) });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    return { page, chart, move, close };
  }
  /** Places in a chart, as fractions of its width and height. */
  async function placesIn(chart: Locator) {
    const { x, y, width, height } = (await chart.boundingBox())!;
    return (across: number, down: number): Point => [x + across * width, y + down * height];
  }
  const shownIn = (page: Page) => {
    const { searchParams } = new URL(page.url());
    const [from, to] = [searchParams.get('from'), searchParams.get('to')];
    return from === null || to === null ? null : { from: Number(from), to: Number(to) };
  };

  const lengthIn = (page: Page) => {
    const shown = shownIn(page);
    return shown === null ? squat.Duration : shown.to - shown.from;
  };

  test('two fingers zoom and move along, and what lies between them stays there', async () => {
    const { page, chart, move, close } = await open();
    const at = await placesIn(chart);
    const whole = squat.Duration;
    const before = await page.evaluate(() => scrollY);
    await move([at(0.4, 0.5), at(0.2, 0.5)], [at(0.6, 0.5), at(0.8, 0.5)]);
    // The address is told whenever the fingers rest, on the way as well.
    await expect.poll(() => lengthIn(page)).toBeCloseTo(whole / 3, 1);
    const closer = shownIn(page)!;
    expect((closer.from + closer.to) / 2).toBeCloseTo(whole / 2, 1);

    await move([at(0.3, 0.4), at(0.5, 0.4)], [at(0.5, 0.6), at(0.7, 0.6)]);
    await expect.poll(() => shownIn(page)!.from).toBeCloseTo(closer.from - 0.2 * (whole / 3), 1);
    expect(lengthIn(page)).toBeCloseTo(whole / 3, 1);

    // Fingers above each other spread as well, and the page does not go with them.
    await move([at(0.5, 0.4), at(0.5, 0.2)], [at(0.5, 0.6), at(0.5, 0.8)]);
    await expect.poll(() => lengthIn(page)).toBeCloseTo(whole / 9, 1);
    expect(await page.evaluate(() => scrollY)).toBe(before);

    await move([at(0.05, 0.5), at(0.45, 0.5)], [at(0.95, 0.5), at(0.55, 0.5)]);
    await move([at(0.05, 0.5), at(0.45, 0.5)], [at(0.95, 0.5), at(0.55, 0.5)]);
    await expect.poll(() => shownIn(page)).toBeNull();
    await close();
  });

  test('one finger chooses a stretch sideways, and scrolls the page up and down', async () => {
    const { page, chart, move, close } = await open();
    const at = await placesIn(chart);
    const before = await page.evaluate(() => scrollY);
    // Over the edges of repetitions, too.
    for (const across of [0.1, 0.15, 0.2, 0.25]) await move([at(across, 0.9), at(across, 0.2)]);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
    expect(shownIn(page)).toBeNull();
    expect(await page.getByText('Not saved yet').count()).toBe(0);

    await chart.scrollIntoViewIfNeeded();
    const now = await placesIn(chart);
    const top = await page.evaluate(() => scrollY);
    const between = await freeOf(page, chart);
    await move([now(between, 0.5), now(between + 0.3, 0.5)]);
    await expect.poll(() => lengthIn(page) / squat.Duration).toBeCloseTo(0.3, 1);
    expect(await page.evaluate(() => scrollY)).toBe(top);
    await close();
  });

  test('an edge of a repetition follows a finger, above the curves and on them, and a second finger zooms', async () => {
    const { page, chart, move, close } = await open();
    const edge = page.getByRole('slider', { name: 'End of repetition 5' });
    const secondsOf = async () => Number(await edge.getAttribute('aria-valuenow'));
    const first = await secondsOf();
    const middleOf = async (what: Locator): Promise<Point> => {
      const { x, y, width, height } = (await what.boundingBox())!;
      return [x + width / 2, y + height / 2];
    };
    const [x, y] = await middleOf(edge);
    await move([
      [x, y],
      [x - 20, y + 3],
    ]);
    await expect.poll(secondsOf).toBeLessThan(first);
    await page.getByText('Not saved yet').waitFor();
    const second = await secondsOf();
    const handle = chart.locator('[data-axis] > div').nth(4).locator('> div').nth(1);
    const [onX, onY] = await middleOf(handle);
    await move([
      [onX, onY],
      [onX - 15, onY],
    ]);
    await expect.poll(secondsOf).toBeLessThan(second);
    const third = await secondsOf();
    expect(shownIn(page)).toBeNull();

    // Whether the first or the second of two fingers comes down on an edge: it is a pinch, and the edge stays.
    const at = await placesIn(chart);
    const [left] = at(await freeOf(page, chart), 0);
    for (const order of [0, 1]) {
      const [again, height] = await middleOf(handle);
      const fingers: (readonly [Point, Point])[] = [
        [
          [left, height],
          [left, height],
        ],
        [
          [again, height],
          [again + 20, height],
        ],
      ];
      const before = lengthIn(page);
      await move(...(order === 0 ? fingers : fingers.toReversed()));
      await expect.poll(() => lengthIn(page)).toBeLessThan(before);
      expect(await secondsOf()).toBe(third);
    }
    await close();
  });
});

/** Where along a chart its own area lies under a finger, as a fraction: no edge of a repetition. */
const freeOf = async (page: Page, chart: Locator): Promise<number> => {
  const { x, y, width, height } = (await chart.boundingBox())!;
  return page.evaluate(
    ([left, top, wide, high]) => {
      for (let at = 0.02; at < 0.6; at += 0.01)
        if (document.elementFromPoint(left + at * wide, top + high / 2)?.getAttribute('role') === 'group')
          return at;
      throw new Error('the chart is covered by edges');
    },
    [x, y, width, height] as const,
  );
};
