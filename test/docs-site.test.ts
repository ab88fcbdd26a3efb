import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../src/cli/examples.ts';
import { ENDPOINTS } from '../src/contract/endpoints.ts';
import { ERRORS } from '../src/contract/errors.ts';
import { exerciseLibrary } from '../src/motion/exercises/index.ts';
import { JOINT_COORDINATES } from '../src/motion/joints.ts';
import { SETTINGS } from '../src/server/config.ts';
import { hasChromium, openChromium, openPage } from './setup/chromium.ts';
import { startServer, type TestServer } from './setup/server.ts';

/** The documentation as the build made it and as the server hands it out. */
const FOLDER = new URL('../dist/docs', import.meta.url).pathname;
const PAGES = readdirSync(FOLDER).filter((name) => name.endsWith('.html') && name !== 'entry.html');
const text = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.end());

describe('what the server hands out', () => {
  test('is the first page, with and without a slash at the end, under the stage name too', async () => {
    for (const path of ['/docs', '/docs/', '/production/docs', '/production//docs/', '/docs?from=mail']) {
      const answer = await fetch(server.url + path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const html = await answer.text();
      // Wherever it is asked for, its links lead to the same folder.
      const base = new URL(/<base href="([^"]*)"/.exec(html)?.[1] ?? '', server.url + path);
      expect(new URL(/href="(style\.css)"/.exec(html)![1]!, base).pathname).toMatch(/\/docs\/style\.css$/);
      expect(new URL('style.css', base).pathname.match(/docs/g)).toHaveLength(1);
    }
  });

  test('allows no script and no style but those of this server', async () => {
    for (const path of ['/docs', '/docs/api.html', '/docs/style.css', '/docs/site.js']) {
      const policy = (await fetch(server.url + path)).headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    }
  });

  test.each(['nothing.html', 'quick-start', '../package.json', '..%2f..%2fpackage.json', '%00', 'x/y/z'])(
    'is nothing else: /docs/%s',
    async (name) => {
      const answer = await fetch(`${server.url}/docs/${name}`, { headers: { accept: 'text/html' } });
      expect(answer.status).toBe(404);
      expect(((await answer.json()) as { code: string }).code).toBe('not_found');
    },
  );
});

