import axios from 'axios';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Athlete } from '../../src/contract/athletes.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { createAthlete } from '../../src/store/athletes.ts';
import { BASES, call, opened } from './setup/http.ts';
import { type Installation, type Organization, openInstallation } from './setup/installation.ts';
import { addSamples, type Samples } from './setup/samples.ts';

let it: Installation;
let riverside: Organization;
let samples: Samples;
/** An organization of 1,000 athletes, put straight into the store. */
let large: Organization;
beforeAll(async () => {
  it = await openInstallation();
  riverside = await it.organization('riverside');
  samples = await addSamples(riverside);
  large = await it.organization('large');
  for (let i = 0; i < 1000; i++) {
    const athlete = {
      ValorID: crypto.randomUUID().toUpperCase(),
      FirstName: `Athlete ${i}`,
      LastName: 'Large',
      ExternalID: null,
    };
    await createAthlete(it.server.deps.db, large.id, athlete, 0);
  }
});
afterAll(() => it.end());

describe.each(BASES)('at %s', (_, base) => {
  const roster = async (): Promise<Athlete[]> =>
    opened(await call(`${it.url}${base}/athletes`, { token: riverside.token }));
  const sessions = async (query = ''): Promise<Session[]> =>
    opened(await call(`${it.url}${base}/sessions${query}`, { token: riverside.token }));

  test('18. With Authorization alone, all athletes of the organization come in an envelope string', async () => {
    const ids = (await roster()).map((athlete) => athlete.ValorID);
    expect(ids.sort()).toEqual(samples.athletes.map((athlete) => athlete.ValorID).sort());
  });

  test('19. Every athlete has string FirstName and LastName, and a ValorID that is not empty', async () => {
    for (const athlete of await roster()) {
      expect(athlete.FirstName).toBeTypeOf('string');
      expect(athlete.LastName).toBeTypeOf('string');
      expect(athlete.ValorID).toMatch(/./);
    }
    const names = (await roster()).map(({ FirstName, LastName }) => `${FirstName} ${LastName}`);
    expect(names.sort()).toEqual(['Ada St. John', 'Jörg ', ' O’Neill-Łuk"asz\\'].sort());
  });

  test('20. No other spelling of the id disagrees with ValorID', async () => {
    for (const athlete of (await roster()) as unknown as Record<string, unknown>[]) {
      for (const spelling of ['AthleteId', 'Id', 'Athlete ID', 'athleteId', 'id']) {
        expect(athlete[spelling] ?? athlete.ValorID).toBe(athlete.ValorID);
      }
    }
  });

  test('21. ValorID is the Athlete ID of the sessions, and works as athleteID', async () => {
    const ids = new Set((await roster()).map((athlete) => athlete.ValorID));
    for (const session of await sessions()) expect(ids).toContain(session['Athlete ID']);
    const ada = samples.athletes[0]!.ValorID;
    const own = await sessions(`?athleteID=${ada}`);
    expect(own).toHaveLength(5);
    for (const session of own) expect(session['Athlete ID']).toBe(ada);
  });

  test('22. A thousand athletes come in one answer, within the 10 seconds that a client waits', async () => {
    const headers = { Authorization: `Bearer ${large.token}` };
    const { data } = await axios.get(`${it.url}${base}/athletes`, { headers, timeout: 10_000 });
    const athletes: Athlete[] = JSON.parse(data.body);
    expect(new Set(athletes.map((athlete) => athlete.ValorID)).size).toBe(1000);
  });
});
