import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordingError } from '../../src/motion/errors.ts';
import { readRecording } from '../../src/motion/read.ts';
import type { Recording } from '../../src/motion/recording.ts';
import { bytesOf, storageText } from './recordings.ts';
import { hasReferenceData, readReferenceBytes } from './reference-data.ts';

function read(text: string, fileName = 'a.mot', rate_hz?: number): Recording {
  return readRecording(bytesOf(text), rate_hz === undefined ? { fileName } : { fileName, rate_hz });
}

function failure(
  bytes: Uint8Array | string,
  fileName = 'a.mot',
): { code: string; line: number | undefined; message: string } {
  try {
    readRecording(typeof bytes === 'string' ? bytesOf(bytes) : bytes, { fileName });
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return { code: error.code, line: error.line, message: error.message };
  }
  return expect.fail('was read');
}

function columns({ time, channels }: Recording): Record<string, number[]> {
  return Object.fromEntries([
    ['time', [...time]],
    ...channels.map(({ name, values }) => [name, [...values]]),
  ]);
}

const HEAD = 'x\ninDegrees=yes\nendheader\n';
const THREE = { time: [0, 1], a: [1, 2], b: [3, 4] };

describe('a storage file', () => {
  it('is read whatever its header says about rows and columns', () => {
    const recording = read(
      `name\nnRows=99\nnColumns=7\ninDegrees=yes\nendheader\ntime\ta\tb\n0\t1\t3\n1\t2\t4\n`,
    );
    expect(columns(recording)).toEqual(THREE);
    expect(recording).toMatchObject({
      format: 'mot',
      inDegrees: true,
      unitSource: 'inDegrees',
      assumedRate_hz: null,
    });
  });

  it.each([
    ['CRLF', `${HEAD}time\ta\tb\n0\t1\t3\n1\t2\t4\n`.replaceAll('\n', '\r\n')],
    ['CR alone', `${HEAD}time\ta\tb\n0\t1\t3\n1\t2\t4\n`.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${HEAD}time\ta\tb\n0\t1\t3\n1\t2\t4\n`],
    ['no line feed at the end', `${HEAD}time\ta\tb\n0\t1\t3\n1\t2\t4`],
    ['trailing tabs', `x\t\t\ninDegrees=yes\t\t\nendheader\t\t\ntime\ta\tb\t\n0\t1\t3\t\n1\t2\t4\t\t\n`],
    [
      'commas and quoted header lines',
      `x,,\n"Units, and so on",,\ninDegrees=yes,,\nendheader,,\ntime,a,b\n0,1,3\n1,2,4\n`,
    ],
    ['padded numbers', `${HEAD}time\ta\tb\n      0.0\t   1.0\t 3.0 \n 1\t2\t 4\n`],
    ['blanks for delimiters', `${HEAD}time a  b\n 0   1 3\n 1 2   4  \n`],
    ['labels by tab, rows by blanks', `${HEAD}time\ta\tb\n0 1 3\n1 2 4\n`],
    ['blank lines', `${HEAD}\ntime\ta\tb\n\n0\t1\t3\n  \n1\t2\t4\n\n\n`],
    ['ENDHEADER in capitals', `x\ninDegrees = yes\nENDHEADER\ntime\ta\tb\n0\t1\t3\n1\t2\t4\n`],
    ['quoted labels and numbers', `${HEAD}"time","a","b"\n"0","1","3"\n"1","2","4"\n`],
    ['time in another column', `${HEAD}a\tTime\tb\n1\t0\t3\n2\t1\t4\n`],
  ])('may have %s', (_, text) => {
    expect(columns(read(text))).toEqual(THREE);
  });

  it('gives rotations in degrees and leaves translations alone', () => {
    const labels =
      'time\tknee_angle_r\tpelvis_tx\t/jointset/ground_pelvis/pelvis_ty/value\tpelvis.pos.x\tR.ASIS_tz';
    const recording = read(`inDegrees=no\nendheader\n${labels}\n0\t${Math.PI}\t1\t2\t3\t4\n`);
    expect(columns(recording)).toMatchObject({
      knee_angle_r: [180],
      pelvis_tx: [1],
      'pelvis.pos.x': [3],
      'R.ASIS_tz': [4],
    });
    expect(recording.channels.map(({ unit }) => unit)).toEqual(['deg', 'm', 'm', 'm', 'm']);
    expect(recording.inDegrees).toBe(false);
  });

  it('gives no forces, moments, powers, activations, lengths and signals in degrees', () => {
    const units = {
      ground_force_vx: '',
      ground_force_r_vy: '',
      ground_force_px: 'm',
      l_ground_torque_x: '',
      knee_angle_r_moment: '',
      pelvis_tx_force: '',
      'hip power [W]': 'W',
      '/forceset/soleus_r/activation': '',
      '/forceset/soleus_r/fiber_length': '',
      'soleus_r.fiber_length': '',
      emg_vasti: '',
      knee_angle_r: 'deg',
      '/jointset/knee_r/knee_angle_r/speed': 'deg',
    };
    const labels = Object.keys(units);
    const recording = read(
      `inDegrees=no\nendheader\ntime\t${labels.join('\t')}\n0${'\t1'.repeat(labels.length)}\n`,
    );
    expect(Object.fromEntries(recording.channels.map(({ name, unit }) => [name, unit]))).toEqual(units);
    for (const { unit, values, source } of recording.channels) {
      expect(values[0]).toBe(unit === 'deg' ? 180 / Math.PI : 1);
      expect(source?.unit).toBe(unit === 'deg' ? 'rad' : undefined);
    }
  });

  it('keeps what its header states, and says where it is wrong', () => {
    const recording = read(
      `walk\nversion=1\nnRows=9\nnColumns=3\ninDegrees=yes\nendheader\ntime\ta\tb\n0\t1\t2\n`,
    );
    expect(recording.header).toEqual({ version: 1, nRows: 9, nColumns: 3, inDegrees: 'yes' });
    expect(recording.notes).toEqual(['the header states nRows 9, the file has 1']);
  });

  it('says where its unit was found', () => {
    const body = 'endheader\ntime\ta\n0\t1\n';
    expect(read(`Angles are in degrees.\n${body}`)).toMatchObject({
      inDegrees: true,
      unitSource: 'header text',
    });
    expect(read(`Angles are in radians.\n${body}`)).toMatchObject({
      inDegrees: false,
      unitSource: 'header text',
    });
    for (const line of [
      'inDegrees: no',
      'inDegrees no',
      '# inDegrees=false',
      'Units are S.I. units. Angles are in radians.',
    ])
      expect(read(`${line}\n${body}`).inDegrees, line).toBe(false);
    expect(read(`inDegrees=maybe\n${body}`).unitSource).toBe('assumed');
    expect(read(`# SIMM Motion File Header:\n${body}`)).toMatchObject({
      inDegrees: true,
      unitSource: 'assumed',
    });
    const hint =
      "If the header above contains a line with 'inDegrees', this indicates degrees (yes) or radians (no).";
    expect(read(`inDegrees=yes\n${hint}\n${body}`)).toMatchObject({
      inDegrees: true,
      unitSource: 'inDegrees',
    });
  });

  it('keeps missing values as NaN', () => {
    const recording = read(`${HEAD}time\ta\tb\n0\t\tnan\n1\t1.#QNAN\t\n2\tinf\tNaN\n`);
    expect(columns(recording)).toEqual({
      time: [0, 1, 2],
      a: [Number.NaN, Number.NaN, Number.POSITIVE_INFINITY],
      b: [Number.NaN, Number.NaN, Number.NaN],
    });
  });
});

