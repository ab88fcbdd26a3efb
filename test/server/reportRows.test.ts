import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportRow } from '../../src/contract/reportRows.ts';
import type { Report } from '../../src/contract/reports.ts';
import type { Session } from '../../src/contract/sessions.ts';
import { createClient, createUser } from '../../src/server/auth/administration.ts';
import { createOrganization } from '../../src/store/organizations.ts';
import { startServer, type TestServer } from '../setup/server.ts';
import { ENGINES, type Place } from '../store/engines.ts';
import { readArrowFile, readCsv, readParquetFile } from '../tables/readers.ts';
import { type Caller, createCaller, motionFile } from './uploading.ts';

/** The lines of a report, written down from its definition: quantity, then label, then side. */
const linesOf = (session: Session, { WorkoutMetrics, Provenance }: Report): ReportRow[] => {
  const rows: ReportRow[] = [];
  for (const Quantity of ['Ang', 'Vel', 'Acc', 'Dec'] as const)
    for (const [Metric, sides] of Object.entries(WorkoutMetrics[Quantity]))
      for (const [Side, statistics] of Object.entries(sides)) {
        rows.push({
          'Session ID': session['Session ID'],
          Date: session.Date,
          'Athlete ID': session['Athlete ID'],
          'Exercise ID': session['Exercise ID'],
          'Session Name': session['Session Name'],
          Quantity,
          Metric,
          Side: Side as 'L' | 'R' | 'F' | 'B',
          ...statistics,
          Version: Provenance.ReportVersion,
        });
      }
  return rows;
};

