import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { builtInDictionary } from '../../src/motion/joints.ts';
import { summarize } from '../../src/motion/report/summary.ts';
import { definitionInWords, noteInWords } from '../../src/web/session/report/inWords.ts';
import {
  decimal,
  exact,
  measured,
  range,
  seconds,
  signed,
  signedMeasured,
  trueMinus,
} from '../../src/web/ui/numbers.ts';

test('a number has one decimal and a true minus sign, and 0 has none', () => {
  expect([93, 92.96, -12.34, -0.04, 0].map((value) => decimal(value))).toEqual([
    '93.0',
    '93.0',
    '−12.3',
    '0.0',
    '0.0',
  ]);
  expect([4.2, -4.2, 0, -0.01].map((value) => signed(value))).toEqual(['+4.2', '−4.2', '0.0', '0.0']);
});

test('degrees stand at the number, everything else behind a space', () => {
  expect(measured(93, 'deg')).toBe('93.0°');
  expect(measured(-11.24, 'deg/s')).toBe('−11.2 °/s');
  expect(measured(11.24, 'deg/s²')).toBe('11.2 °/s²');
  expect(measured(11.24, 'deg/s^2')).toBe('11.2 °/s²');
  // A sign as well as the contract's name of it.
  expect([measured(93, '°'), measured(1, '°/s')]).toEqual(['93.0°', '1.0 °/s']);
  expect([measured(0.9312, 'm'), measured(-1, 'm/s'), measured(4, 'mV'), measured(4, '')]).toEqual([
    '0.931 m',
    '−1.000 m/s',
    '4.0 mV',
    '4.0',
  ]);
  expect([signedMeasured(2.31, 'deg'), signedMeasured(-2.31, 'deg/s')]).toEqual(['+2.3°', '−2.3 °/s']);
  expect([seconds(-1.5), seconds(2, 3)]).toEqual(['−1.50 s', '2.000 s']);
});

test('a range is written as it was set, without a dash that would read as a minus', () => {
  expect(range(80, 120, 'deg')).toBe('80 to 120°');
  expect(range(-20.5, -10, 'deg')).toBe('−20.5 to −10°');
  expect(range(0, 200, 'deg/s')).toBe('0 to 200 °/s');
  expect(exact(-0.25)).toBe('−0.25');
});

test('rounding brings no value onto the bound that it is judged by, or past it', () => {
  const judged = { apart: [80, 120] };
  expect([119.96, 120.04, 79.96, 120, 119.9, 120.0004].map((value) => decimal(value, judged))).toEqual([
    '119.96',
    '120.04',
    '79.96',
    '120.0',
    '119.9',
    '120.0004',
  ]);
  expect(decimal(-9.96, { apart: [-20, -10] })).toBe('−9.96');
  expect(measured(119.96, 'deg', judged)).toBe('119.96°');
  expect(decimal(119.96, { apart: [null, null] })).toBe('120.0');
  expect(signed(5.04, { apart: [5.02, -5.02] })).toBe('+5.04');
  expect(decimal(0.04, { apart: [0] })).toBe('0.04');
});

test('notes and definitions of a report name sides and numbers as the screen does', () => {
  const metric = { Channel: 'knee', Sign: 1, Reads: 'angle', RangeSource: null } as const;
  const metrics = (['L', 'R'] as const).map((Side) => ({ ...metric, Label: 'Knee Flex. (°)', Side }));
  expect(
    noteInWords('Knee Flex. (°) L reaches -3.2° only in some repetitions: not comparable', metrics),
  ).toBe('Knee Flex. (°), left, reaches −3.2° only in some repetitions: not comparable');
  expect(noteInWords('walk-2 L is (-1 to 2) constant', metrics)).toBe('walk-2 L is (−1 to 2) constant');
  expect(trueMinus('knee_angle_r from -3° to 95°')).toBe('knee_angle_r from −3° to 95°');
  const { definitions } = summarize([], builtInDictionary, new Set());
  const shown = Object.values(definitions).map(definitionInWords).join(' ');
  expect(shown).toContain('left minus right of mean of the maxima');
  expect(shown).not.toMatch(/AvgMax|FullMax|\bAng\b|\bnull\b|\blabels\b/);
});

test('numbers on the screen are written in one place', () => {
  const root = fileURLToPath(new URL('../../src/web/', import.meta.url));
  const files = (readdirSync(root, { recursive: true }) as string[]).filter((file) => /\.tsx?$/.test(file));
  const writes = files.filter((file) =>
    /\.to(Fixed|Precision|Exponential)\(/.test(readFileSync(`${root}${file}`, 'utf8')),
  );
  expect(writes.sort()).toEqual([
    // Places in a drawing.
    'charts/CycleChart.tsx',
    'charts/TrendChart.tsx',
    // Too large for an axis without a power of ten.
    'charts/ticks.ts',
    // An address, and places in a drawing.
    'figure/camera.ts',
    'figure/stage.ts',
    // What a field holds.
    'session/RepetitionTable.tsx',
    // Nothing that could be negative: sizes and lengths.
    'ui/numbers.ts',
    'ui/sizeOf.ts',
    'ui/time.ts',
  ]);
});