describe('a CSV file', () => {
  it.each([
    ['commas', 'time,a,b\n0,1,3\n1,2,4\n'],
    ['semicolons', 'time;a;b\n0;1;3\n1;2;4\n'],
    ['tabs', 'time\ta\tb\n0\t1\t3\n1\t2\t4\n'],
    ['a unit behind time', 'time (s),a,b\n0,1,3\n1,2,4\n'],
    ['t for time', 't,a,b\n0,1,3\n1,2,4\n'],
    ['milliseconds', 'Time [ms],a,b\n0,1,3\n1000,2,4\n'],
    ['comments', '# made by hand\ntime,a,b\n# half way\n0,1,3\n1,2,4\n'],
    ['milliseconds by another name', 'timestamp_ms,a,b\n0,1,3\n1000,2,4\n'],
    ['microseconds', 'time (us),a,b\n0,1,3\n1000000,2,4\n'],
    ['trailing commas', 'time,a,b,,\n0,1,3,,\n1,2,4,,\n,,,,\n'],
    ['an OpenSim header', 'x,,\ninDegrees=yes,,\nendheader,,\ntime,a,b\n0,1,3\n1,2,4\n'],
  ])('may have %s', (_, text) => {
    expect(columns(read(text, 'a.csv'))).toEqual(THREE);
  });

  it.each([';', '\t'])('may write decimals with a comma between %j', (delimiter) => {
    const text = 'time;a;b\n0,5;-1,25;3\n1,0;2,5e1;4,0\n'.replaceAll(';', delimiter);
    expect(columns(read(text, 'a.csv'))).toEqual({ time: [0.5, 1], a: [-1.25, 25], b: [3, 4] });
  });

  it('may write decimals with a comma between blanks', () => {
    expect(columns(read('time\ta\tb\n0,5 1,5 3\n1,0 2,5 4\n', 'a.csv'))).toEqual({
      time: [0.5, 1],
      a: [1.5, 2.5],
      b: [3, 4],
    });
    expect(columns(read('1,5 2,25\n3,5 4,0\n', 'a.csv', 1))).toMatchObject({
      col0: [1.5, 3.5],
      col1: [2.25, 4],
    });
  });

  it.each([
    ['of everything', '"time","a","b"\n"0,5","-1,25","3"\n"1,0","2,5e1","4,0"\n'],
    ['where there is a comma', 'time,a,b\n"0,5","-1,25",3\n1,25,"4,0"\n'],
    ['of three digits that are no thousands', 'time,a,b\n"0,500","-1,250",3\n1,"25,000",4\n'],
  ])('may write decimals with a comma between commas in quotes: %s', (_, text) => {
    expect(columns(read(text, 'a.csv'))).toEqual({ time: [0.5, 1], a: [-1.25, 25], b: [3, 4] });
  });

  it('without a header may write decimals with a comma between commas in quotes', () => {
    expect(columns(read('"1,5","2,25"\n"3,5","4,0"\n', 'a.csv', 1))).toMatchObject({
      col0: [1.5, 3.5],
      col1: [2.25, 4],
    });
  });

  it.each([
    ['that may set thousands apart', 'time,a\n0,"1,234"\n1,"5,678"\n', 2],
    ['beside a point', 'time,a\n0,"1,5"\n1,"5.25"\n', 2],
    ['that sets thousands apart before a point', 'time,a\n0,1\n1,"1,234.5"\n', 3],
    ['twice in a number', 'time,a\n0,"1,5"\n1,"1,234,567"\n', 2],
  ])('is refused with a comma in quotes %s', (_, text, line) => {
    const refused = failure(text, 'a.csv');
    expect([refused.code, refused.line]).toEqual(['recording_malformed', line]);
    expect(refused.message).toContain('decimal point');
    expect(refused.message).toContain('semicolons');
  });

  it('of any numbers in quotes with decimal commas is read as with points', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => Number(number.toFixed(4)));
    const table = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(table, (rows) => {
        const quoted = [...rows, [0.25, 1]].map((row) =>
          row.map((each) => `"${String(each).replace('.', ',')}"`),
        );
        const text = ['a,b', ...quoted.map((row) => row.join(','))].join('\n');
        const { a, b } = columns(read(text, 'a.csv', 1));
        expect([a, b]).toEqual([
          [...rows.map(([first]) => first + 0), 0.25],
          [...rows.map(([, second]) => second + 0), 1],
        ]);
      }),
    );
  });

  it.each([
    ['time,3" pad,b', ['3" pad', 'b']],
    ['time,a"b,c"d', ['a"b', 'c"d']],
    ['time,"a, b",c', ['a, b', 'c']],
    ['time, "a"",b" ,c', ['a",b', 'c']],
    ['time,"a,b', ['"a', 'b']],
    ['time;3" pad;"b;c"', ['3" pad', 'b;c']],
    ['time\t3" pad\tb', ['3" pad', 'b']],
    ['time,5"', ['5"']],
  ])('reads quotes in labels: %s', (line, names) => {
    const delimiter = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
    const row = [0, ...names.map((_, i) => i + 1)].join(delimiter);
    expect(read(`${line}\n${row}\n`, 'a.csv').channels.map(({ name }) => name)).toEqual(names);
  });

  it('notes time steps that look like milliseconds, and changes none', () => {
    const recording = read('time,a\n0,1\n10,2\n20,3\n', 'a.csv');
    expect([...recording.time]).toEqual([0, 10, 20]);
    expect(recording.notes).toEqual([
      'time steps of 10 look like milliseconds, read as seconds: label the column time_ms if they are',
    ]);
    expect(read('time (s),a\n0,1\n10,2\n20,3\n', 'a.csv').notes).toEqual([]);
  });

  it('leaves out velocities and accelerations that stand beside their channel', () => {
    const recording = read('time,a,a_vel,a_acc,b_vel\n0,1,2,3,4\n1,2,3,4,5\n', 'a.csv');
    expect(recording.channels.map(({ name }) => name)).toEqual(['a', 'b_vel']);
    expect(recording.notes).toEqual(['left out, computed anew: a_vel, a_acc']);
  });

  it('of numbers only is sampled at the stated rate, else at 30 Hz', () => {
    expect(columns(read('1,2\n3,4\n', 'a.csv', 10))).toEqual({ time: [0, 0.1], col0: [1, 3], col1: [2, 4] });
    expect(read('1,2\n3,4\n', 'a.csv')).toMatchObject({ assumedRate_hz: 30, unitSource: 'assumed' });
  });

  it('with labels but without time is sampled at the stated rate, else at 30 Hz', () => {
    expect(columns(read('a,b\n1,2\n3,4\n', 'a.csv', 2))).toEqual({ time: [0, 0.5], a: [1, 3], b: [2, 4] });
    expect(columns(read('a,b\n1,2\n3,4\n', 'a.csv'))).toEqual({ time: [0, 1 / 30], a: [1, 3], b: [2, 4] });
  });

  it('may call time by other names, or by its unit', () => {
    for (const label of ['Zeit', 'elapsed time', 'seconds', 'Timestamp (s)'])
      expect(columns(read(`${label},a\n0.5,1\n1,3\n`, 'a.csv'))).toEqual({ time: [0.5, 1], a: [1, 3] });
    expect(columns(read('ms,a\n500,1\n1000,3\n', 'a.csv'))).toEqual({ time: [0.5, 1], a: [1, 3] });
  });

  it('has time in a first column that rises as evenly as only a clock does, with a note', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${(2 + i / 59.94).toFixed(3)},${i % 7}`).join('\n');
    for (const [labels, name] of [
      ['', 'col0'],
      ['clock,knee\n', 'clock'],
    ]) {
      const recording = read(`${labels}${rows}\n`, 'a.csv');
      expect(recording.time[39]).toBeCloseTo(2 + 39 / 59.94, 3);
      expect(recording.channels.length).toBe(1);
      expect(recording.assumedRate_hz).toBeNull();
      expect(recording.notes).toEqual([
        `first column read as time, because it rises evenly: ${name}; state a rate if it is none`,
      ]);
    }
    const stated = read(`${rows}\n`, 'a.csv', 100);
    expect(stated.channels.length).toBe(2);
    expect(stated.time[1]).toBe(0.01);
  });

  it('has no time in columns that count, stand still or turn round', () => {
    const rows = (cell: (i: number) => number) =>
      Array.from({ length: 40 }, (_, i) => `${cell(i)},${i % 7}`).join('\n');
    for (const cell of [
      (i: number) => i,
      () => 3,
      (i: number) => Math.sin(i / 10),
      (i: number) => i * i * 0.001,
    ])
      expect(read(`${rows(cell)}\n`, 'a.csv').assumedRate_hz).toBe(30);
    const counted = read(`Frame,knee\n${rows((i) => i + 1)}\n`, 'a.csv');
    expect(counted.channels.map(({ name }) => name)).toEqual(['knee']);
    expect(counted.notes).toEqual(['left out, counts the rows: Frame']);
  });

  it('of numbers only keeps the time of a row of missing values', () => {
    expect(columns(read('1,2\n,\n3,4\n', 'a.csv', 1))).toEqual({
      time: [0, 1, 2],
      col0: [1, Number.NaN, 3],
      col1: [2, Number.NaN, 4],
    });
  });

  it('may state radians in a comment', () => {
    expect(read('# inDegrees=no\ntime,a\n0,1\n', 'a.csv').inDegrees).toBe(false);
  });
});

const TRC_HEAD = 'PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tNumFrames\tNumMarkers\tUnits\n';

describe('a TRC file', () => {
  const trc = (units: string, body: string) => read(`${TRC_HEAD}100\t2\t2\t${units}\n${body}`, 'a.trc');
  const rows = '1\t0\t1\t2\t3\t4\t5\t6\n2\t0.01\t1.5\t\t3\tnan\t5\t6\n';

  it.each([
    ['two tabs between names', 'Frame#\tTime\t\tP\t\tQ\n\t\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n'],
    ['three tabs between names', 'Frame#\tTime\tP\t\t\tQ\t\t\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\t\t\n'],
    ['no line of axes', 'Frame#\tTime\tP\t\t\tQ\n'],
  ])('may have %s', (_, head) => {
    const recording = trc('mm', head + rows);
    expect(columns(recording)).toEqual({
      time: [0, 0.01],
      P_tx: [0.001, Number.NaN],
      P_ty: [0.002, Number.NaN],
      P_tz: [0.003, Number.NaN],
      Q_tx: [0.004, Number.NaN],
      Q_ty: [0.005, Number.NaN],
      Q_tz: [0.006, Number.NaN],
    });
    expect(recording).toMatchObject({
      format: 'trc',
      unitSource: 'format',
      header: { DataRate: 100, NumFrames: 2, NumMarkers: 2, Units: 'mm' },
      notes: [],
    });
  });

  it.each([
    ['m', 1],
    ['cm', 0.01],
    ['meters', 1],
  ])('may be in %s', (unit, scale) => {
    expect(trc(unit, `Frame#\tTime\tP\t\t\tQ\n${rows}`).channels[1]!.values[0]).toBe(2 * scale);
  });

  it.each([
    ['no first line', 'Frame#\tTime\tP\n1\t0\t1\t2\t3\n', 1],
    ['no markers', `${TRC_HEAD}1\t1\t1\tmm\nFrame#\tTime\n1\t0\n`, 4],
    ['a row too short', `${TRC_HEAD}1\t1\t1\tmm\nFrame#\tTime\tP\n\tX1\n\n1\t0\t1\t2\n2\t0\t1\t2\t3\n`, 7],
    ['a marker twice', `${TRC_HEAD}1\t1\t1\tmm\nFrame#\tTime\tP\t\t\tP\n\tX1\n`, 4],
    ['a cut header', `${TRC_HEAD}1\t1\t1\tmm\n`, 3],
  ])('with %s is refused with its line', (_, text, line) => {
    expect(failure(text, 'a.trc').line).toBe(line);
  });

  describe('whose rows end before the last markers', () => {
    const head = 'Frame#\tTime\tP\t\t\tQ\t\t\tR\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\n';
    const whole = '1\t0\t1\t2\t3\t4\t5\t6\t7\t8\t9\n';

    it.each([
      ['behind a marker', '2\t0.01\t1\t2\t3\n'],
      ['behind some of the tabs', '2\t0.01\t1\t2\t3\t\t\n'],
      ['behind a missing coordinate', '2\t0.01\t1\t2\t3\t4\t5\tnan\n'],
      ['with the line of a Windows program', '2\t0.01\t1\t2\t3\r\n'],
    ])('%s has them missing there, and says so', (_, short) => {
      const { time, channels, notes } = trc(
        'm',
        `${head}${whole}${short}3${whole.slice(1).replace('0', '0.02')}`,
      );
      expect(Array.from(time)).toEqual([0, 0.01, 0.02]);
      const values = Object.fromEntries(
        channels.map((channel) => [channel.name, Array.from(channel.values)]),
      );
      expect(values).toMatchObject({
        P_tz: [3, 3, 3],
        Q_tx: [4, Number.NaN, 4],
        R_tx: [7, Number.NaN, 7],
        R_tz: [9, Number.NaN, 9],
      });
      expect(notes).toContain('1 row ends before the last marker: the rest is missing');
    });

    it('has no marker in a row of frame and time', () => {
      const { channels } = trc('m', `${head}${whole}2\t0.01\n3\t0.02\n`);
      expect(channels.every(({ values }) => Number.isNaN(values[1]) && Number.isNaN(values[2]))).toBe(true);
    });

    it.each([
      ['inside a marker', `${whole}2\t0.01\t1\t2\t3\t4\n${whole}`, 'recording_ragged', 7],
      ['with the file', `${whole}2\t0.01\t1\t2\t3`, 'recording_truncated', 7],
      ['in nearly every row', whole + '2\t3\n'.repeat(400), 'recording_ragged', undefined],
    ])('%s is refused', (_, body, code, line) => {
      const refused = failure(`${TRC_HEAD}100\t2\t3\tm\n${head}${body}`, 'a.trc');
      expect(refused.code).toBe(code);
      if (line !== undefined) expect(refused.line).toBe(line);
    });

    it('is refused where a row has more values than there are markers', () => {
      const refused = failure(
        `${TRC_HEAD}100\t2\t3\tm\n${head}${whole}2\t0.01\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n`,
        'a.trc',
      );
      expect([refused.code, refused.line]).toEqual(['recording_ragged', 7]);
    });
  });
});

