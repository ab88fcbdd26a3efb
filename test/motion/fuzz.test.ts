import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordingError } from '../../src/motion/errors.ts';
import { readRecording } from '../../src/motion/read.ts';
import { c3dBytes } from './c3d-bytes.ts';
import { bytesOf, storageText } from './recordings.ts';
import { hasReferenceData, readReferenceBytes } from './reference-data.ts';

/** Mutations per format; the last tenth of them on files as they are, the others on their first lines or frames. */
const RUNS = 10_000;
const WHOLE_RUNS = RUNS / 10;

/** A reader may take this many times the bytes of its input, and these for itself. */
const MEMORY_TIMES = 10;
const MEMORY_OWN = 2_000_000;
const SLOWEST_MS = 1000;

interface Seed {
  name: string;
  bytes: Uint8Array;
}

const rows = Array.from({ length: 12 }, (_, i) => [i / 10, i * 1.5, -i, i / 7]);
const made = {
  mot: [
    { name: 'a.mot', bytes: bytesOf(storageText(['time', 'knee_angle_r', 'pelvis_tx', 'a_moment'], rows)) },
  ],
  csv: [
    {
      name: 'a.csv',
      bytes: bytesOf(`time,a,"b, c",a_vel\n${rows.map((row) => row.join(',')).join('\n')}\n`),
    },
    { name: 'b.csv', bytes: bytesOf(rows.map((row) => row.join(';').replaceAll('.', ',')).join('\r\n')) },
    {
      name: 'nexus.csv',
      bytes: bytesOf(
        `Trajectories\n100\n,,P,,,Q,,\nFrame,Sub Frame,X,Y,Z,X,Y,Z\n,,mm,mm,mm,mm,mm,mm\n${rows
          .map(([t, x, y, z], i) => `${i + 1},0,${x},${y},${z},,,${t}`)
          .join('\n')}\n\nDevices\n1000\n`,
      ),
    },
  ],
  trc: [
    {
      name: 'a.trc',
      bytes: bytesOf(
        `PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tNumFrames\tNumMarkers\tUnits\n10\t12\t1\tmm\nFrame#\tTime\tP\t\t\n\t\tX1\tY1\tZ1\n\n${rows
          .map((row, i) => [i + 1, ...row].join('\t'))
          .join('\n')}\n`,
      ),
    },
  ],
  c3d: (['Intel', 'DEC', 'MIPS'] as const).map((processor, i) => ({
    name: `${processor}.c3d`,
    bytes: c3dBytes({
      processor,
      storage: i === 1 ? 'integer' : 'float',
      labels: ['P', 'Angle', 'single'],
      points: [0, 1, 2].map((point) => rows.map(([t, x, y]) => [t! + point, x!, y!])),
      parameters: {
        'POINT:ANGLES': { text: ['Angle', 'single'] },
        'POINT:ANGLE_UNITS': { text: ['deg'] },
        'KINEBASE:SINGLE': { text: ['single'] },
      },
      analogPerFrame: 4,
      groupsLast: i === 2,
    }),
  })),
} satisfies Record<string, Seed[]>;

const REAL: Record<keyof typeof made, string[]> = {
  mot: ['ik/crouch_gait_tabs.mot', 'ik/box_lifting_commas.mot', 'ik/gait10dof_crlf.mot'],
  csv: ['csv/markers_nexus.csv', 'csv/opencap_treadmill_walking.csv', 'csv/uiprmd_m01_angles.csv'],
  trc: ['trc/walking_01.trc', 'trc/walking5_nan.trc', 'trc/walking_crlf.trc', 'trc/box_4markers.trc'],
  c3d: ['c3d/Eb015pr.c3d', 'c3d/Eb015si.c3d', 'c3d/Eb015vi.c3d', 'c3d/gait-pig.c3d'],
};

const realSeeds = (format: keyof typeof made): Seed[] =>
  hasReferenceData ? REAL[format].map((name) => ({ name, bytes: readReferenceBytes(name) })) : [];

/** The first rows of a text, the parameters and first frames of a C3D file. */
function shortened({ name, bytes }: Seed): Seed {
  if (name.endsWith('.c3d')) {
    const dataBlock = name.endsWith('si.c3d') ? bytes[17]! : bytes[16]!;
    return { name, bytes: bytes.slice(0, Math.min(bytes.length, (dataBlock + 7) * 512)) };
  }
  let end = 0;
  for (let line = 0; line < 18; line += 1) end = bytes.indexOf(10, end) + 1 || bytes.length;
  return { name, bytes: bytes.slice(0, end) };
}

type Mutation = (bytes: Uint8Array) => Uint8Array;

