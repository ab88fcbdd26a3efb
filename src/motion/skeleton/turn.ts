/** Rotations as nine numbers, row by row, turned in place so that drawing makes no garbage. */
export type Turn = Float64Array;

const DEGREE = Math.PI / 180;

export const noTurn = (): Turn => Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

/** Which two columns a rotation about x, y or z mixes: the first goes towards the second. */
const COLUMNS = { x: [1, 2], y: [2, 0], z: [0, 1] } as const;

/** Turns further about an axis that has been turned already (the right-hand rule gives the sign). */
export function turnBy(turn: Turn, axis: 'x' | 'y' | 'z', degrees: number): void {
  if (degrees === 0) return;
  const cosine = Math.cos(degrees * DEGREE);
  const sine = Math.sin(degrees * DEGREE);
  const [first, second] = COLUMNS[axis];
  for (let row = 0; row < 9; row += 3) {
    const a = turn[row + first]!;
    const b = turn[row + second]!;
    turn[row + first] = a * cosine + b * sine;
    turn[row + second] = b * cosine - a * sine;
  }
}

export function setUpright(turn: Turn): void {
  turn.fill(0);
  turn[0] = turn[4] = turn[8] = 1;
}

/** Writes at `to` the point that lies forward, up and right of the point at `from`, as a turned segment has these axes. */
export function placeAt(
  points: Float64Array,
  to: number,
  from: number,
  turn: Turn,
  forward: number,
  up: number,
  right: number,
): void {
  for (let axis = 0; axis < 3; axis++) {
    const row = 3 * axis;
    points[to + axis] =
      points[from + axis]! + turn[row]! * forward + turn[row + 1]! * up + turn[row + 2]! * right;
  }
}
