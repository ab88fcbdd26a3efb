import type { Case } from '../case.ts';
import { arrayIn, inShort, must } from '../expect.ts';
import { forgivingList } from '../lenient.ts';
import { someOf, Undecided, unlessPassing } from '../verdict.ts';
import { described } from '../words.ts';

/** Spellings that clients try because the right one is not documented. */
const OTHER_SPELLINGS = ['AthleteId', 'Id', 'Athlete ID', 'athleteId', 'id'];

/** How long the less patient client waits for the roster. */
const PATIENCE_MS = 10_000;

/** The roster. */
export const ATHLETES: readonly Case[] = [
  {
    number: 18,
    title: 'GET /athletes gives all athletes in one envelope string',
    check: async ({ get, sessionsNow }) =>
      unlessPassing(async () => {
        const answer = await get('/athletes');
        const known = new Set(arrayIn(answer).map((athlete) => fold(athlete.ValorID)));
        const { items } = await sessionsNow();
        const missing = items.find((session) => !known.has(fold(session['Athlete ID'])));
        must(
          missing === undefined,
          answer,
          'every athlete of a session',
          `${known.size} athletes without ${described(missing?.['Athlete ID'])}`,
        );
      }),
  },
  {
    number: 19,
    title: 'Athletes have string FirstName and LastName, and a ValorID',
    async check({ get }) {
      const answer = await get('/athletes');
      for (const athlete of someOf(forgivingList(answer), 'athletes')) {
        for (const name of ['FirstName', 'LastName'])
          must(typeof athlete[name] === 'string', answer, `a string ${name}`, described(athlete[name]));
        const { ValorID } = athlete;
        must(typeof ValorID === 'string' && ValorID !== '', answer, 'a ValorID', described(ValorID));
      }
    },
  },
  {
    number: 20,
    title: 'No other spelling of the athlete’s id disagrees with ValorID',
    async check({ get }) {
      const answer = await get('/athletes');
      for (const athlete of someOf(forgivingList(answer), 'athletes'))
        for (const name of OTHER_SPELLINGS)
          must(
            athlete[name] === undefined || athlete[name] === athlete.ValorID,
            answer,
            `${name} as ValorID, ${described(athlete.ValorID)}`,
            described(athlete[name]),
          );
    },
  },
  {
    number: 21,
    title: 'ValorID is the Athlete ID of sessions, letter for letter, and a filter',
    check: async ({ get, sessionsNow }) =>
      unlessPassing(async () => {
        const roster = await get('/athletes');
        const ids = new Map(forgivingList(roster).map(({ ValorID }) => [fold(ValorID), ValorID]));
        const { items } = await sessionsNow();
        for (const { 'Athlete ID': id } of someOf(items, 'sessions')) {
          const known = ids.get(fold(id)) ?? id;
          must(known === id, roster, `ValorID as in sessions, ${described(id)}`, described(known));
        }
        const id = String(items[0]!['Athlete ID']);
        const answer = await get(`/sessions?athleteID=${encodeURIComponent(id)}`);
        const own = items.filter((session) => session['Athlete ID'] === id).length;
        const found = forgivingList(answer).filter((session) => session['Athlete ID'] === id).length;
        must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
        must(found > 0, answer, `the ${own} sessions of that athlete`, 'none of them');
      }),
  },
  {
    number: 22,
    title: 'A thousand athletes come in one answer within ten seconds',
    async check({ get, roster }) {
      const { length } = await roster();
      const begun = performance.now();
      const answer = await get('/athletes');
      const took_ms = performance.now() - begun;
      const [limit, found] = [`an answer within ${PATIENCE_MS} ms`, `${Math.round(took_ms)} ms`];
      must(took_ms < PATIENCE_MS, answer, limit, found);
      if (length < 1000) throw new Undecided(`the organization has ${length} athletes`);
    },
  },
];

const fold = (id: unknown): string => String(id).trim().toLowerCase();
