// From the bytes of a file to its columns, to its report, and what that takes of memory.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findExercise } from '../dist/motion/exercises/index.js';
import { processRecording } from '../dist/motion/process.js';
import { readRecording } from '../dist/motion/read.js';
import { computeReport } from '../dist/motion/report.js';
import { installReaders } from './lib/peers.mjs';
import { EXERCISE, padded, tenMinutes } from './lib/recording.mjs';
import { median } from './lib/results.mjs';

const PEAK = fileURLToPath(new URL('./lib/peak.mjs', import.meta.url));

export async function answer({ rounds }) {
  const bytes = tenMinutes({ rate_hz: 100 });
  const reading = await compareReading(bytes, rounds);
  const reporting = timeReports(bytes, rounds);
  const memory = measureMemory();
  return {
    rows: [...reading.rows, ...reporting.rows, ...memory.rows],
    notes: [...reading.notes, ...reporting.notes, ...memory.notes],
  };
}

async function compareReading(bytes, rounds) {
  const { readers: peers, remove } = await installReaders();
  try {
    // The same rows under a line of labels: they read no header of storage files.
    const table = bytes.subarray(bytes.indexOf('endheader') + 'endheader\n'.length);
    const ours = { name: 'ours', read: () => columnsOf(readRecording(bytes, { fileName: 'a.mot' })) };
    const readers = [ours, ...peers];
    const expected = ours.read();
    const speeds = new Map(readers.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const { name, read } of readers) {
        const started = performance.now();
        const columns = read(table);
        const speed_MBps = table.length / 1e3 / (performance.now() - started);
        // The first round compiles, and shows that all of them read the same numbers.
        if (round > 0) speeds.get(name).push(speed_MBps);
        else requireEqual(columns, expected, name);
      }
    }
    const speed = (name) => median(speeds.get(name));
    return {
      rows: [
        {
          what: `.mot to columns of doubles (${(bytes.length / 1e6).toFixed(0)} MB)`,
          value: `${speed('ours').toFixed(0)} MB/s`,
          figure: '≥ 100 MB/s',
          met: speed('ours') >= 100,
        },
      ],
      notes: [
        `The same rows in the same rounds: ${peers.map(({ name }) => `${name} ${speed(name).toFixed(0)} MB/s, ${(speed('ours') / speed(name)).toFixed(1)} times as long`).join('; ')}. Medians of ${rounds}.`,
      ],
    };
  } finally {
    remove();
  }
}

const columnsOf = ({ time, channels }) => [time, ...channels.map(({ values }) => values)];

function requireEqual(columns, expected, name) {
  const same =
    columns.length === expected.length &&
    columns.every((values, i) => Buffer.compare(view(values), view(expected[i])) === 0);
  if (!same) throw new Error(`${name} reads other numbers`);
}

// Zeros may have a sign in one and none in the other.
const view = (values) => Buffer.from(values.map((value) => value + 0).buffer);

function timeReports(bytes, rounds) {
  const exercise = findExercise(EXERCISE);
  const parts = { read: [], process: [], report: [], whole: [] };
  let samples = 0;
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now();
    const recording = readRecording(bytes, { fileName: 'a.mot' });
    const read = performance.now();
    const series = processRecording(recording);
    const processed = performance.now();
    const report = computeReport(series, exercise);
    const reported = performance.now();
    if (report.repetitions.length === 0) throw new Error('a report without repetitions');
    samples = recording.time.length * recording.channels.length;
    if (round === 0) continue;
    parts.read.push(read - started);
    parts.process.push(processed - read);
    parts.report.push(reported - processed);
    parts.whole.push(reported - started);
  }
  const speed = samples / 1e3 / median(parts.whole);
  const ms = (part) => `${median(parts[part]).toFixed(0)} ms`;
  return {
    rows: [
      {
        what: 'read, process, report: 10 minutes, 100 Hz, 40 channels',
        value: `${speed.toFixed(1)} M samples/s`,
        figure: '≥ 3 M samples/s',
        met: speed >= 3,
      },
    ],
    notes: [
      `Of ${(samples / 1e6).toFixed(1)} million samples: reading ${ms('read')}, processing ${ms('process')}, report ${ms('report')}.`,
    ],
  };
}

/** Files of 40 to 80 minutes, so that the interpreter's own memory counts for little. */
function measureMemory() {
  const folder = mkdtempSync(join(tmpdir(), 'kinebase-memory-'));
  try {
    const cases = [
      ['columns padded as OpenSim writes them, 60 Hz', padded(tenMinutes({ seconds: 2400 }))],
      ['four decimals, nothing padded, 100 Hz', tenMinutes({ rate_hz: 100, seconds: 2400 })],
      ['four decimals, nothing padded, 60 Hz', tenMinutes({ seconds: 4000 })],
    ];
    const rows = cases.map(([what, bytes]) => {
      const file = join(folder, 'long.mot');
      writeFileSync(file, bytes);
      const grown = median([1, 2, 3].map(() => peakGrowth(file)));
      const multiple = grown / bytes.length;
      const perValue = bytes.length / valuesIn(bytes);
      return {
        what: `peak memory, ${what} (${(bytes.length / 1e6).toFixed(0)} MB, ${perValue.toFixed(1)} bytes a value)`,
        value: `${multiple.toFixed(1)} × the file`,
        figure: '≤ 4 ×',
        met: multiple <= 4,
      };
    });
    return {
      rows,
      notes: [
        'Memory: growth of the largest resident set of a process that reads the file, processes and reports it; the bytes of the file count among it. Columns are 8 bytes a value and series 8 a frame and channel (velocity and acceleration are computed as they are read), so the multiple depends on how many bytes the text spends on a value.',
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function peakGrowth(file) {
  return JSON.parse(execFileSync(process.execPath, [PEAK, file, EXERCISE], { encoding: 'utf8' })).grown;
}

function valuesIn(bytes) {
  const { time, channels } = readRecording(bytes, { fileName: 'a.mot' });
  return time.length * (channels.length + 1);
}