describe('a CSV file of trajectories', () => {
  const head = 'Trajectories\n100\n,,P,,,Q,,\nFrame,Sub Frame,X,Y,Z,X,Y,Z\n,,mm,mm,mm,mm,mm,mm\n';

  it('is read, its frames as time', () => {
    const recording = read(`${head}5,0,1,2,3,4,5,6\n6,0,1,2,3,,,\n8,0,1,2,3,4,5,6\n`, 'a.csv');
    expect(columns(recording)).toMatchObject({
      time: [0, 0.01, 0.03],
      P_tx: [0.001, 0.001, 0.001],
      Q_tz: [0.006, Number.NaN, 0.006],
    });
    expect(recording.header).toEqual({ rate: 100, units: 'mm' });
  });

  it('may have other sections and columns, which are named', () => {
    const wide = head.replace(',Z\n,,', ",Z,X'\n,,").replace('Q,,', 'Q,,,Q');
    const text = `Devices\n1000\nFrame,Fx\n1,2\n\n${wide}1,0,1,2,3,4,5,6,7\n\nJoints\n100\n`;
    const recording = read(text, 'a.csv');
    expect(recording.channels.length).toBe(6);
    expect(recording.notes).toEqual([
      'sections not read: Devices, Joints',
      "columns not read: Q X' (column 9)",
    ]);
  });

  it.each([
    ['no rate', head.replace('100', 'fast'), 2],
    ['no frames', head.replace('Frame,', 'A,'), 4],
    ['a cut head', 'Trajectories\n100\n', 1],
    ['a row too short', `${head}1,0,1,2,3,4,5,6\n2,0,1\n3,0,1,2,3,4,5,6\n`, 7],
    ['no trajectories', 'Devices\n1000\nFrame,Fx\n1,2\n', 1],
  ])('with %s is refused with its line', (_, text, line) => {
    expect(failure(text, 'a.csv').line).toBe(line);
  });
});

