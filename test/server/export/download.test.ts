import { type Table, tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../src/contract/sessions.ts';
import { readRecording } from '../../../src/motion/read.ts';
import { readSeriesFile } from '../../../src/server/seriesFile.ts';
import { seriesKey } from '../../../src/server/sessionObjects.ts';
import { getSession } from '../../../src/store/sessions.ts';
import { exchange } from '../../objects/exchange.ts';
import { startServer, type TestServer } from '../../setup/server.ts';
import { type Caller, createCaller, motionFile } from '../uploading.ts';

let server: TestServer;
let it: Caller;
let token: string;
let session: Session;
let whole: Record<string, number[]>;
let athleteID: string;
const NAMES = ['knee_angle_r', 'pelvis_tx', 'Left Knee, flexed (°)'];

beforeAll(async () => {
  server = await startServer();
  const { username, password, clientId } = server.firstAdministrator!;
  token = `Bearer ${(await server.signIn(username, password, clientId)).IdToken}`;
  it = createCaller(server.url, token);
  athleteID = await it.athlete();
  const file = motionFile({ names: NAMES, seconds: 4 });
  session = (await it.upload({ fileName: "Ann's squats.mot", athleteID }, file)).body;
  whole = await it.ikData(session);
});
afterAll(() => server.end());

const ask = (query: string, headers: Record<string, string> = {}, method = 'GET') =>
  it.call(method, `/ikData?s3Key=${session.s3Key}${query}`, null, headers);
const seriesOf = async (query: string, headers?: Record<string, string>) => {
  const answer = await ask(query, headers);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body as Record<string, number[]>;
};

describe('JSON in part', () => {
  test('channels: exactly these series, time with them, in the order of the recording', async () => {
    const found = await seriesOf('&channels=pelvis_tx_acc,%20knee_angle_r');
    expect(Object.keys(found)).toEqual(['time', 'knee_angle_r', 'pelvis_tx_acc']);
    for (const [name, values] of Object.entries(found)) expect(values).toEqual(whole[name]);
    expect(Object.keys(await seriesOf('&channels=time'))).toEqual(['time']);
    expect(Object.keys(await seriesOf('&channels='))).toEqual(Object.keys(whole));
  });

  test('a name that holds a comma is found', async () => {
    const query = `&channels=${encodeURIComponent(`${NAMES[2]},knee_angle_r`)}`;
    expect(Object.keys(await seriesOf(query))).toEqual(['time', 'knee_angle_r', NAMES[2]]);
  });

  test('an unknown name is refused, and similar ones are named', async () => {
    const { status, body } = await ask('&channels=knee_angle_r,knee_angel_r');
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_parameter' });
    expect(body.message).toContain('"knee_angel_r"');
    expect(body.message).toContain('knee_angle_r');
    expect((await ask('&channels=zz')).body.message).toContain('pelvis_tx');
  });

  test('from and to: seconds, both inclusive, also as they stand in time', async () => {
    const found = await seriesOf('&from=0.1&to=0.2');
    expect(found.time).toEqual(whole.time!.slice(6, 13));
    expect(found.knee_angle_r_vel).toEqual(whole.knee_angle_r_vel!.slice(6, 13));
    const exact = await seriesOf(`&from=${whole.time![7]}&to=${whole.time![7]}`);
    expect(exact.time).toEqual([whole.time![7]]);
    expect((await seriesOf('&from=3.99')).time).toEqual(whole.time!.slice(240));
  });

  test('beyond the end there is nothing; a range that ends before it begins is refused', async () => {
    const found = await seriesOf('&from=100');
    expect(Object.keys(found)).toEqual(Object.keys(whole));
    for (const values of Object.values(found)) expect(values).toEqual([]);
    expect((await ask('&from=2&to=1')).status).toBe(400);
    expect((await ask('&from=-1')).status).toBe(400);
    expect((await ask('&to=soon')).status).toBe(400);
  });

  test('points: at most so many, every extreme among them', async () => {
    const found = await seriesOf('&points=20');
    for (const [name, values] of Object.entries(found)) {
      expect(values).toHaveLength(20);
      expect(Math.max(...values)).toBe(Math.max(...whole[name]!));
      expect(Math.min(...values)).toBe(Math.min(...whole[name]!));
    }
    expect(await seriesOf('&points=1000')).toEqual(whole);
    expect((await ask('&points=20&format=csv')).status).toBe(400);
    expect((await ask('&points=3')).status).toBe(400);
  });

  test('is the same in every coding and form that a client may accept', async () => {
    for (const query of ['&channels=knee_angle_r', '&from=1&to=2&channels=knee_angle_r', '&points=30']) {
      const expected = await seriesOf(query, { 'accept-encoding': 'identity' });
      for (const coding of ['gzip', 'br', 'gzip, br', '*']) {
        const headers = { 'accept-encoding': coding };
        expect(await seriesOf(query, headers)).toEqual(expected);
        const { body } = await ask(query, { ...headers, prefer: 'body=string' });
        expect(JSON.parse(body)).toEqual(expected);
      }
    }
  });

  test('the version of a report names its series; one that there is not is a 404', async () => {
    expect(await seriesOf('&version=1')).toEqual(whole);
    expect((await ask('&version=2')).status).toBe(404);
  });
});

describe('files', () => {
  const cells = (line: string) => line.split('\t');

  test('CSV has every series by its exact name, and every digit', async () => {
    const answer = await ask('&format=csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('x-angle-unit')).toBe('deg');
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''Ann%27s%20squats.csv",
    );
    const [head, ...rows] = answer.bytes.toString().trimEnd().split('\n');
    expect(head).toBe(
      Object.keys(whole)
        .map((name) => (name.includes(',') ? `"${name}"` : name))
        .join(','),
    );
    expect(rows).toHaveLength(whole.time!.length);
    rows.forEach((row, i) => {
      expect(row.split(',').map(Number)).toEqual(Object.values(whole).map((values) => values[i]));
    });
  });

  test.each(['mot', 'sto'])('.%s has values alone, derivatives by name', async (format) => {
    const answer = await ask(`&format=${format}`);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const lines = answer.bytes.toString().trimEnd().split('\n');
    expect(lines).toContain('inDegrees=yes');
    expect(lines).toContain(`nRows=${whole.time!.length}`);
    expect(lines).toContain('nColumns=4');
    const recording = readRecording(answer.bytes, { fileName: `a.${format}` });
    expect(recording.channels.map(({ name }) => name)).toEqual(NAMES);
    for (const { name, values } of recording.channels) expect([...values]).toEqual(whole[name]);
    const chosen = await ask(`&format=${format}&channels=knee_angle_r_acc&from=1&to=2`);
    const rows = chosen.bytes.toString().split('endheader\n')[1]!.trimEnd().split('\n');
    expect(cells(rows[0]!)).toEqual(['time', 'knee_angle_r_acc']);
    expect(rows.slice(1).map((row) => Number(cells(row)[1]))).toEqual(whole.knee_angle_r_acc!.slice(60, 121));
  });

  test('Parquet is read by another reader with the same numbers, and says its units', async () => {
    const answer = await ask('&format=parquet');
    expect(answer.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    const table = tableFromIPC(readParquet(answer.bytes).intoIPCStream());
    expectColumns(table);
    expectMetadata(table.schema.metadata);
  });

  test('Arrow is read by another reader with the same numbers, and says its units', async () => {
    const answer = await ask('&format=arrow');
    expect(answer.headers.get('content-type')).toBe('application/vnd.apache.arrow.file');
    const table = tableFromIPC(answer.bytes);
    expectColumns(table);
    expectMetadata(table.schema.metadata);
  });

  test('every format has the same range, and files without a row are files', async () => {
    for (const format of ['csv', 'mot', 'sto', 'c3d', 'parquet', 'arrow']) {
      for (const query of ['&from=1&to=2&channels=knee_angle_r', '&from=100', '&channels=time']) {
        const answer = await ask(`&format=${format}${query}`);
        expect({ format, query, status: answer.status }).toEqual({ format, query, status: 200 });
        expect(answer.bytes.length).toBeGreaterThan(0);
      }
    }
    const arrow = tableFromIPC((await ask('&format=arrow&from=1&to=2&channels=knee_angle_r')).bytes);
    expect([...arrow.getChild('knee_angle_r')!]).toEqual(whole.knee_angle_r!.slice(60, 121));
    const empty = tableFromIPC(readParquet((await ask('&format=parquet&from=100')).bytes).intoIPCStream());
    expect(empty.numRows).toBe(0);
    expect(empty.schema.fields.map(({ name }) => name)).toEqual(Object.keys(whole));
  });

  const fetched = (query: string, init: RequestInit) =>
    fetch(`${server.url}/ikData?s3Key=${session.s3Key}${query}`, {
      ...init,
      headers: { authorization: token, ...init.headers },
    });

  test.each(['csv', 'mot', 'sto', 'c3d'])(
    'a .%s file is a recording again, with the same series',
    async (format) => {
      const { bytes } = await ask(`&format=${format}`);
      const fileName = `again.${format}`;
      const recording = readRecording(bytes, { fileName });
      expect(recording.channels.map(({ name, unit }) => [name, unit])).toEqual([
        [NAMES[0], 'deg'],
        [NAMES[1], 'm'],
        [NAMES[2], 'deg'],
      ]);
      for (const { name, values } of recording.channels) {
        const most = Math.max(...whole[name]!.map(Math.abs));
        values.forEach((value, i) => {
          const off = Math.abs(value - whole[name]![i]!);
          // C3D keeps 24 binary digits of each number, text keeps all.
          expect(off).toBeLessThanOrEqual(format === 'c3d' ? most * 2 ** -23 : 0);
        });
      }
      const again = await it.upload({ fileName, athleteID }, new Uint8Array(bytes));
      expect(again.status).toBe(201);
      const series = await it.ikData(again.body);
      expect(Object.keys(series)).toEqual(Object.keys(whole));
      expect(series.time).toEqual(whole.time);
    },
  );

  test('text is compressed for clients that accept it', async () => {
    for (const [format, coding] of [
      ['csv', 'gzip'],
      ['mot', 'gzip'],
      ['parquet', null],
    ] as const) {
      const plain = await fetched(`&format=${format}`, { headers: { 'accept-encoding': 'identity' } });
      const response = await fetched(`&format=${format}`, { headers: { 'accept-encoding': 'gzip' } });
      expect(response.headers.get('content-encoding')).toBe(coding);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(await plain.arrayBuffer()));
    }
  });

  test('HEAD answers the headers alone', async () => {
    for (const format of ['json', 'csv', 'parquet']) {
      const answer = await fetched(`&format=${format}&channels=knee_angle_r`, { method: 'HEAD' });
      expect(answer.status).toBe(200);
      expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(0);
      expect(await answer.text()).toBe('');
    }
  });

  test('a page of another origin may read the unit and the name of the file', async () => {
    const answer = await fetched('&format=csv', { headers: { origin: 'https://elsewhere.example' } });
    const exposed = answer.headers.get('access-control-expose-headers');
    expect(exposed).toContain('x-angle-unit');
    expect(exposed).toContain('content-disposition');
  });

  test('an unknown format is refused, and the known ones are named', async () => {
    const { status, body } = await ask('&format=xlsx');
    expect(status).toBe(400);
    expect(body.message).toContain('parquet');
  });
});

function expectColumns(table: Table): void {
  expect(table.schema.fields.map(({ name }) => name)).toEqual(Object.keys(whole));
  for (const [name, values] of Object.entries(whole)) expect([...table.getChild(name)!]).toEqual(values);
}

function expectMetadata(metadata: Map<string, string>): void {
  expect(metadata.get('inDegrees')).toBe('yes');
  expect(metadata.get('rate')).toBe('60');
  expect(metadata.get('sessionID')).toBe(session['Session ID']);
  expect(JSON.parse(metadata.get('units')!)).toMatchObject({
    time: 's',
    knee_angle_r: 'deg',
    knee_angle_r_vel: 'deg/s',
    pelvis_tx: 'm',
    pelvis_tx_acc: 'm/s²',
  });
}

describe('a part of the series', () => {
  test('is read from its own pieces: all others may be damaged', async () => {
    const other: Session = (await it.upload({ fileName: 'a.mot', athleteID }, motionFile({ names: NAMES })))
      .body;
    const { objects: prefix } = (await getSession(server.deps.db, 'main', other['Session ID']))!;
    const key = seriesKey('main', prefix, 1);
    const bytes = (await server.deps.objects.get(key))!;
    const { entries, pieces } = readSeriesFile(bytes);
    for (const { name, offset, size } of entries)
      if (name !== 'time' && name !== 'pelvis_tx') pieces.fill(0xff, offset, offset + size);
    await exchange(server.deps.objects, key, bytes);

    const path = `/ikData?s3Key=${other.s3Key}&channels=pelvis_tx`;
    for (const coding of ['gzip', 'identity']) {
      for (const more of ['', '&points=20', '&from=1&to=2']) {
        const { status, body } = await it.call('GET', path + more, null, { 'accept-encoding': coding });
        expect([status, Object.keys(body)]).toEqual([200, ['time', 'pelvis_tx']]);
        expect(whole.pelvis_tx).toEqual(expect.arrayContaining(body.pelvis_tx));
      }
    }
    for (const format of ['csv', 'sto', 'parquet'])
      expect((await it.call('GET', `${path}&format=${format}`)).status).toBe(200);
    expect((await it.call('GET', `/ikData?s3Key=${other.s3Key}&format=csv`)).status).toBe(500);
  });
});
