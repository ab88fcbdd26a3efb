import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ReportRow } from '../../../src/contract/reportRows.ts';
import type { Report } from '../../../src/contract/reports.ts';
import type { Session } from '../../../src/contract/sessions.ts';
import { TABLE_FORMATS, type TableFormat, type TableName } from '../../../src/contract/tables.ts';
import { fromIso } from '../../../src/contract/time.ts';
import { changeAthlete } from '../../../src/store/athletes.ts';
import type { Db } from '../../../src/store/db.ts';
import { createOrganization } from '../../../src/store/organizations.ts';
import { insertSessions } from '../../../src/store/sessions.ts';
import { writeFlatReport } from '../../../src/tables/flatReport.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { ENGINES, type Place, watched } from '../../store/engines.ts';
import { furnish, session } from '../../store/records.ts';
import { duckdb, readArrowFile, readCsv, readParquetFile } from '../../tables/readers.ts';

/** Enough for a second row group of reports. */
const COUNT = 2400;
const NAMES = ["=cmd|' /C calc'!A0", 'one, "two"', 'two\r\nlines', 'Bücken 🏋‍♀️ 𐐷', '-1', '007', ' NA '];

/** A report whose numbers tell whose they are. */
function reportOf(index: number): Report {
  const statistics = (factor: number, scored: boolean) => ({
    FullMax: index + factor / 3,
    Avg: -index / 7,
    AvgMax: index * 1e-9 * factor,
    Score: scored ? (([0, 0.5, 1] as const)[index % 3] ?? null) : null,
    Min: scored ? 0 : null,
    Max: scored ? 90 : null,
    Unit: ['', 'deg', 'deg/s', 'deg/s²', 'deg/s²'][factor]!,
  });
  const table = (factor: number) =>
    Object.fromEntries(
      ['Knee, "deep" (°)', 'Hip Flex. (°)', 'Ankle DF (°)'].map((label, place) => [
        label,
        { L: statistics(factor, factor === 1 && place > 0), R: statistics(factor, false) },
      ]),
    );
  return { WorkoutMetrics: { Ang: table(1), Vel: table(2), Acc: table(3), Dec: table(4) } } as Report;
}

const all = Array.from({ length: COUNT }, (_, index) => ({
  ...session(`R${String(index).padStart(5, '0')}`, {
    recordedAt_us: 1_777_000_000_000_001 + ((index * 7919) % COUNT) * 60e6,
    name: NAMES[index % NAMES.length]!,
    athleteId: index % 3 === 0 ? 'A2' : 'A1',
    duration_s: index / 60,
    kind: index % 97 === 0 ? 'free' : index % 5 === 0 ? 'assessment' : 'exercise',
    assessmentId: index % 5 === 0 ? 'S1' : null,
  }),
  flat: writeFlatReport(reportOf(index)),
}));

const COLUMNS = {
  sessions: 'session_id,date,s3_key,duration_s,athlete_id,assessment_id,exercise_id,session_name'.split(','),
  reports:
    'session_id,date,athlete_id,exercise_id,session_name,quantity,metric,side,full_max,avg,avg_max,score,min,max,unit,report_version'.split(
      ',',
    ),
};
const TIME = 1;

/** Names the first row that differs; comparing all of them member by member would take a minute. */
function expectRows(found: readonly unknown[][], wanted: readonly unknown[][]): void {
  expect(found.length).toBe(wanted.length);
  const other = found.findIndex((row, at) =>
    row.some((value, column) => !Object.is(value, wanted[at]![column])),
  );
  if (other >= 0) expect({ row: other, values: found[other] }).toEqual({ row: other, values: wanted[other] });
}