describe('a file that is no recording', () => {
  it.each([
    ['nothing', '', 'recording_empty', undefined],
    ['blank lines', ' \n\r\n\t', 'recording_empty', undefined],
    ['HTML', '<!doctype html><html>', 'recording_format_mismatch', undefined],
    ['JSON', '{"time": [0]}', 'recording_format_mismatch', undefined],
    ['a zip archive', 'PK\x03\x04abc', 'recording_format_mismatch', undefined],
    ['C3D', '\x02PABC\0\0', 'recording_format_mismatch', undefined],
    ['TRC', 'PathFileType\t4\t(X/Y/Z)\ta.trc\n', 'recording_format_mismatch', undefined],
    ['NUL bytes', `${HEAD}time\ta\n0\t1\n\0`, 'recording_binary', undefined],
    ['control characters', '\x05\x06\x07\x08abc\x01\x02', 'recording_binary', undefined],
    ['no end of header', 'x\ninDegrees=yes\ntime\ta\n0\t1\n', 'recording_malformed', undefined],
    ['no labels', `${HEAD}`, 'recording_malformed', undefined],
    ['numbers for labels', `${HEAD}0\t1\n1\t2\n`, 'recording_malformed', 4],
    ['no time', `${HEAD}a\tb\n0\t1\n`, 'recording_malformed', 4],
    ['nothing beside time', `${HEAD}time\n0\n`, 'recording_no_data', 4],
    ['a label twice', `${HEAD}time\ta\ta\n0\t1\t2\n`, 'recording_malformed', 4],
    ['a column without label', `${HEAD}time\t\ta\n0\t1\t2\n`, 'recording_malformed', 4],
    ['no rows', `${HEAD}time\ta\n\n`, 'recording_no_data', undefined],
    ['a row too short', `${HEAD}time\ta\tb\n0\t1\t2\n1\t2\n2\t3\t4\n`, 'recording_ragged', 6],
    ['a row too long', `${HEAD}time\ta\n0\t1\n1\t2\t3\n`, 'recording_ragged', 6],
    ['a cut last row', `${HEAD}time\ta\tb\n0\t1\t2\n1\t2`, 'recording_truncated', 6],
    ['a cut last number', `${HEAD}time\ta\tb\n0\t1\t2\n1\t2\t-`, 'recording_truncated', 6],
    ['text for a number', `${HEAD}time\ta\n0\t1\n1\tabc\n`, 'recording_malformed', 6],
    ['text behind a number', `${HEAD}time\ta\n0\t1\n1\t2x\n`, 'recording_malformed', 6],
    ['two decimal marks', `${HEAD}time\ta\n0\t1.2.3\n`, 'recording_malformed', 5],
  ])('holds %s', (_, text, code, line) => {
    const { code: actual, line: at } = failure(text);
    expect(actual).toBe(code);
    if (line !== undefined) expect(at).toBe(line);
  });

  it('names the line and the column of a text among numbers', () => {
    expect(failure(`${HEAD}time\tknee\n0\t1\n1\tabc\n`).message).toBe(
      'line 6: column "knee" holds "abc", not a number: write numbers alone, and nan for a missing one',
    );
  });

  it('has another ending', () => {
    expect(failure('time,a\n0,1\n', 'a.txt').code).toBe('recording_format_mismatch');
    expect(columns(read('time,a\n0,1\n', 'A.CSV.gz'))).toEqual({ time: [0], a: [1] });
  });

  it('is larger than the limits', () => {
    const labels = Array.from({ length: 2001 }, (_, i) => `c${i}`).join('\t');
    expect(failure(`${HEAD}time\t${labels}\n0\n`).code).toBe('recording_too_long');
    const wide = Array.from({ length: 1900 }, (_, i) => `c${i}`).join('\t');
    const huge = `${HEAD}time\t${wide}\n${'\t\n'.repeat(11_000)}${' '.repeat(21_000_000)}`;
    expect(failure(huge)).toMatchObject({ code: 'recording_too_long' });
  });
});

