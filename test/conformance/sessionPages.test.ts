import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/contract/sessions.ts';
import { deleteSession } from '../../src/store/sessions.ts';
import { ENGINES, type Place } from '../store/engines.ts';
import { BASES, call, opened } from './setup/http.ts';
import {
  addAthlete,
  exerciseNamed,
  fillSessions,
  type Installation,
  type Organization,
  openInstallation,
} from './setup/installation.ts';
import { readAsNodeSample, readAsSwiftSample, readRaw } from './setup/pages.ts';
import { HAS_REQUESTS, python } from './setup/programs.ts';

/** An organization, and what a session in it needs. */
interface Filled {
  organization: Organization;
  common: { athleteId: string; exerciseId: string };
  /** Ids of the sessions it began with. */
  ids: string[];
}

const idsOf = (sessions: Session[]) => sessions.map((session) => session['Session ID']);
const sorted = (ids: readonly string[]) => ids.toSorted();

for (const engine of ENGINES) {
  describe.skipIf(!engine.available)(`on ${engine.name}`, () => {
    let place: Place;
    let it: Installation;
    let small: Filled;
    let thousand: Filled;
    let tenThousand: Filled;

    async function fill(id: string, count: number): Promise<Filled> {
      const organization = await it.organization(id);
      const { ValorID: athleteId } = await addAthlete(organization, 'Ada', 'Lovelace');
      const common = {
        athleteId,
        exerciseId: (await exerciseNamed(organization, 'Hip Hinge Test'))['Exercise ID'],
      };
      const sessions = await fillSessions(it, organization, common, count);
      return { organization, common, ids: sessions.map((session) => session.sessionId) };
    }

    beforeAll(async () => {
      place = await engine.place();
      it = await openInstallation(place.url);
      small = await fill('small', 25);
      thousand = await fill('thousand', 1000);
      tenThousand = await fill('ten-thousand', 10_000);
    });
    afterAll(async () => {
      await it?.end();
      await place?.remove();
    });

    describe.each(BASES)('at %s', (_, base) => {
      const url = () => `${it.url}${base}/sessions`;

      test('31. Pages hold every session exactly once, also while others are being recorded', async () => {
        const { organization, common, ids } = await fill(base === '' ? 'busy' : 'busy-production', 200);
        let reading = true;
        const recorded: string[] = [];
        const keepRecording = async () => {
          while (reading && recorded.length < 600) {
            // Older, newer and at the very times of those that are being read.
            const start_s = Date.UTC(2026, 0) / 1000 - 600;
            const time = (index: number) => ({
              recordedAt_us: (start_s + (((recorded.length + index) * 780) % 14_000)) * 1e6,
            });
            const more = await fillSessions(it, organization, common, 3, time);
            recorded.push(...more.map((session) => session.sessionId));
            // The embedded store answers at once: let the server have its turn.
            await setImmediate();
          }
        };
        const writer = keepRecording();
        const readings = [];
        for (let i = 0; i < 3; i++) {
          readings.push(await readAsNodeSample(url(), organization.token, '17'));
          readings.push(await readRaw(`${url()}?limit=31&order=oldest`, organization.token));
        }
        reading = false;
        await writer;
        expect(recorded.length).toBeGreaterThan(0);
        for (const { sessions } of readings) {
          const seen = idsOf(sessions);
          expect(new Set(seen).size).toBe(seen.length);
          const before = new Set(ids);
          expect(sorted(seen.filter((id) => before.has(id)))).toEqual(sorted(ids));
          expect([...ids, ...recorded]).toEqual(expect.arrayContaining(seen));
        }
        expect(sorted(idsOf((await readRaw(url(), organization.token)).sessions))).toEqual(
          sorted([...ids, ...recorded]),
        );
      });

      test('33. Without limit, 10,000 sessions come within 10 pages, and 1,000 within 3', async () => {
        const many = await readRaw(url(), tenThousand.organization.token, 10);
        expect(sorted(idsOf(many.sessions))).toEqual(sorted(tenThousand.ids));
        const few = await readRaw(url(), thousand.organization.token, 3);
        expect(sorted(idsOf(few.sessions))).toEqual(sorted(thousand.ids));
      });

      test('61. The documented Node loop ends and has every session', async () => {
        const reading = await readAsNodeSample(url(), small.organization.token);
        expect(idsOf(reading.sessions)).toEqual(small.ids.toReversed());
        const byTen = await readAsNodeSample(url(), small.organization.token, '10');
        expect(byTen).toEqual({ sessions: reading.sessions, pages: 3 });
      });

      test('the documented React loop, as in a browser, ends and has every session', async () => {
        const { sessions, pages } = await readAsNodeSample(url(), small.organization.token, '10', 'fetch');
        expect(idsOf(sessions)).toEqual(small.ids.toReversed());
        expect(pages).toBe(3);
      });

      test.skipIf(!HAS_REQUESTS)('the documented Python loop ends and has every session', async () => {
        const settings = { SESSIONS_URL: url(), TOKEN: small.organization.token };
        const whole = await python('sessions_sample', settings);
        expect(idsOf(whole.sessions)).toEqual(small.ids.toReversed());
        // The last page is full: the loop must not need one more.
        expect(await python('sessions_sample', { ...settings, LIMIT: '5' })).toEqual({
          sessions: whole.sessions,
          pages: 5,
        });
      });

      test('the documented Swift loop, registered for parsed bodies, ends and does not start again', async () => {
        const ClientID = base === '' ? 'swift' : 'swift-production';
        const client = { Name: 'Swift', ClientID, BodyForm: 'json' };
        await small.organization.call('/clients', { method: 'POST', body: client });
        const { username, password } = small.organization;
        const { IdToken } = await it.server.signIn(username, password, ClientID);
        for (const limit of ['', '10', '5']) {
          const { sessions, echoed } = await readAsSwiftSample(url(), IdToken, limit);
          expect(idsOf(sessions)).toEqual(small.ids.toReversed());
          expect(echoed).toEqual([]);
        }
      });
    });

    test('pages of any size, order and filter hold what stayed exactly once, whatever comes and goes meanwhile', async () => {
      const { organization, common } = await fill('restless', 0);
      const { db } = it.server.deps;
      const NAMES = ['Left Squat', 'Right Squat'] as const;
      const times = fc.array(fc.record({ time: fc.nat(6), name: fc.constantFrom(...NAMES) }), {
        maxLength: 30,
      });
      const steps = fc.infiniteStream(
        fc.record({
          insert: fc.array(fc.record({ time: fc.nat(6), name: fc.constantFrom(...NAMES) }), { maxLength: 2 }),
          remove: fc.option(fc.nat()),
        }),
      );
      const query = fc.record({
        limit: fc.integer({ min: 1, max: 9 }),
        order: fc.constantFrom('newest', 'oldest'),
        name: fc.constantFrom(undefined, ...NAMES),
        from: fc.constantFrom(undefined, 2),
        to: fc.constantFrom(undefined, 4),
        encode: fc.constantFrom<(token: string) => string>((token) => token, JSON.stringify),
      });
      /** Few times, so that many sessions share one. */
      const at_us = (time: number) => (Date.UTC(2026, 0) + time) * 1000;
      const iso = (time: number) => new Date(at_us(time) / 1000).toISOString();

      await fc.assert(
        fc.asyncProperty(
          times,
          query,
          steps,
          async (begin, { limit, order, name, from, to, encode }, steps) => {
            const { ValorID: athleteId } = await addAthlete(organization, 'Ada', 'Lovelace');
            const insert = (rows: readonly { time: number; name: string }[]) =>
              fillSessions(it, organization, { ...common, athleteId }, rows.length, (index) => ({
                recordedAt_us: at_us(rows[index]!.time),
                name: rows[index]!.name,
              }));
            const matches = (session: { name: string; recordedAt_us: number }) =>
              (name === undefined || session.name === name) &&
              (from === undefined || session.recordedAt_us >= at_us(from)) &&
              (to === undefined || session.recordedAt_us <= at_us(to));
            const alive = new Map((await insert(begin)).map((session) => [session.sessionId, session]));
            const stayed = new Set([...alive.values()].filter(matches).map((session) => session.sessionId));
            const parameters = new URLSearchParams({ athleteID: athleteId, limit: String(limit), order });
            if (name !== undefined) parameters.set('name', name);
            if (from !== undefined) parameters.set('from', iso(from));
            if (to !== undefined) parameters.set('to', iso(to));

            const seen: Session[] = [];
            let token: string | null = '""';
            while (token !== null) {
              const answer = await call(`${it.url}/sessions?${parameters}`, {
                token: organization.token,
                headers: { 'x-continuation-token': token },
              });
              const page: Session[] = opened(answer);
              expect(page.length).toBeLessThanOrEqual(limit);
              seen.push(...page);
              token = answer.json['X-Continuation-Token'] && encode(answer.json['X-Continuation-Token']);
              // A page that is not the last is full: reading ends although somebody keeps recording.
              if (token !== null) expect(page).toHaveLength(limit);
              if (token === null || seen.length > 200) break;
              const step = steps.next().value!;
              for (const session of await insert(step.insert)) alive.set(session.sessionId, session);
              const gone =
                step.remove === null ? undefined : [...alive.keys()][step.remove % Math.max(alive.size, 1)];
              if (gone !== undefined) {
                await deleteSession(db, organization.id, gone, Date.now() * 1000);
                alive.delete(gone);
                stayed.delete(gone);
              }
            }
            const ids = idsOf(seen);
            expect(new Set(ids).size).toBe(ids.length);
            expect(ids).toEqual(expect.arrayContaining([...stayed]));
            const inOrder = seen.toSorted((a, b) =>
              a.Date < b.Date ? -1 : a.Date > b.Date ? 1 : a['Session ID'] < b['Session ID'] ? -1 : 1,
            );
            expect(seen).toEqual(order === 'oldest' ? inOrder : inOrder.toReversed());
          },
        ),
        { numRuns: 60 },
      );
    });
  });
}