for (const engine of ENGINES.filter(({ name }) => name === 'SQLite' || name === 'PostgreSQL')) {
  describe.skipIf(!engine.available)(`tables as files (${engine.name})`, () => {
    let place: Place;
    let server: TestServer;
    let db: Db;
    let token: string;
    let folder: string;
    /** Rows as they are answered page by page, in the order of files: values of members. */
    const rows = {} as Record<TableName, unknown[][]>;
    beforeAll(async () => {
      place = await engine.place();
      folder = mkdtempSync(join(tmpdir(), 'kinebase-exported-'));
      server = await startServer({ DATABASE_URL: place.url });
      db = server.deps.db;
      const { organization, username, password, clientId } = server.firstAdministrator!;
      token = `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`;
      await furnish(db, organization);
      await changeAthlete(
        db,
        organization,
        'A2',
        (found) => ({ ...found, FirstName: 'Cher', LastName: '', ExternalID: 'MRN-2' }),
        1,
      );
      for (let first = 0; first < COUNT; first += 1000)
        await insertSessions(db, organization, all.slice(first, first + 1000), 1);
      await createOrganization(db, 'another', 'Another', 0);
      await furnish(db, 'another');
      await insertSessions(db, 'another', [{ ...session('ZZZ'), flat: all[1]!.flat }], 1);
      for (const [table, path] of [
        ['sessions', '/sessions'],
        ['reports', '/reports'],
      ] as const) {
        const listed: (Session | ReportRow)[] = [];
        for (let next: string | null = ''; next !== null; ) {
          const headers = { authorization: token, prefer: 'body=json', 'X-Continuation-Token': next };
          const page = (await (await fetch(`${server.url}${path}`, { headers })).json()) as {
            body: (Session | ReportRow)[];
            'X-Continuation-Token': string | null;
          };
          listed.push(...page.body);
          next = page['X-Continuation-Token'];
        }
        // Stable: rows of a session stay as they are.
        listed.sort((a, b) =>
          a['Session ID'] < b['Session ID'] ? -1 : Number(a['Session ID'] > b['Session ID']),
        );
        rows[table] = listed.map((one) => Object.values(one));
      }
      const free = all.filter(({ kind }) => kind === 'free').length;
      expect(rows.sessions.length).toBe(COUNT - free);
      expect(rows.reports.length).toBe(24 * (COUNT - free));
    });
    afterEach(() => {
      server.deps.db = db;
    });
    afterAll(async () => {
      await server?.end();
      await place?.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(server.url + path, { headers: { authorization: token, ...headers } });
    const file = async (path: string) => {
      const response = await ask(path);
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    };
    /** With times in microseconds, as binary files have them. */
    const binary = (values: unknown[][]) =>
      values.map((row) =>
        row.map((value, at) =>
          at === TIME ? BigInt(fromIso(value as string)!) : at === 15 ? BigInt(value as number) : value,
        ),
      );

    describe.each(['sessions', 'reports'] as const)('%s', (table) => {
      const path = (format: TableFormat, more = '') => `/export?of=${table}&format=${format}${more}`;

      test('Parquet and Arrow hold what the list answers, with types and what may be missing', async () => {
        for (const [format, read] of [
          ['parquet', readParquetFile],
          ['arrow', readArrowFile],
        ] as const) {
          const found = read(await file(path(format)));
          expect(found.columns.map(({ name }) => name)).toEqual(COLUMNS[table]);
          expect(Object.fromEntries(found.columns.map(({ name, type }) => [name, type]))).toMatchObject({
            session_id: 'Utf8',
            date: 'Timestamp<MICROSECOND, UTC>',
            ...(table === 'sessions'
              ? { duration_s: 'Float64' }
              : { full_max: 'Float64', score: 'Float64', report_version: 'Int64' }),
          });
          expect(found.columns.filter(({ nullable }) => nullable).map(({ name }) => name)).toEqual(
            table === 'sessions'
              ? ['duration_s']
              : ['full_max', 'avg', 'avg_max', 'score', 'min', 'max', 'unit', 'report_version'],
          );
          expect(found.metadata).toMatchObject({ table });
          expectRows(found.rows, binary(rows[table]));
        }
      });

      test('CSV and NDJSON hold the same', async () => {
        const [head, ...fields] = readCsv((await file(path('csv'))).toString());
        expect(head).toEqual(COLUMNS[table]);
        const text = (value: unknown) => (value === null ? null : String(value));
        expectRows(
          fields,
          rows[table].map((row) => row.map(text)),
        );
        const lines = (await file(path('ndjson'))).toString().split('\n');
        expect(lines.pop()).toBe('');
        expectRows(
          lines.map((line) => Object.values(JSON.parse(line))),
          rows[table],
        );
      });

      test.each(['parquet', 'csv'] as const)('DuckDB opens %s and computes with it', async (format) => {
        const saved = join(folder, `${table}.${format}`);
        writeFileSync(saved, await file(path(format)));
        const number = table === 'sessions' ? 'duration_s' : 'full_max';
        const index = COLUMNS[table].indexOf(number);
        const found = await duckdb(
          `select count(*), sum(${number}), min(epoch_us(date)), typeof(any_value(date)), count(distinct session_name) from '${saved}'`,
        );
        const sum = rows[table].reduce((total, row) => total + (row[index] as number), 0);
        const first = Math.min(...rows[table].map((row) => fromIso(row[TIME] as string)!));
        const [count, total, earliest, type, names] = found.rows[0]!;
        expect([count, earliest, type, names]).toEqual([
          BigInt(rows[table].length),
          BigInt(first),
          'TIMESTAMP WITH TIME ZONE',
          BigInt(NAMES.length),
        ]);
        expect(Math.abs((total as number) / sum - 1)).toBeLessThan(1e-12);
      });

      test('names stand behind the ids when asked for, in every format', async () => {
        const member = (row: unknown[], name: string) => row[COLUMNS[table].indexOf(name)];
        const wanted = rows[table].map((row) => [
          ...row,
          ...(member(row, 'athlete_id') === 'A2' ? ['Cher', 'MRN-2'] : ['Ann Lee', null]),
          'Exercise E1',
          ...(table === 'reports' ? [] : [member(row, 'assessment_id') === 'S1' ? 'Return to sport' : null]),
        ]);
        const columns = [
          ...COLUMNS[table],
          ...['athlete_name', 'athlete_external_id', 'exercise_name'],
          ...(table === 'reports' ? [] : ['assessment_name']),
        ];
        for (const [format, read] of [
          ['parquet', readParquetFile],
          ['arrow', readArrowFile],
        ] as const) {
          const found = read(await file(path(format, '&names=true')));
          expect(found.columns.map(({ name }) => name)).toEqual(columns);
          expectRows(found.rows, binary(wanted));
        }
        const [head, ...fields] = readCsv((await file(path('csv', '&names=true'))).toString());
        expect(head).toEqual(columns);
        expectRows(
          fields,
          wanted.map((row) => row.map((value) => (value === null ? null : String(value)))),
        );
        const lines = (await file(path('ndjson', '&names=true'))).toString().trimEnd().split('\n');
        expect(Object.keys(JSON.parse(lines[0]!)).slice(COLUMNS[table].length)).toEqual([
          ...['Athlete Name', 'Athlete ExternalID', 'Exercise Name'],
          ...(table === 'reports' ? [] : ['Assessment Name']),
        ]);
        expectRows(
          lines.map((line) => Object.values(JSON.parse(line))),
          wanted,
        );
        expect((await file(path('csv'))).equals(await file(path('csv', '&names=false')))).toBe(true);
        expect((await ask(path('csv', '&names=yes'))).status).toBe(400);
      });

      test('filters choose the sessions', async () => {
        const name = encodeURIComponent(NAMES[1]!);
        const chosen = rows[table].filter((row) => row[COLUMNS[table].indexOf('session_name')] === NAMES[1]);
        const found = readParquetFile(await file(path('parquet', `&name=${name}&athleteID=A1,A2`)));
        expectRows(found.rows, binary(chosen));
      });

      test.each(TABLE_FORMATS)('nothing that matches is a whole file without rows: %s', async (format) => {
        const bytes = await file(path(format, '&exerciseID=none'));
        if (format === 'ndjson') expect(bytes.length).toBe(0);
        else if (format === 'csv') expect(readCsv(bytes.toString())).toEqual([COLUMNS[table]]);
        else {
          const { columns, rows } = (format === 'parquet' ? readParquetFile : readArrowFile)(bytes);
          expect([columns.map(({ name }) => name), rows]).toEqual([COLUMNS[table], []]);
        }
      });

      test.each([
        ['csv', 'text/csv; charset=utf-8'],
        ['ndjson', 'application/x-ndjson'],
        ['parquet', 'application/vnd.apache.parquet'],
        ['arrow', 'application/vnd.apache.arrow.file'],
      ] as const)('%s says what it is, and is compressed where it is text', async (format, type) => {
        const asked = request(`${server.url}${path(format, '&athleteID=A2')}`, {
          headers: { authorization: token, 'accept-encoding': 'gzip' },
        }).end();
        const [answer] = (await once(asked, 'response')) as [IncomingMessage];
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        const isText = format === 'csv' || format === 'ndjson';
        expect(answer.headers).toMatchObject({
          'content-type': type,
          'content-disposition': `attachment; filename*=UTF-8''${table}.${format}`,
        });
        expect(answer.headers['content-encoding']).toBe(isText ? 'gzip' : undefined);
        const bytes = Buffer.concat(chunks);
        const plain = await file(path(format, '&athleteID=A2'));
        expect((isText ? gunzipSync(bytes) : bytes).equals(plain)).toBe(true);
      });

      test.each(TABLE_FORMATS)('what fails on the way ends the connection: %s', async (format) => {
        let asked = 0;
        const last = table === 'sessions' ? 3 : engine.name === 'SQLite' ? 20 : 10;
        server.deps.db = watched(db, (sql) => {
          if (sql.includes('max(session_id)') && ++asked === last) throw new Error('the store fails');
        });
        const response = await ask(path(format), { 'accept-encoding': 'identity' });
        // What fails before the first piece is full is answered; text of reports is sent by then.
        if (table === 'reports' && format !== 'parquet') expect(response.status).toBe(200);
        if (response.status === 200) await expect(response.arrayBuffer()).rejects.toThrow();
        else expect([response.status, await response.json()]).toMatchObject([500, { code: 'internal' }]);
      });
    });

    test('/reports answers the same files', async () => {
      for (const format of TABLE_FORMATS)
        expect(
          (await file(`/reports?format=${format}&athleteID=A2`)).equals(
            await file(`/export?of=reports&format=${format}&athleteID=A2`),
          ),
        ).toBe(true);
    });

    test('there is more than one row group', async () => {
      const parquet = await file('/export?of=reports&format=parquet');
      writeFileSync(join(folder, 'groups.parquet'), parquet);
      const found = await duckdb(
        `select count(distinct row_group_id) from parquet_metadata('${join(folder, 'groups.parquet')}')`,
      );
      expect(found.rows[0]![0]).toBeGreaterThan(1n);
    });

    test('a client that is gone is not read for any more', async () => {
      const counted = { slices: 0 };
      server.deps.db = watched(db, (sql) => {
        if (sql.includes('max(session_id)')) counted.slices++;
      });
      const roundTrips = async () => {
        for (let i = 0; i < 20; i++) await (await fetch(`${server.url}/health`)).text();
      };
      const asked = request(`${server.url}/export?of=reports&format=csv`, {
        headers: { authorization: token },
      }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.on('error', () => {});
      answer.destroy();
      await roundTrips();
      const after = counted.slices;
      await roundTrips();
      expect(counted.slices).toBe(after);
      expect((await ask('/sessions?limit=1')).status).toBe(200);
    });
  });
}
