import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium, openChromium, openPage, serveFolder } from '../setup/chromium.ts';
import { cutLine } from '../setup/cutLine.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { type Consumer, createConsumer } from './consumer.ts';

/** How an upload goes in a page of another origin, over a line that is slow, cut, or refused. */
describe.skipIf(!hasChromium)('an upload from a browser', () => {
  const account = DEMO[0]!;
  let server: TestServer;
  let consumer: Consumer;
  let folder: { url: string; end(): Promise<void> };
  let browser: Browser;
  let athleteID: string;
  let text: string;
  beforeAll(async () => {
    server = await startServer({ DEMO: 'true' });
    consumer = createConsumer();
    consumer.write(
      'index.html',
      '<!doctype html><script type="importmap">{"imports":{"@kinebase/client":"/node_modules/@kinebase/client/sdk/index.js"}}</script>',
    );
    folder = await serveFolder(consumer.folder);
    browser = await openChromium();
    const client = createClient({ url: server.url, ...account });
    athleteID = (await client.athletes.list()).items[0]!.ValorID;
    const rows = Array.from({ length: 30_000 }, (_, frame) => {
      const angle = 40 * Math.sin(frame / 60);
      return `${(frame / 60).toFixed(4)},${angle.toFixed(6)},${(-angle).toFixed(6)},${(angle / 2).toFixed(6)}`;
    });
    text = `time,knee_angle_r,knee_angle_l,hip_flexion_r\n${rows.join('\n')}\n`;
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await folder?.end();
    consumer?.end();
    await server?.end();
  });

  async function open(kilobytesASecond: number) {
    const { page, errors } = await openPage(browser, `${folder.url}/`);
    const line = await page.context().newCDPSession(page);
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: kilobytesASecond * 1000,
    });
    return { page, errors };
  }
  /** Records the text; `during` is the body of a function of what is seen, `more` are options of the client, both as source. */
  const record = (page: Page, sessionID: string, { during = '', more = '' } = {}) =>
    page.evaluate(
      `(async () => {
        const { createClient } = await import('@kinebase/client');
        const stop = new AbortController();
        const client = createClient({ url: ${JSON.stringify(server.url)}, ...${JSON.stringify(account)}, ${more} });
        const seen = [];
        const onProgress = (sent, total) => { seen.push([sent, total]); ${during} };
        const file = new File([${JSON.stringify(text)}], 'long.csv');
        try {
          const meta = { athleteID: ${JSON.stringify(athleteID)}, sessionID: ${JSON.stringify(sessionID)} };
          const session = await client.sessions.record(file, meta, { onProgress, signal: stop.signal });
          return { seen, id: session['Session ID'] };
        } catch (error) {
          return { seen, code: error.code, name: error.name };
        }
      })()`,
    ) as Promise<{ seen: [number, number][]; id?: string; code?: string; name?: string }>;
  const isRecorded = (id: string) =>
    createClient({ url: server.url, ...account })
      .sessions.get(id)
      .then(
        () => true,
        (error) => error.status !== 404,
      );
  const idOf = (last: number) => `0B0E6D1C-0000-4000-8000-00000000000${last}`;

  test('tells in many steps how far it is, where the line is slow', async () => {
    // For some six seconds, of which a browser tells twenty times each when it has time: a busy machine shows steps, too.
    const { page, errors } = await open(200);
    const { seen, id } = await record(page, idOf(1));
    expect(id).toBe(idOf(1));
    const sent = seen.map(([bytes]) => bytes);
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([text.length]));
    expect(sent[0]).toBe(0);
    expect(sent.at(-1)).toBe(text.length);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
    expect(new Set(sent).size).toBeGreaterThan(5);
    expect(errors).toEqual([]);
    await page.close();
  });

  test('ends at once when it is aborted, and leaves nothing behind', async () => {
    const { page, errors } = await open(500);
    const ran = await record(page, idOf(2), { during: 'if (sent > 0) stop.abort();' });
    expect(ran).toMatchObject({ code: 'aborted', name: 'KinebaseError' });
    expect(ran.seen.at(-1)![0]).toBeLessThan(text.length);
    expect(await isRecorded(idOf(2))).toBe(false);
    expect(errors).toEqual([]);
    await page.close();
  });

  test('is sent again from its beginning after the line was cut, and recorded once', async () => {
    const { page, errors } = await open(1500);
    const line = await cutLine(server.url, { after_bytes: 600_000, cuts: 3 });
    const { seen, id } = await record(page, idOf(3), { more: `url: ${JSON.stringify(line.url)}` });
    expect(id).toBe(idOf(3));
    const sent = seen.map(([bytes]) => bytes);
    const begins = sent.flatMap((bytes, at) => (bytes === 0 ? [at] : []));
    // A line that it had used before the browser tries once more by itself.
    expect(begins.length).toBeGreaterThan(1);
    for (const begin of begins.slice(1)) {
      expect(sent[begin - 1]).toBeGreaterThan(0);
      expect(sent[begin - 1]).toBeLessThan(text.length);
    }
    expect(sent.at(-1)).toBe(text.length);
    expect(errors.filter((error) => !/ERR_CONNECTION_RESET/.test(error))).toEqual([]);
    const client = createClient({ url: server.url, ...account });
    const all = await client.sessions.list({ athleteID }).all();
    expect(all.filter((session) => session['Session ID'] === idOf(3))).toHaveLength(1);
    await line.end();
    await page.close();
  });

  test('renews the token after a 401, and takes too long where it must not', async () => {
    const { page } = await open(-1);
    const { IdToken } = await server.signIn(account.username, account.password, account.clientId);
    const renewed = await record(page, idOf(4), {
      more: `username: undefined, token: () => (window.asked = (window.asked ?? 0) + 1) === 1 ? 'wrong' : ${JSON.stringify(IdToken)}`,
    });
    expect(renewed.id).toBe(idOf(4));
    const { page: slow } = await open(20);
    const late = await record(slow, idOf(5), { more: 'timeout_ms: 100, retries: 0' });
    expect(late).toMatchObject({ code: 'timeout' });
    expect(await isRecorded(idOf(5))).toBe(false);
    await page.close();
    await slow.close();
  });

  test('with a fetch of the program’s own goes through it', async () => {
    const { page, errors } = await open(-1);
    const { seen, id } = await record(page, idOf(6), {
      more: 'fetch: (url, init) => { window.through = (window.through ?? 0) + 1; return fetch(url, init); }',
    });
    expect(id).toBe(idOf(6));
    expect(seen).toEqual([
      [0, text.length],
      [text.length, text.length],
    ]);
    expect(await page.evaluate('window.through')).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    await page.close();
  });
});
