/** Our signal functions beside SciPy's answers; how those were made: vectors/make.py. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { butterworth, type Section } from '../../src/motion/signal/butterworth.ts';
import { derivative } from '../../src/motion/signal/derivative.ts';
import { lowpass, paddingOf } from '../../src/motion/signal/lowpass.ts';
import { findPeaks, type PeakOptions } from '../../src/motion/signal/peaks.ts';
import { interpolationThrough } from '../../src/motion/signal/resample.ts';
import { type SavitzkyGolay, savitzkyGolay } from '../../src/motion/signal/savitzky-golay.ts';
import { unwrapped } from '../../src/motion/signal/unwrap.ts';
import { expectClose } from './close.ts';

type Numbers = readonly number[];

function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8')) as T;
}

describe('the low-pass is SciPy’s', () => {
  const { signal, steps, sections, polynomial } = readVectors<{
    signal: Numbers;
    steps: Numbers;
    sections: readonly {
      order: number;
      cutOff_hz: number;
      rate_hz: number;
      impulse: Numbers;
      step: Numbers;
      filtered: Numbers;
      shortest: Numbers;
      longer: Numbers;
    }[];
    polynomial: readonly { cutOff_hz: number; rate_hz: number; filtered: Numbers }[];
  }>('lowpass');

  it.each(sections)('of order $order at $cutOff_hz of $rate_hz Hz', (expected) => {
    const { order, cutOff_hz, rate_hz } = expected;
    const chain = butterworth(cutOff_hz, rate_hz, order);
    const impulse = Float64Array.from(expected.impulse, (_, k) => (k === 0 ? 1 : 0));
    expectClose(fromRest(chain, impulse), expected.impulse, 1e-9, 'impulse');
    const step = fromRest(chain, new Float64Array(32).fill(1));
    expectClose(
      steps.map((k) => step[k]!),
      expected.step,
      1e-9,
      'step',
    );
    const filter = (values: Numbers) => lowpass(Float64Array.from(values), chain);
    if (expected.filtered.length > 0) expectClose(filter(signal), expected.filtered, 1e-9, 'filtered');
    const shortest = paddingOf(chain) + 1;
    expect(expected.shortest.length, 'the padding is that of sosfiltfilt').toBe(shortest);
    expectClose(filter(signal.slice(0, shortest)), expected.shortest, 1e-9, 'shortest');
    expectClose(filter(signal.slice(0, shortest + 2)), expected.longer, 1e-9, 'longer');
  });

  it.each(polynomial)('written as one polynomial, at $cutOff_hz Hz', ({ cutOff_hz, rate_hz, filtered }) => {
    expectClose(lowpass(Float64Array.from(signal), butterworth(cutOff_hz, rate_hz)), filtered);
  });
});

/** The chain run forward once, nothing before the first sample: the difference equation as `Section` states it. */
function fromRest(sections: readonly Section[], signal: Float64Array): Float64Array {
  return sections.reduce((x, { b0, b1, b2, a1, a2 }) => {
    const y = new Float64Array(x.length);
    for (let k = 0; k < x.length; k += 1) {
      y[k] = b0 * x[k]! + b1 * (x[k - 1] ?? 0) + b2 * (x[k - 2] ?? 0) - a1 * (y[k - 1] ?? 0);
      y[k] = y[k]! - a2 * (y[k - 2] ?? 0);
    }
    return y;
  }, signal);
}

describe('Savitzky–Golay is SciPy’s', () => {
  type Case = SavitzkyGolay & { filtered: Numbers };
  const { signal, cases, exact } = readVectors<{
    signal: Numbers;
    cases: readonly Case[];
    exact: readonly Case[];
  }>('savitzky-golay');

  it.each(cases)(
    'over $window samples of degree $degree, derivative $derivative, delta $delta',
    ({ filtered, ...options }) => {
      expectClose(savitzkyGolay(Float64Array.from(signal), options), filtered);
    },
  );

  it.each(exact)(
    'and where SciPy loses digits the exact fit: $window samples, degree $degree, derivative $derivative',
    ({ filtered, ...options }) => {
      expectClose(savitzkyGolay(Float64Array.from(signal), options), filtered, 1e-11);
    },
  );
});

describe('interpolation is SciPy’s', () => {
  const { cases } = readVectors<{
    cases: readonly {
      time_s: Numbers;
      values: Numbers;
      instants_s: Numbers;
      notAKnot: Numbers;
      natural: Numbers;
      monotone: Numbers;
      linear: Numbers;
    }[];
  }>('interpolation');

  it.each([
    ['cubic', 'notAKnot'],
    ['natural', 'natural'],
    ['monotone', 'monotone'],
    ['linear', 'linear'],
  ] as const)('%s', (name, theirs) => {
    for (const { time_s, values, instants_s, [theirs]: expected } of cases) {
      const through = interpolationThrough(name, Float64Array.from(time_s), Float64Array.from(instants_s));
      expectClose(through(Float64Array.from(values)), expected, 1e-9, `${time_s.length} samples`);
    }
  });
});

describe('peaks are SciPy’s', () => {
  const { signals, cases } = readVectors<{
    signals: Record<string, Numbers>;
    cases: readonly { signal: string; options: PeakOptions; indices: Numbers; prominences: Numbers }[];
  }>('peaks');

  it.each(cases)('$signal with $options', ({ signal, options, indices, prominences }) => {
    const found = findPeaks(Float64Array.from(signals[signal]!), options);
    expect(found.indices).toEqual(indices);
    expectClose(found.prominences, prominences);
  });
});

describe('angles are NumPy’s', () => {
  const { unwrap, gradient } = readVectors<{
    unwrap: readonly { wrapped: Numbers; unwrapped: Numbers }[];
    gradient: readonly { values: Numbers; rate_hz: number; slopes: Numbers }[];
  }>('angles');

  it.each(unwrap)('without the turns of $wrapped', ({ wrapped, unwrapped: expected }) => {
    expectClose(unwrapped(Float64Array.from(wrapped)), expected);
  });

  it.each(gradient)('and their slopes at $rate_hz Hz', ({ values, rate_hz, slopes }) => {
    expectClose(derivative(Float64Array.from(values), rate_hz), slopes);
  });
});
