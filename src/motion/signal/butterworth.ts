/**
 * Butterworth low-pass as a chain of sections: of all filters of its order the one whose pass band is flattest, −3 dB at
 * the cut-off (Butterworth, "On the theory of filter amplifiers", Experimental Wireless 7, 1930).
 *
 * The analogue prototype has the factors s² + 2 sin(π (2i + 1) / 2n) s + 1, and s + 1 where the order n is odd. Each
 * becomes one section by the bilinear transform, prewarped so that the cut-off stays where it was asked for. A chain of
 * sections keeps its precision where one polynomial of the same order loses it. The same filter as
 * scipy.signal.butter(order, cut-off, fs = rate), every section with a gain of 1 at rest.
 */

/** One section of second order, a0 = 1: y[k] = b0 x[k] + b1 x[k-1] + b2 x[k-2] − a1 y[k-1] − a2 y[k-2]. */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

export const MAX_ORDER = 10;

/**
 * Sections of second order; an odd order ends with one of first order (b2 = a2 = 0). Throws RangeError unless
 * 0 < cutOff_hz < rate_hz / 2 and the order is a whole number from 1 to 10.
 */
export function butterworth(cutOff_hz: number, rate_hz: number, order = 2): readonly Section[] {
  if (!(cutOff_hz > 0 && cutOff_hz < rate_hz / 2)) {
    throw new RangeError(`the cut-off must lie between 0 and ${rate_hz / 2} Hz, not at ${cutOff_hz}`);
  }
  if (!Number.isInteger(order) || order < 1 || order > MAX_ORDER) {
    throw new RangeError(`the order must be a whole number from 1 to ${MAX_ORDER}, not ${order}`);
  }
  const k = Math.tan((Math.PI * cutOff_hz) / rate_hz);
  const sections: Section[] = [];
  for (let i = 0; i < order >> 1; i += 1) {
    const damping = 2 * Math.cos((Math.PI * (order - 1 - 2 * i)) / (2 * order));
    sections.push(secondOrder(k, damping));
  }
  if (order % 2 === 1) sections.push(firstOrder(k));
  return sections;
}

/** Order of the whole chain. */
export function orderOf(sections: readonly Section[]): number {
  return sections.reduce((order, { b2, a2 }) => order + (b2 === 0 && a2 === 0 ? 1 : 2), 0);
}

function secondOrder(k: number, damping: number): Section {
  const n = 1 / (1 + damping * k + k * k);
  const b0 = k * k * n;
  return { b0, b1: 2 * b0, b2: b0, a1: 2 * (k * k - 1) * n, a2: (1 - damping * k + k * k) * n };
}

function firstOrder(k: number): Section {
  const b0 = k / (1 + k);
  return { b0, b1: b0, b2: 0, a1: (k - 1) / (k + 1), a2: 0 };
}
