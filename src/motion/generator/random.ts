/** Repeatable randomness: the same seed gives the same numbers on every machine (integer arithmetic only). */

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Mean 0, standard deviation 1, never beyond 3.5: the sum of four uniform numbers, scaled. */
  normal(): number;
  /** Whole number in [0, count). */
  below(count: number): number;
  pick<T>(list: readonly T[]): T;
}

/** xoshiro128** (Blackman and Vigna), its state filled by a 32-bit splitmix. */
export function createRandom(seed: number): Random {
  let fill = mixSeed(seed, '');
  const draw = () => {
    fill = (fill + 0x9e3779b9) >>> 0;
    return scramble(fill);
  };
  let a = draw();
  let b = draw();
  let c = draw();
  let d = draw() | 1;

  const next = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 4294967296;
  };
  const below = (count: number) => Math.floor(next() * count);

  return {
    next,
    below,
    between: (low, high) => low + (high - low) * next(),
    // Each uniform number has variance 1/12, so four have 1/3.
    normal: () => (next() + next() + next() + next() - 2) * 1.7320508075688772,
    pick: (list) => list[below(list.length)]!,
  };
}

/** A seed that belongs to `seed` and to the word: independent streams for independent purposes. */
export function mixSeed(seed: number, word: string): number {
  const whole = Math.trunc(seed);
  let hash = scramble((whole >>> 0) ^ scramble(Math.trunc(whole / 4294967296) >>> 0));
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193) >>> 0;
  return scramble(hash);
}

/** Finalizer of MurmurHash3: spreads every input bit over all 32. */
function scramble(value: number): number {
  let x = (value ^ (value >>> 16)) >>> 0;
  x = Math.imul(x, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
