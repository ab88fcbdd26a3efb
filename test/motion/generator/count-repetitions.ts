/** A plain re-statement of the repetition rule for these tests: 6 Hz zero-lag low-pass at 60 Hz, distance, prominence. */

const b = [0.06745527388907192, 0.13491054777814385, 0.06745527388907192] as const;
const a = [1, -1.1429805025399011, 0.41280159809618877] as const;

function pass(x: readonly number[]): number[] {
  let z1 = 0.9325447261109283 * x[0]!;
  let z2 = -0.345346324207117 * x[0]!;
  return x.map((value) => {
    const y = b[0] * value + z1;
    z1 = b[1] * value - a[1] * y + z2;
    z2 = b[2] * value - a[2] * y;
    return y;
  });
}

export function smooth(values: Float64Array): number[] {
  const x = Array.from(values);
  const n = x.length;
  const left = x
    .slice(1, 10)
    .map((v) => 2 * x[0]! - v)
    .reverse();
  const right = x
    .slice(n - 10, n - 1)
    .map((v) => 2 * x[n - 1]! - v)
    .reverse();
  const forward = pass([...left, ...x, ...right]);
  return pass(forward.reverse())
    .reverse()
    .slice(9, 9 + n);
}

/** Indices of the peaks of an already filtered 60 Hz signal. */
export function repetitionPeaks(p: readonly number[]): number[] {
  const threshold = Math.max(10, 0.3 * (Math.max(...p) - Math.min(...p)));
  const candidates: number[] = [];
  for (let i = 1; i < p.length - 1; i++) if (p[i]! > p[i - 1]! && p[i]! > p[i + 1]!) candidates.push(i);
  const kept: number[] = [];
  for (const i of candidates.sort((one, other) => p[other]! - p[one]!)) {
    if (kept.every((k) => Math.abs(k - i) >= 30)) kept.push(i);
  }
  const base = (peak: number, step: number) => {
    let low = p[peak]!;
    for (let i = peak; i >= 0 && i < p.length && p[i]! <= p[peak]!; i += step) low = Math.min(low, p[i]!);
    return low;
  };
  return kept
    .filter((i) => p[i]! - Math.max(base(i, -1), base(i, 1)) >= threshold)
    .sort((one, other) => one - other);
}