const NEXUS_HEAD = 'Trajectories\n100\n,,P\nFrame,Sub Frame,X,Y,Z\n,,mm,mm,mm\n';

describe('a hostile file', () => {
  const million = 1_000_000;

  it.each([
    ['one endless line of numbers', '1,'.repeat(5 * million)],
    ['one endless line of text', `time,${'a'.repeat(5 * million)}`],
    ['header lines of delimiters', `${`${','.repeat(60_000)}x\n`.repeat(200)}endheader\ntime,a\n0,1\n`],
    ['a comment of delimiters', `#${','.repeat(900_000)}x\ntime,a\n0,1\n`],
    ['a label of blanks', `t${' '.repeat(900_000)}x,a\n0,1\n`],
    ['a number of a million digits', `time,a\n0,${'1'.repeat(million)}\n`],
    ['a cell of quotes', `time,a\n0,${'"'.repeat(million)}\n`],
    ['a million blank lines', `time,a\n${'\n'.repeat(million)}0,1\n`],
    ['a million comments', `${'#\n'.repeat(million)}time,a\n0,1\n`],
    ['rows of delimiters', `time,a,b,c\n${',,,\n'.repeat(million)}`],
    ['rows of one value', '1\n'.repeat(million)],
    ['rows of one value, CR alone', `time,a\r${'1,\r'.repeat(million)}`],
    ['a label of half a million quotes', `time,${'"a,'.repeat(330_000)}\n1\n`],
    ['a million cells', `${','.repeat(999_000)}a\n1\n`],
    ['rows of a frame number', `${NEXUS_HEAD}${'1,,,,\n'.repeat(million)}`, 'a.csv'],
    ['a million sections', `${'Devices\n'.repeat(million)}${NEXUS_HEAD}1,,,,\n`, 'a.csv'],
    ['rows without time', `${TRC_HEAD}\nFrame#\tTime\tP\nX1\n\n${'1\t\t\t\t\n'.repeat(million)}`, 'a.trc'],
    [
      'a quarter of a million markers',
      `${TRC_HEAD}\nFrame#\tTime${'\tP\t\t'.repeat(240_000)}\nX1\n`,
      'a.trc',
    ],
  ])('of %s is read or refused at once', (_, text, fileName = 'a.csv') => {
    const bytes = bytesOf(text);
    const start = process.cpuUsage();
    const before = process.memoryUsage().arrayBuffers;
    try {
      readRecording(bytes, { fileName });
    } catch (error) {
      expect(error).toBeInstanceOf(RecordingError);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * bytes.length + 1_000_000);
    // Of this process, however busy the machine is.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(3000);
  });
});

