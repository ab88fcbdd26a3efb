// The web app in a real browser: what it loads first, how soon it shows the demo, how it scrolls through an archive, and how
// it opens and pans a long recording.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEMO } from '../dist/server/demo.js';
import { sqliteArchive } from './lib/archive.mjs';
import { framesWhile, heap_MB, openBrowser, openWindow, paceOf } from './lib/browser.mjs';
import { whileOpen } from './lib/pages.mjs';
import { startKinebase, startProgram } from './lib/processes.mjs';
import { prepareAthlete, prepareFolder, upload } from './lib/recorded.mjs';
import { tenMinutes } from './lib/recording.mjs';
import { median, row } from './lib/results.mjs';
import { BENCH } from './load.mjs';

const SHAPE = { sessions: 100_000, organizations: 1 };
const SECONDS = 6;
const LONG = 120_000;

export const answer = (context) =>
  whileOpen(async (open) => {
    const { browser } = open(await openBrowser());
    const parts = [await firstLoad(browser, context), await list(browser, context), await long(browser)];
    return {
      rows: parts.flatMap(({ rows }) => rows),
      notes: parts.flatMap(({ notes = [] }) => notes),
    };
  });

/** Each round in a window that has loaded nothing before. */
const firstLoad = (browser, { rounds }) =>
  whileOpen(async (open) => {
    const data = mkdtempSync(join(tmpdir(), 'kinebase-bench-'));
    open({ stop: () => rmSync(data, { recursive: true, force: true }) });
    const cli = new URL('../bin/kinebase.js', import.meta.url).pathname;
    const server = open(await startProgram([cli, 'serve', '--port', '0', '--data', data, '--demo']));
    const paints = [];
    let bytes = 0;
    for (let round = 0; round < rounds; round++) {
      const { context, page } = await openWindow(browser, server.url, DEMO[0]);
      const scripts = [];
      page.on('response', (response) => {
        if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.push(response.body());
      });
      await page.goto('/app/sessions');
      await page.locator('[data-index="0"]').waitFor();
      await page
        .getByText(/sessions$/, { exact: false })
        .last()
        .waitFor();
      bytes = 0;
      for (const body of await Promise.all(scripts)) bytes += gzipSync(body).length;
      paints.push(
        await page.evaluate(
          () =>
            new Promise((done) => {
              new PerformanceObserver((entries) => done(entries.getEntries().at(-1).startTime)).observe({
                type: 'largest-contentful-paint',
                buffered: true,
              });
            }),
        ),
      );
      await context.close();
    }
    const paint_s = median(paints) / 1000;
    return {
      rows: [
        row(
          'script of the first load, gzip',
          `${(bytes / 1000).toFixed(0)} kB`,
          '≤ 150 kB',
          bytes <= 150_000,
        ),
        row('largest contentful paint on the demo', `${paint_s.toFixed(2)} s`, '≤ 1.5 s', paint_s <= 1.5),
      ],
    };
  });

/** Scrolled while pages come in, then to the end, then back and forth with everything loaded. */
const list = (browser, context) =>
  whileOpen(async (open) => {
    const server = open(await startKinebase(await sqliteArchive(context, SHAPE)));
    const account = { username: BENCH.username('org-1'), password: BENCH.password, clientId: BENCH.clientId };
    const window = await openWindow(browser, server.url, account);
    open({ stop: () => window.context.close() });
    const { page } = window;
    await page.goto('/app/sessions');
    await page.locator('[data-index="0"]').waitFor();
    await page.evaluate(() => {
      const grid = document.querySelector('[role="grid"]');
      window.bench = {
        // 6000 pixels a second: four screens.
        down: () => grid.scrollBy(0, 100),
        // Dragging the bar: every frame is another place.
        drag: (frame) => {
          grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * Math.abs(Math.sin(frame / 40));
        },
        end: () => {
          grid.scrollTop = grid.scrollHeight;
        },
      };
    });
    const coming = paceOf(await framesWhile(page, SECONDS, 'down'));
    const started = performance.now();
    while ((await page.locator('[role="grid"]').getAttribute('aria-rowcount')) === '-1') {
      if (performance.now() - started > LONG) throw new Error('the list does not come to its end');
      await framesWhile(page, 0.1, 'end');
    }
    const whole_s = (performance.now() - started) / 1000;
    const loaded = Number(await page.locator('[role="grid"]').getAttribute('aria-rowcount')) - 1;
    const dragged = paceOf(await framesWhile(page, SECONDS, 'drag'));
    const heap = await heap_MB(window.context, page);
    const all = loaded.toLocaleString('en');
    return {
      rows: [
        paceRow('scrolling through sessions while pages come in', coming),
        paceRow(`dragging the bar through all ${all}`, dragged),
        row(`heap with all ${all} loaded`, `${heap.toFixed(0)} MB`, '≤ 200 MB', heap <= 200),
      ],
      notes: [
        paceNote('While pages come in', coming),
        paceNote('Dragging', dragged),
        `From the first pages to the end of the list: ${whole_s.toFixed(1)} s.`,
      ],
    };
  });

const long = (browser) =>
  whileOpen(async (open) => {
    const { data, account, remove } = await prepareFolder();
    open({ stop: remove });
    const server = open(await startKinebase(data));
    const { token, athleteId } = await prepareAthlete(server.url, account);
    await upload(server.url, token, athleteId, tenMinutes());
    const window = await openWindow(browser, server.url, account);
    open({ stop: () => window.context.close() });
    const { page } = window;
    await page.goto('/app/sessions');
    await page.locator('[data-index="0"] a').waitFor();
    const opened_ms = await page.evaluate(
      () =>
        new Promise((done) => {
          const clicked = performance.now();
          document.querySelector('[data-index="0"] a').click();
          const drawn = (canvas) =>
            canvas.width > 0 &&
            canvas
              .getContext('2d')
              .getImageData(0, 0, canvas.width, canvas.height)
              .data.some((value) => value > 0);
          const look = () => {
            const area = document.querySelector('canvas + [role="group"]');
            if (area !== null && drawn(area.previousElementSibling)) done(performance.now() - clicked);
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    const area = page.locator('canvas + [role="group"]').first();
    await area.focus();
    for (let closer = 0; closer < 3; closer++) await page.keyboard.press('+');
    await page.evaluate(() => {
      const element = document.querySelector('canvas + [role="group"]');
      window.bench = {
        pan: (frame) =>
          element.dispatchEvent(
            new WheelEvent('wheel', {
              deltaX: 30 * Math.sign(Math.sin(frame / 60)),
              bubbles: true,
              cancelable: true,
            }),
          ),
      };
    });
    const panned = paceOf(await framesWhile(page, SECONDS, 'pan'));
    return {
      rows: [
        row(
          '10 minutes, 40 channels: from the click to drawn curves',
          `${(opened_ms / 1000).toFixed(2)} s`,
          '≤ 1 s',
          opened_ms <= 1000,
        ),
        paceRow('panning it, eight times closer', panned),
      ],
      notes: [paceNote('Panning', panned)],
    };
  });

const paceRow = (what, { perSecond }) =>
  row(what, `${perSecond.toFixed(0)} frames/s`, '≥ 50 frames/s', perSecond >= 50);

const paceNote = (what, { lost, longest_ms }) =>
  `${what}: ${lost} of ${60 * SECONDS} frames lost, the longest took ${longest_ms.toFixed(0)} ms.`;
