import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO } from '../../src/server/demo.ts';
import { hasChromium } from '../setup/chromium.ts';
import { type App, enterAgain, openApp } from './app.ts';

describe.skipIf(!hasChromium)('the last sessions of athletes', () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp();
  }, 120_000);
  afterAll(() => app?.end());

  test('are not said to be none where they could not be read, and come after signing in again', async () => {
    const { page, context, close } = await app.open('/app/athletes');
    await page.getByRole('heading', { name: 'Athletes', exact: true }).waitFor();
    const refuse = /\/sessions\?/;
    await context.route(refuse, (route) =>
      route.fulfill({ status: 401, json: { error: 'unauthorized', message: 'Sign in.' } }),
    );
    await page.reload();
    await page.getByText('could not be read').first().waitFor();
    expect(await page.getByText('none yet').count()).toBe(0);
    await context.unroute(refuse);
    await enterAgain(page, DEMO[0]!.password);
    await expect.poll(() => page.getByText('could not be read').count()).toBe(0);
    await page.getByRole('cell', { name: /\d{4}/ }).first().waitFor();
    await close(/status of 40[01]/);
  });
});