describe('every page', () => {
  test.each(PAGES)('%s loads nothing from elsewhere and holds no script and no style of its own', (page) => {
    const html = text(page);
    const loaded = [...html.matchAll(/<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"/g)];
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.map((match) => match[1]!).filter((url) => /^(\w+:|\/)/.test(url))).toEqual([]);
    expect(html).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+="|javascript:/i);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test.each(PAGES)('%s leads only to what is there', (page) => {
    const broken = [...text(page).matchAll(/\s(?:href|src)="([^"]*)"/g)]
      .map((match) => match[1]!)
      .filter((href) => !/^https?:/.test(href))
      .filter((href) => {
        const [name, hash = ''] = href.split('#');
        const target = name === '' ? page : name!;
        if (!readdirSync(FOLDER).includes(target)) return true;
        return hash !== '' && text(target).includes(` id="${hash}"`) === false;
      });
    expect(broken).toEqual([]);
  });

  test('is in the menu, and is reached from every other', () => {
    const menu = [
      .../<nav class="menu"[\s\S]*?<\/nav>/.exec(text('index.html'))![0].matchAll(/href="([^"#]+)"/g),
    ];
    expect(menu.map((match) => match[1]).sort()).toEqual([...PAGES].sort());
  });
});

describe('the reference', () => {
  test('has every endpoint with an example, every error, every setting', () => {
    const api = PAGES.filter((name) => name.startsWith('api-'))
      .map(text)
      .join('');
    for (const { method, path } of Object.values(ENDPOINTS)) expect(api).toContain(`>${method} ${path} <`);
    expect(api.match(/class="language-sh"/g)!.length).toBeGreaterThanOrEqual(Object.keys(ENDPOINTS).length);
    for (const code of Object.keys(ERRORS)) expect(text('errors.html')).toContain(`<tr id="${code}">`);
    for (const { variable } of SETTINGS) expect(text('settings.html')).toContain(`<tr id="${variable}">`);
  });

  test('has every command below another with its examples', () => {
    const escaped = (line: string) =>
      line.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
    const page = text('commands.html');
    for (const [words, examples] of Object.entries(EXAMPLES))
      for (const [, line] of examples) expect(page, words).toContain(escaped(line));
  });

  test('defines every angle and every metric', () => {
    const channels = text('channels.html');
    for (const { coordinate, positive, axis } of JOINT_COORDINATES) {
      const right = coordinate.replace(/_l(?=$|_)/, '_r').replace(/^L/, 'R');
      const row = new RegExp(`<tr id="(${coordinate}|${right})">.*?</tr>`).exec(channels)?.[0];
      expect(row, coordinate).toContain(positive);
      expect(row, coordinate).toContain(axis);
    }
    const metrics = text('metrics.html');
    for (const label of new Set(
      exerciseLibrary.flatMap((each) => each.metrics ?? []).map((each) => each.label),
    ))
      expect(metrics).toContain(`>${label} <`);
  });
});

describe.skipIf(!hasChromium)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());

  test.each(PAGES)(
    '%s breaks no rule of accessibility, in no colours, logs no error, and fits a phone',
    async (name) => {
      const { page, errors } = await openPage(browser, `${server.url}/docs/${name}`);
      // By the debugger, which no Content-Security-Policy stops.
      await page.evaluate(AXE);
      expect(await page.evaluate(violations, [])).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await page.evaluate(violations, ['color-contrast'])).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(errors).toEqual([]);
      await page.close();
    },
  );

  test('the search finds an angle, an endpoint and a setting, by the keyboard alone', async () => {
    const { page, errors } = await openPage(browser, `${server.url}/docs`);
    for (const [query, path] of [
      ['knee_angle_r', /\/docs\/channels\.html#knee_angle_r$/],
      ['GET /sessions/{id}/original', /\/docs\/api-sessions\.html#get-sessionsidoriginal$/],
      ['KINEBASE_PORT', /\/docs\/settings\.html#KINEBASE_PORT$/],
      ['Butterworth', /\/docs\/reports\.html#the-pipeline$/],
    ] as const) {
      await page.keyboard.press('/');
      await page.keyboard.type(query);
      await page.waitForFunction(() => document.querySelector('.results a') !== null);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(path);
    }
    await page.keyboard.press('/');
    await page.keyboard.type('qqqqxyz');
    await page.waitForFunction(() => /Nothing/.test(document.querySelector('.results')!.textContent!));
    await page.keyboard.press('Escape');
    expect(await page.locator('.results').isHidden()).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });

  test('a language chosen once stays chosen, by the keyboard, and on the next page', async () => {
    const { page } = await openPage(browser, `${server.url}/docs/languages.html`);
    const shown = () => page.locator('.panel:visible').count();
    const sets = await page.locator('.tabs').count();
    await page.locator('.tabs > input').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(
      await page
        .locator('.tabs > input:checked')
        .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value)),
    ).toEqual(Array(sets).fill('Python'));
    expect(await shown()).toBe(sets);
    await page.goto(`${server.url}/docs/languages.html`);
    expect(await page.locator('.tabs > input:checked').first().inputValue()).toBe('Python');
    await page.close();
  });

  test('without a script everything can be read: menu, tabs, tables', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 800 },
    });
    const page = await context.newPage();
    await page.goto(`${server.url}/docs/languages.html`);
    expect(await page.locator('.search').isVisible()).toBe(false);
    await page.locator('label', { hasText: 'Swift' }).first().click();
    expect(await page.locator('.panel:visible').first().textContent()).toContain('func renew()');
    expect(await page.locator('.menu').isVisible()).toBe(false);
    await page.locator('.menu-link').click();
    await page.locator('.menu a', { hasText: 'Glossary' }).click();
    await page.waitForURL(/glossary\.html$/);
    expect(await page.locator('.menu').isVisible()).toBe(false);
    await context.close();
  });

  test('the printed page has every language and no frame', async () => {
    const { page } = await openPage(browser, `${server.url}/docs/languages.html`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.panel:visible').count()).toBe(await page.locator('.panel').count());
    for (const frame of ['.top', '.menu', '.outline', '.neighbours'])
      expect(await page.locator(frame).first().isVisible()).toBe(false);
    await page.close();
  });
});

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** Runs in the page: which rules are broken, of these or of all, and by what. */
async function violations(rules: string[]): Promise<string[]> {
  const { axe } = globalThis as unknown as { axe: Axe };
  const found = await axe.run(rules.length === 0 ? {} : { runOnly: { type: 'rule', values: rules } });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