describe('reading any bytes', () => {
  const survives = (bytes: Uint8Array, fileName: string) => {
    try {
      const { time, channels } = readRecording(bytes, { fileName });
      expect(channels.every(({ values }) => values.length === time.length)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(RecordingError);
    }
  };
  const fileNames = fc.constantFrom('a.mot', 'a.sto', 'a.csv');

  it('gives a recording or a RecordingError for noise', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fileNames, survives), { numRuns: 500 });
  });

  it('gives a recording or a RecordingError for noise made of what files are made of', () => {
    const piece = fc.constantFrom(
      'time',
      'a',
      'endheader',
      '\n',
      '\t',
      ',',
      ';',
      ' ',
      '"',
      '#',
      '-',
      '.',
      '1',
      '2.5',
      'e',
      'nan',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fileNames, (pieces, fileName) =>
        survives(bytesOf(pieces.join('')), fileName),
      ),
      { numRuns: 3000 },
    );
  });

  it('gives a recording or a RecordingError for damaged files', () => {
    const whole = bytesOf(
      storageText(
        ['time', 'a', 'b'],
        Array.from({ length: 8 }, (_, i) => [i / 10, i * 1.5, -i]),
      ),
    );
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), fileNames, (changes, length, fileName) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        survives(bytes, fileName);
        survives(whole.slice(0, length), fileName);
      }),
      { numRuns: 2000 },
    );
  });

  it.skipIf(!hasReferenceData)('names the ending that a file of another format should have', () => {
    expect(failure(readReferenceBytes('csv/markers_nexus.csv'), 'a.mot').message).toContain('.csv');
    expect(failure(readReferenceBytes('c3d/Eb015pr.c3d'), 'a.mot').message).toContain('.c3d');
    expect(failure(readReferenceBytes('trc/walking_01.trc'), 'a.csv').message).toContain('.trc');
    for (const file of ['csv/markers_nexus.csv', 'trc/walking_01.trc', 'ik/squats_deg.mot'])
      expect(failure(readReferenceBytes(file), 'a.c3d').code).toBe('recording_format_mismatch');
  });

  it('gives back every number that was written', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 }), (rows) => {
        const { time, channels } = read(
          storageText(
            ['time', 'a'],
            rows.map((row) => [...row]),
          ),
        );
        expect([...time]).toEqual(rows.map(([t]) => Number(String(t))));
        expect([...channels[0]!.values]).toEqual(rows.map(([, a]) => Number(String(a))));
      }),
    );
  });
});