/** Places are shares of the file, so that one mutation fits every seed; half of them lie towards its head. */
const share = fc.noBias(fc.nat(1_000_000)).map((millionths) => millionths / 1_000_000);
const place = fc.oneof(
  share,
  share.map((anywhere) => anywhere ** 3),
);
const at = (bytes: Uint8Array, share: number) => Math.min(bytes.length, Math.floor(share * bytes.length));
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const spliced = (bytes: Uint8Array, from: number, to: number, put: Uint8Array): Uint8Array => {
  const result = new Uint8Array(from + put.length + bytes.length - to);
  result.set(bytes.subarray(0, from));
  result.set(put, from);
  result.set(bytes.subarray(to), from + put.length);
  return result;
};
const piece = fc.constantFrom(
  ...[
    '\n',
    '\r',
    '\t',
    ',',
    ';',
    '"',
    ' ',
    '#',
    '-',
    '.',
    '1e999',
    '-9',
    '65535',
    '0',
    'nan',
    'time',
    'endheader',
    'X',
  ].map(bytesOf),
  Uint8Array.of(0),
  Uint8Array.of(0xff, 0xff),
  joined(...Array(50).fill(bytesOf(','))),
  joined(...Array(50).fill(bytesOf('"'))),
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(
    ([share, byte]): Mutation =>
      (bytes) => {
        const from = Math.min(at(bytes, share), Math.max(0, bytes.length - 1));
        return spliced(bytes, from, Math.min(bytes.length, from + 1), Uint8Array.of(byte));
      },
  ),
  // The head of a binary file: numbers that say where everything is.
  fc.tuple(fc.noBias(fc.nat(1100)), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xff)).map(
    ([from, byte]): Mutation =>
      (bytes) =>
        from < bytes.length ? spliced(bytes, from, from + 1, Uint8Array.of(byte)) : bytes,
  ),
  place.map(
    (share): Mutation =>
      (bytes) =>
        bytes.slice(0, at(bytes, share)),
  ),
  fc.tuple(place, piece).map(
    ([share, put]): Mutation =>
      (bytes) =>
        spliced(bytes, at(bytes, share), at(bytes, share), put),
  ),
  fc.tuple(place, fc.nat(600)).map(
    ([share, length]): Mutation =>
      (bytes) => {
        const from = at(bytes, share);
        return spliced(bytes, from, Math.min(bytes.length, from + length), new Uint8Array(0));
      },
  ),
  fc.tuple(place, place, fc.nat(600)).map(
    ([source, target, length]): Mutation =>
      (bytes) => {
        const from = at(bytes, source);
        return spliced(bytes, at(bytes, target), at(bytes, target), bytes.slice(from, from + length));
      },
  ),
  // Another number in the place of one.
  fc.tuple(place, fc.constantFrom('0', '-1', '99999', '1e400', '0.5', 'x')).map(
    ([share, number]): Mutation =>
      (bytes) => {
        let from = at(bytes, share);
        while (from < bytes.length && !isDigit(bytes[from]!)) from += 1;
        let to = from;
        while (to < bytes.length && isDigit(bytes[to]!)) to += 1;
        return spliced(bytes, from, to, bytesOf(number));
      },
  ),
  // Two lines swapped.
  fc.tuple(place, place).map(
    ([one, other]): Mutation =>
      (bytes) => {
        const [first, second] = [
          lineAt(bytes, at(bytes, Math.min(one, other))),
          lineAt(bytes, at(bytes, Math.max(one, other))),
        ];
        if (first.to > second.from) return bytes;
        const [a, b] = [bytes.slice(first.from, first.to), bytes.slice(second.from, second.to)];
        return spliced(spliced(bytes, second.from, second.to, a), first.from, first.to, b);
      },
  ),
);

const isDigit = (byte: number) => byte >= 48 && byte <= 57;

function lineAt(bytes: Uint8Array, offset: number): { from: number; to: number } {
  const from = offset === 0 ? 0 : bytes.lastIndexOf(10, offset - 1) + 1;
  const end = bytes.indexOf(10, offset);
  return { from, to: end === -1 ? bytes.length : end + 1 };
}

/** Faults of the file as a whole have no place. */
const PLACELESS = new Set([
  'recording_empty',
  'recording_no_data',
  'recording_format_mismatch',
  'recording_too_long',
]);

function survives(bytes: Uint8Array, fileName: string): void {
  const before = process.memoryUsage().arrayBuffers;
  const start = process.cpuUsage();
  try {
    const { time, channels } = readRecording(bytes, { fileName });
    for (const { values } of channels)
      if (values.length !== time.length) expect.fail('channels of unlike lengths');
    const taken = process.memoryUsage().arrayBuffers - before;
    if (taken > MEMORY_TIMES * bytes.length + MEMORY_OWN)
      expect.fail(`${taken} bytes taken for a file of ${bytes.length}`);
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    if (error.line === undefined && error.offset === undefined && !PLACELESS.has(error.code))
      expect(error.message).toMatch(/^the file is binary, not text: /);
    // What is wrong, and behind a colon what to change.
    expect(error.message.replace(/^(line|byte) \d+: /, '')).toMatch(/\S: [a-z]/);
    if (error.message.length > 700) expect.fail(`a message of ${error.message.length} characters`);
  }
  // Of this process, however busy the machine is.
  const took_ms = process.cpuUsage(start).user / 1000;
  if (took_ms > SLOWEST_MS) expect.fail(`${fileName}: ${took_ms} ms`);
}

describe.each(Object.keys(made) as (keyof typeof made)[])('a damaged .%s file', (format) => {
  const whole: Seed[] = [...realSeeds(format), ...made[format]];
  const short = [...realSeeds(format).map(shortened), ...made[format]];

  const check = (seeds: Seed[], numRuns: number, seed: number) =>
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        ({ name, bytes }, mutations) =>
          survives(
            mutations.reduce((damaged, mutate) => mutate(damaged), bytes),
            name,
          ),
      ),
      { numRuns, seed },
    );

  it('is read or refused with the place of the fault, in bounded time and memory', () => {
    check(short, RUNS - WHOLE_RUNS, 20_250_101);
  });

  it('of full length is read or refused with the place of the fault', () => {
    check(whole, WHOLE_RUNS, 7);
  });
});