for (const engine of ENGINES.filter(({ name }) => name === 'SQLite' || name === 'PostgreSQL')) {
  describe.skipIf(!engine.available)(`lines of reports (${engine.name})`, () => {
    let place: Place;
    let server: TestServer;
    let caller: Caller;
    let stranger: Caller;
    let sessions: Session[];
    let expected: ReportRow[];
    beforeAll(async () => {
      place = await engine.place();
      server = await startServer({ DATABASE_URL: place.url });
      const { username, password, clientId } = server.firstAdministrator!;
      const signedIn = async (...names: [string, string, string]) =>
        createCaller(server.url, `Bearer ${(await server.signIn(...names)).IdToken}`);
      caller = await signedIn(username, password, clientId);
      await createOrganization(server.deps.db, 'other', 'Other', 1);
      await createClient(server.deps.auth, 'other', {
        Name: 'x',
        ClientID: 'other',
        BodyForm: 'string',
      });
      const account = { Username: 'bo@other.example', Role: 'admin', Password: 'movement-3' } as const;
      await createUser(server.deps.auth, 'other', account);
      stranger = await signedIn(account.Username, account.Password, 'other');
      const [ann, ben] = [await caller.athlete(), await caller.athlete()];
      const exercise = await caller.exercise({
        'Exercise Name': 'Deep squat',
        PrimaryChannel: 'knee_angle_r',
        Metrics: [
          { Label: 'Knee, "deep" (°)', Side: 'R', Channel: 'knee_angle_r', Sign: 1, Min: 15, Max: 40 },
          { Label: '__proto__', Side: 'F', Channel: 'hip_flexion_r', Sign: -1 },
        ],
      });
      for (let index = 0; index < 7; index++) {
        const more: Record<string, string> = {
          fileName: 'a.mot',
          athleteID: index % 2 === 0 ? ann : ben,
          date: `2026-05-0${1 + (index % 4)}T08:00:00.00000${index}Z`,
          sessionName: ['=1+1', 'two, or "three"', 'Bücken 🏋'][index % 3]!,
          ...(index % 3 === 0 ? {} : { exerciseID: exercise }),
          ...(index === 6 ? { kind: 'free' } : {}),
        };
        const answer = await caller.upload(more, motionFile({ bends: 2 + index }));
        expect(answer.status).toBe(201);
      }
      sessions = await caller.sessions();
      expected = (
        await Promise.all(sessions.map(async (one) => linesOf(one, await caller.report(one))))
      ).flat();
      expect(sessions.length).toBe(6);
      expect(expected.length).toBeGreaterThan(50);
      expect(expected.some(({ Metric }) => Metric === '__proto__')).toBe(true);
    });
    afterAll(async () => {
      await server?.end();
      await place?.remove();
    });

    const page = async (query = '', headers: Record<string, string> = {}, who = caller) => {
      const answer = await who.call('GET', `/reports${query}`, null, headers);
      const { 'X-Continuation-Token': token } = JSON.parse(answer.bytes.toString());
      return { ...answer, rows: answer.body as ReportRow[], token: token as string | null };
    };
    const pages = async (query: string) => {
      const found: ReportRow[][] = [];
      for (let token: string | null = '""'; token !== null; ) {
        const next = await page(query, { 'x-continuation-token': token });
        expect(next.status).toBe(200);
        found.push(next.rows);
        token = next.token;
      }
      return found;
    };

    test('are those of each report, in the order of the sessions', async () => {
      const { rows, token, headers } = await page();
      expect(rows).toEqual(expected);
      expect(Object.keys(rows[0]!)).toEqual(Object.keys(expected[0]!));
      expect(token).toBe(null);
      expect(headers.get('preference-applied')).toBe('body=json');
    });

    test('come as text too, as clients of the contract read bodies', async () => {
      const answer = await caller.call('GET', '/reports', null, { prefer: '' });
      expect(JSON.parse(answer.body)).toEqual(expected);
    });

    test.each([1, 2, 4, 6, 100])('pages of %i sessions end between sessions', async (limit) => {
      const found = await pages(`?limit=${limit}`);
      expect(found.flat()).toEqual(expected);
      expect(found.length).toBe(Math.ceil(6 / limit));
      for (const rows of found)
        expect(new Set(rows.map((row) => row['Session ID'])).size).toBeLessThanOrEqual(limit);
    });

    test.each([
      'order=oldest',
      'name==1%2B1',
      'from=2026-05-02&to=2026-05-03',
      'assessmentID=singleExercise&limit=2',
      'exerciseID=none',
    ])('filters choose the sessions that the list chooses: %s', async (query) => {
      const chosen: Session[] = (await caller.call('GET', `/sessions?${query.replace('&limit=2', '')}`)).body;
      const wanted = chosen.flatMap((one) =>
        expected.filter((row) => row['Session ID'] === one['Session ID']),
      );
      expect((await pages(`?${query}`)).flat()).toEqual(wanted);
    });

    test('quantity, metric and side choose among the lines; pages end, lose nothing and repeat nothing', async () => {
      const labels = [...new Set(expected.map(({ Metric }) => Metric)), 'none of these', 'Knee'];
      const some = <T extends string>(...from: T[]) =>
        fc.option(fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 }), {
          nil: undefined,
        });
      const asked = fc.record({
        quantity: some('Ang', 'Vel', 'Acc', 'Dec'),
        metric: some(...labels),
        side: some('L', 'R', 'F', 'B'),
        exerciseID: fc.option(fc.constant(sessions[1]!['Exercise ID']), { nil: undefined }),
        order: fc.constantFrom('newest', 'oldest'),
        limit: fc.integer({ min: 1, max: 7 }),
        commas: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(asked, async ({ quantity, metric, side, exerciseID, order, limit, commas }) => {
          const query = new URLSearchParams({ limit: String(limit), order });
          if (exerciseID !== undefined) query.set('exerciseID', exerciseID);
          for (const label of metric ?? []) query.append('metric', label);
          for (const [name, words] of Object.entries({ quantity, side }))
            if (commas && words) query.set(name, words.join(', '));
            else for (const word of words ?? []) query.append(name, word);
          const chosen = sessions
            .toSorted((one, other) =>
              order === 'newest' ? 0 : sessions.indexOf(other) - sessions.indexOf(one),
            )
            .filter((one) => exerciseID === undefined || one['Exercise ID'] === exerciseID);
          const wanted = chosen.flatMap((one) =>
            expected.filter(
              (row) =>
                row['Session ID'] === one['Session ID'] &&
                (quantity ?? [row.Quantity]).includes(row.Quantity) &&
                (metric ?? [row.Metric]).includes(row.Metric) &&
                (side ?? [row.Side]).includes(row.Side),
            ),
          );
          const found = await pages(`?${query}`);
          expect(found.flat()).toEqual(wanted);
          // As many sessions are read for a page as without: what matches nothing takes no longer.
          expect(found.length).toBe(Math.max(1, Math.ceil(chosen.length / limit)));
        }),
        { numRuns: 60 },
      );
    });

    test('a file has the same lines, also as an export', async () => {
      const query = `quantity=Vel,Ang&side=R&metric=${encodeURIComponent('Knee, "deep" (°)')}`;
      const wanted = expected.filter(
        (row) =>
          row.Metric === 'Knee, "deep" (°)' &&
          row.Side === 'R' &&
          (row.Quantity === 'Ang' || row.Quantity === 'Vel'),
      );
      expect(wanted.length).toBe(8);
      const order = (rows: ReportRow[]) => rows.map((row) => JSON.stringify(row)).sort();
      for (const path of [
        `/reports?format=ndjson&${query}`,
        `/export?of=reports&format=ndjson&${query}`,
        `/export?of=reports&${query}`,
      ]) {
        const { bytes } = await caller.call('GET', path);
        const rows = bytes.toString().trimEnd().split('\n');
        expect(order(rows.map((line) => JSON.parse(line)))).toEqual(order(wanted));
      }
      const csv = await caller.call('GET', `/reports?format=csv&${query}`);
      expect(readCsv(csv.bytes.toString()).length).toBe(1 + 8);
      for (const [format, read] of [
        ['parquet', readParquetFile],
        ['arrow', readArrowFile],
      ] as const) {
        const { bytes } = await caller.call('GET', `/reports?format=${format}&${query}`);
        expect(read(bytes).rows.length).toBe(8);
        const none = await caller.call('GET', `/reports?format=${format}&metric=none`);
        expect(read(none.bytes).rows).toEqual([]);
      }
    });

    test('a token belongs to the lines that were asked for, however they were written', async () => {
      const { token } = await page('?limit=2&quantity=Ang,Vel&side=L');
      const next = (query: string) => page(query, { 'x-continuation-token': token! });
      expect((await next('?limit=3&side=L&quantity=Vel&quantity=Ang')).status).toBe(200);
      for (const other of ['', '&quantity=Ang', '&quantity=Ang,Vel', '&quantity=Ang,Vel&side=L,R'])
        expect(await next(`?limit=2${other}`)).toMatchObject({
          status: 400,
          body: { code: 'continuation_token_mismatch' },
        });
      const plain = await page('?limit=2');
      const led = await page('?limit=2&side=L', { 'x-continuation-token': plain.token! });
      expect(led.body).toMatchObject({ code: 'continuation_token_mismatch' });
    });

    test('other lines are another page, also for whoever has one', async () => {
      const first = await page('?limit=3&quantity=Ang');
      const has = { 'if-none-match': first.headers.get('etag')! };
      expect((await caller.call('GET', '/reports?limit=3&quantity=Ang', null, has)).status).toBe(304);
      for (const other of ['quantity=Vel', 'quantity=Ang&side=R', ''])
        expect((await caller.call('GET', `/reports?limit=3&${other}`, null, has)).status).toBe(200);
    });

    test('another organization sees none of them, and its tokens are no good here', async () => {
      expect((await page('', {}, stranger)).rows).toEqual([]);
      const { token } = await page('?limit=2');
      expect(await page('?limit=2', { 'x-continuation-token': token! }, stranger)).toMatchObject({
        status: 400,
        body: { code: 'invalid_continuation_token' },
      });
      expect(await page('?limit=2&order=oldest', { 'x-continuation-token': token! })).toMatchObject({
        status: 400,
        body: { code: 'continuation_token_mismatch' },
      });
      for (const format of ['csv', 'ndjson'])
        expect((await stranger.call('GET', `/reports?format=${format}`)).bytes.toString()).not.toContain(
          sessions[0]!['Session ID'],
        );
    });

    test('a page that the client has is not sent again until something changes', async () => {
      const first = await page('?limit=3');
      const etag = first.headers.get('etag')!;
      const again = await caller.call('GET', '/reports?limit=3', null, { 'if-none-match': etag });
      expect([again.status, again.bytes.length]).toEqual([304, 0]);
      const id = sessions[0]!['Session ID'];
      await caller.call('PATCH', `/sessions/${id}`, { 'Session Name': 'Renamed' });
      const changed = await page('?limit=3', { 'if-none-match': etag });
      expect([changed.status, changed.rows[0]!['Session Name']]).toEqual([200, 'Renamed']);
      await caller.call('PATCH', `/sessions/${id}`, { 'Session Name': sessions[0]!['Session Name'] });
    });

    test('an edit of the repetitions shows at once, under its version', async () => {
      const last = sessions.at(-1)!;
      const { Repetitions } = await caller.report(last);
      const kept = Repetitions.slice(1).map(({ Start, Peak, End }) => ({ Start, Peak, End }));
      const path = `/sessions/${last['Session ID']}/repetitions`;
      const report = (await caller.call('PATCH', path, { Repetitions: kept })).body as Report;
      const lines = linesOf(last, report);
      expect(lines[0]!.Version).toBe(2);
      const ofLast = (rows: ReportRow[]) => rows.filter((row) => row['Session ID'] === last['Session ID']);
      expect(ofLast((await page()).rows)).toEqual(lines);
      expected = [...expected.filter((row) => row['Session ID'] !== last['Session ID']), ...lines];
    });

    test('reports from before lines were kept are read from the objects, and kept from then on', async () => {
      const { db } = server.deps;
      const { organization } = server.firstAdministrator!;
      const forget = () =>
        db
          .within(organization)
          .query('update reports set flat = null where org_id = $1 and session_id <> $2', [
            organization,
            sessions[1]!['Session ID'],
          ]);
      const lacking = async () =>
        (
          await db
            .within(organization)
            .query<{ n: number }>(
              'select count(*) as n from reports r join sessions s on s.org_id = r.org_id and s.session_id = r.session_id and s.report_version = r.report_version where r.org_id = $1 and flat is null and listed = 1',
              [organization],
            )
        )[0]!.n;
      const { flat } = (
        await db
          .within(organization)
          .query<{ flat: string }>(
            'select flat from reports where org_id = $1 and session_id = $2 and report_version = 2',
            [organization, sessions.at(-1)!['Session ID']],
          )
      )[0]!;
      await forget();
      expect(await lacking()).toBe(5);
      expect((await page()).rows).toEqual(expected);
      expect(await lacking()).toBe(0);
      const [again] = await db
        .within(organization)
        .query<{ flat: string }>(
          'select flat from reports where org_id = $1 and session_id = $2 and report_version = 2',
          [organization, sessions.at(-1)!['Session ID']],
        );
      expect(again!.flat).toBe(flat);
      await forget();
      const file = await caller.call('GET', '/export?of=reports&format=csv');
      expect(readCsv(file.bytes.toString()).length).toBe(1 + expected.length);
      expect(await lacking()).toBe(0);
    });

    test('a report whose object is lost is not passed over', async () => {
      const { db, objects } = server.deps;
      const { organization } = server.firstAdministrator!;
      server.deps.objects = { ...objects, get: async () => null };
      await db
        .within(organization)
        .query('update reports set flat = null where org_id = $1 and session_id = $2', [
          organization,
          sessions[2]!['Session ID'],
        ]);
      expect((await page()).status).toBe(500);
      expect((await caller.call('GET', '/reports?format=csv')).status).toBe(500);
      server.deps.objects = objects;
      expect((await page()).rows).toEqual(expected);
    });

    test('of one report they are a file as well', async () => {
      const last = sessions.at(-1)!;
      const ask = (format: string) => caller.call('GET', `/reportData?s3Key=${last.s3Key}&format=${format}`);
      const lines = expected.filter((row) => row['Session ID'] === last['Session ID']);
      const values = lines.map((row) => Object.values(row));
      const ndjson = await ask('ndjson');
      expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson');
      expect(ndjson.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a.report.ndjson");
      expect(
        ndjson.bytes
          .toString()
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line)),
      ).toEqual(lines);
      const typed = (rows: unknown[][]) =>
        rows.map((row) =>
          row.map((value, place) =>
            place === 1
              ? new Date(Number((value as bigint) / 1000n)).toISOString().slice(0, -1)
              : typeof value === 'bigint'
                ? Number(value)
                : value,
          ),
        );
      const millis = values.map((row) =>
        row.map((value, place) => (place === 1 ? (value as string).slice(0, 23) : value)),
      );
      expect(typed(readParquetFile((await ask('parquet')).bytes).rows)).toEqual(millis);
      expect(typed(readArrowFile((await ask('arrow')).bytes).rows)).toEqual(millis);
      const csv = readCsv((await ask('csv')).bytes.toString());
      expect(csv.slice(1)).toEqual(
        values.map((row) => row.map((value) => (value === null ? null : String(value)))),
      );
      expect((await ask('json')).body.Provenance.ReportVersion).toBe(2);
      const first = await caller.call('GET', `/reportData?s3Key=${last.s3Key}&format=csv&version=1`);
      expect(readCsv(first.bytes.toString())[1]!.at(-1)).toBe('1');
      expect((await stranger.call('GET', `/reportData?s3Key=${last.s3Key}&format=csv`)).status).toBe(404);
    });

    test.each([
      ['/reports?format=csv&limit=5', 'limit is for format=json'],
      ['/reports?format=parquet&order=oldest', 'order is for format=json'],
      ['/reports?format=xlsx', 'format'],
      ['/reports?fromat=csv', 'fromat'],
      ['/reports?limit=0', 'limit'],
      ['/reports?limit=1&limit=2', 'limit is given more than once'],
      ['/reports?quantity=Angle', 'must be one of Ang, Vel, Acc, Dec'],
      ['/reports?quantity=Ang&quantity=ang', 'quantity.1 must be one of'],
      ['/reports?side=left,right', 'must be one of L, R, F, B'],
      ['/reports?side=,', 'side holds nothing but commas'],
      ['/reports?metric=a%00b', 'metric holds a NUL'],
      [`/reports?${Array.from({ length: 201 }, (_, at) => `metric=${at}`).join('&')}`, 'metric'],
      ['/export?side=L', 'side is for of=reports'],
      ['/sessions?side=L', 'side'],
      ['/reports?from=yesterday', 'from'],
      ['/export?of=athletes', 'of'],
      ['/export?format=mot', 'format'],
      ['/reportData?s3Key=x&format=mot', 'format'],
      ['/reportData?s3Key=x&format=csv&curves=true', 'curves is for format=json'],
    ])('%s is refused', async (path, message) => {
      const { status, body } = await caller.call('GET', path);
      expect([status, body.message]).toEqual([400, expect.stringContaining(message)]);
    });
  });
}
