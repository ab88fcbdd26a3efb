import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Session } from '../../src/sdk/index.ts';
import { DEMO } from '../../src/server/demo.ts';
import { chromiumMajor, hasChromium } from '../setup/chromium.ts';
import { type App, openApp } from './app.ts';
import { difference } from './screenshots/differences.ts';
import { makeFixedData, NOW } from './screenshots/fixedData.ts';
import {
  compareWithKept,
  keep,
  keepTakenWith,
  keptNames,
  NAMES,
  pictureOf,
  takenWith,
  tidy,
} from './screenshots/kept.ts';
import { DARK, LIGHT } from './screenshots/looks.ts';
import { hasLetters, PICTURED_AT, sameEverywhere, take } from './screenshots/take.ts';
import { type PicturedView, VIEWS } from './screenshots/views.ts';

/** Set by `npm run screenshots`: pictures are taken to be kept, not to be compared. */
const TAKES = process.env.TAKE_SCREENSHOTS === '1';

/** Another browser draws a little otherwise everywhere: the pictures are compared in the one that they were taken with. */
const major = chromiumMajor();
const isTheirs = TAKES || major === takenWith();
const title = `every view looks as in docs/screenshots, in Chromium ${takenWith()}`;

describe.skipIf(!hasChromium || !hasLetters)(title, () => {
  let app: App;
  let own: Session[];
  beforeAll(async () => {
    app = await openApp({ DATA: await makeFixedData() }, sameEverywhere);
    const client = createClient({ url: app.server.url, ...DEMO[0]! });
    own = ofOneAthlete(await client.sessions.list({ name: 'Squat' }).all());
    tidy();
  }, 120_000);
  afterAll(() => app?.end());

  async function open({ path, door, shown }: PicturedView, dark = false) {
    const options = { now: NOW, dark, ...(door ? { as: null } : {}) };
    const view = await app.open(`${PICTURED_AT}${path(own)}`, options);
    await shown(view.page);
    return view;
  }

  test.skipIf(!isTheirs).each(VIEWS.map((view) => [view.name, view] as const))('%s', async (name, view) => {
    const differences: (string | null)[] = [];
    for (const looks of [LIGHT, DARK]) {
      const { page, close } = await open(view, looks === DARK);
      for (const look of looks) {
        const file = pictureOf(name, look);
        if (!NAMES.includes(file)) continue;
        const taken = await take(page, look, view.tallest);
        if (TAKES) keep(file, taken);
        else differences.push(compareWithKept(file, taken));
      }
      await close();
    }
    expect(differences.filter((found) => found !== null)).toEqual([]);
  });

  test('and every picture there is of a view', () => {
    if (TAKES) keepTakenWith(major!);
    expect(keptNames()).toEqual([...NAMES].sort());
  });

  test('a picture differs by a panel that is gone, a word, a colour, a line', async () => {
    const { page, close } = await open(VIEWS.find(({ name }) => name === 'session')!);
    const changes: Readonly<Record<string, () => Promise<unknown>>> = {
      nothing: async () => {},
      panel: () =>
        page.getByRole('heading', { name: 'Areas of the body' }).evaluate((title) => {
          title.parentElement!.style.visibility = 'hidden';
        }),
      word: () =>
        page
          .getByText('Angle', { exact: true })
          .first()
          .evaluate((label) => {
            label.textContent = 'Ankle';
          }),
      colour: () =>
        page.evaluate(() => {
          document.documentElement.style.setProperty('--left', '#a3263a');
          window.dispatchEvent(new Event('kinebase-theme'));
        }),
      line: () =>
        page
          .getByRole('row', { name: /^Knee Flex/ })
          .first()
          .evaluate((row) => {
            row.style.height = '60px';
          }),
    };
    const found: Record<string, boolean> = {};
    let before = await take(page, LIGHT[0]!);
    for (const [what, change] of Object.entries(changes)) {
      await change();
      const after = await take(page, LIGHT[0]!);
      found[what] = difference(before, after) !== null;
      before = after;
    }
    expect(found).toEqual({ nothing: false, panel: true, word: true, colour: true, line: true });
    await close();
  });
});

/** Sessions of whoever has the most of them, newest first. */
function ofOneAthlete(sessions: readonly Session[]): Session[] {
  const of = (athlete: string) => sessions.filter((session) => session['Athlete ID'] === athlete);
  return sessions
    .map((session) => of(session['Athlete ID']))
    .reduce((most, mine) => (mine.length > most.length ? mine : most));
}
