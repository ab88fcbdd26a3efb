import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInDictionary } from '../../../src/motion/joints.ts';
import { at, bodyOf, POINTS, type Point } from '../../../src/motion/skeleton/body.ts';
import { createMover, type Mover, type MoverInput } from '../../../src/motion/skeleton/mover.ts';

type Values = Record<string, readonly (number | null)[]>;

const input = (values: Values, more: Partial<MoverInput> = {}): MoverInput => ({
  time: Object.values(values)[0]!.map((_, i) => i),
  channels: Object.entries(values).map(([name, each]) => ({
    meaning: builtInDictionary.find(name)!,
    values: each,
  })),
  body: bodyOf(1),
  ...more,
});
const moverOf = (values: Values, more: Partial<MoverInput> = {}) => createMover(input(values, more));

function placeOf(mover: Mover, time_s: number, point: Point) {
  const points = new Float64Array(3 * POINTS.length);
  mover.pointsAt(time_s, points);
  return [...points.subarray(at(point), at(point) + 3)];
}
const heightOf = (mover: Mover, time_s: number, point: Point) => placeOf(mover, time_s, point)[1]!;

describe('the figure in time', () => {
  test('goes straight between two samples, and the shorter way round', () => {
    const mover = moverOf({ arm_flex_r: [80, 100, 179, -179, -179] });
    const shoulder = heightOf(mover, 0.5, 'shoulder_r');
    expect(heightOf(mover, 0.5, 'elbow_r')).toBeCloseTo(shoulder, 9);
    expect(heightOf(mover, 2.5, 'elbow_r')).toBeCloseTo(shoulder + 0.186, 9);
  });

  test('stays at its first and last pose outside the recording', () => {
    const mover = moverOf({ arm_flex_r: [90, 0] });
    expect(heightOf(mover, -5, 'wrist_r')).toBeCloseTo(heightOf(mover, 0, 'shoulder_r'), 9);
    expect(heightOf(mover, 99, 'wrist_r')).toBeCloseTo(heightOf(mover, 1, 'shoulder_r') - 0.332, 9);
    expect(placeOf(mover, Number.NaN, 'wrist_r').every(Number.isFinite)).toBe(true);
  });

  test('holds the last value where some are missing, and the neutral pose before the first', () => {
    const mover = moverOf({ arm_flex_r: [null, 90, Number.NaN, null], hip_flexion_r: [0, 0, 0, 0] });
    const drop = (time_s: number) =>
      heightOf(mover, time_s, 'shoulder_r') - heightOf(mover, time_s, 'elbow_r');
    expect([0, 1, 2, 3].map(drop)).toEqual([0.186, 0, 0, 0].map((value) => expect.closeTo(value, 9)));
  });

  test('is moved by no channel that has no value at all', () => {
    const mover = moverOf({ hip_flexion_r: [null, null], knee_angle_r: [0, 1] });
    expect(mover.drives.map(({ coordinate }) => coordinate)).toEqual(['knee_angle_r']);
    expect(mover.idle).toEqual([{ coordinate: 'hip_flexion_r', because: 'it has no values' }]);
    // What would have moved the same does it then.
    const other = moverOf({ elbow_flex_r: [null], elbow_flexion: [90] });
    expect(other.drives.map(({ coordinate }) => coordinate)).toEqual(['elbow_flexion']);
    expect(other.idle).toEqual([{ coordinate: 'elbow_flex_r', because: 'it has no values' }]);
  });

  test('stands neutral with no channel, no frame, or one', () => {
    for (const mover of [
      moverOf({ knee_angle_r: [] }),
      createMover({ time: [], channels: [], body: bodyOf(1) }),
    ]) {
      expect(heightOf(mover, 0, 'crown')).toBeCloseTo(1, 9);
      expect(mover.setting.room.high[1]).toBeCloseTo(1, 9);
    }
    expect(heightOf(moverOf({ knee_angle_r: [90] }), 0, 'knee_l')).toBeCloseTo(0.285, 9);
  });
});

describe('the floor', () => {
  test('without a height of the pelvis the lowest foot stands on it', () => {
    const mover = moverOf({
      knee_angle_r: [0, 90],
      knee_angle_l: [0, 90],
      hip_flexion_r: [0, 90],
      hip_flexion_l: [0, 90],
    });
    expect(mover.leavesFloor).toBe(false);
    expect(heightOf(mover, 0, 'heel_r')).toBeCloseTo(0, 9);
    // Thighs level: the hips are as high as the knees.
    expect(heightOf(mover, 1, 'hip_r')).toBeCloseTo(0.285, 9);
    expect(heightOf(mover, 1, 'heel_l')).toBeCloseTo(0, 9);
  });

  test('with one it is where the feet are lowest, and a jump leaves it', () => {
    const mover = moverOf({ hip_flexion_r: [0, 0, 0, 0], pelvis_ty: [5, 5, 5.3, 5] });
    expect(mover.leavesFloor).toBe(true);
    expect(heightOf(mover, 0, 'heel_r')).toBeCloseTo(0, 9);
    expect(heightOf(mover, 2, 'heel_r')).toBeCloseTo(0.3 - 0.04, 9);
    expect(heightOf(mover, 3, 'heel_r')).toBeCloseTo(0, 9);
  });

  test('a person of another height than drawn neither hovers nor sinks', () => {
    // Hips of a smaller body go down less than the drawn one's in a squat.
    const flexed = [0, 45, 90];
    const mover = moverOf({
      hip_flexion_r: flexed,
      hip_flexion_l: flexed,
      knee_angle_r: flexed,
      knee_angle_l: flexed,
      pelvis_ty: flexed.map((angle) => 0.9 * (0.285 + 0.245 * Math.cos((angle * Math.PI) / 180))),
    });
    for (const time_s of [0, 0.5, 1, 1.5, 2]) expect(heightOf(mover, time_s, 'heel_r')).toBeCloseTo(0, 9);
  });

  test('a single fault of the height does not lift everything else', () => {
    const ty = Array.from({ length: 200 }, (_, i) => (i === 50 ? -3 : 0.9));
    const mover = moverOf({ hip_flexion_r: ty.map(() => 0), pelvis_ty: ty });
    expect(heightOf(mover, 100, 'heel_r')).toBeCloseTo(0, 9);
  });

  test('nobody lies under it', () => {
    const angles = fc.array(fc.double({ min: -180, max: 180, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(angles, angles, angles, fc.boolean(), (tilt, hip, height, given) => {
        const mover = moverOf({
          pelvis_tilt: tilt,
          hip_flexion_r: hip,
          ...(given && { pelvis_ty: height.map((value) => value / 180) }),
        });
        for (const time_s of [0, 0.3, 1, 1.9])
          for (const point of ['crown', 'heel_r', 'toes_l', 'pelvis', 'knee_r'] as const)
            expect(heightOf(mover, time_s, point)).toBeGreaterThan(-1e-9);
      }),
    );
  });
});

describe('the room', () => {
  test('holds every point, and says whether the figure travels', () => {
    const still = moverOf({ arm_add_r: [0, -90], arm_add_l: [0, -90] });
    expect(still.setting.travels).toBe(false);
    expect(still.setting.room.high[2]).toBeCloseTo(0.1295 + 0.44, 9);
    expect(still.setting.room.low[1]).toBeCloseTo(0, 9);
    const walk = moverOf({ hip_flexion_r: [0, 0], pelvis_tx: [10, 14], pelvis_tz: [0, 1] });
    expect(walk.setting.travels).toBe(true);
    expect(walk.setting.room.high[0]).toBeLessThan(1);
    expect(placeOf(walk, 1, 'pelvis')[0]).toBeCloseTo(14, 9);
  });

  test('the heading is where the pelvis faces, also across the turn of 360°', () => {
    expect(Math.abs(moverOf({ pelvis_rotation: [170, 190] }).setting.heading_deg)).toBeCloseTo(180, 6);
    expect(moverOf({ pelvis_rotation: [-90, -90] }).setting.heading_deg).toBeCloseTo(-90, 6);
    expect(moverOf({ hip_flexion_r: [0, 10] }).setting.heading_deg).toBeCloseTo(0, 6);
  });
});

test('a part of a recording stands on the floor of the whole, and is moved by the same channels', () => {
  const whole = moverOf({ hip_flexion_r: [0, 0, 0], pelvis_ty: [1, 1, 1.5], arm_flex_r: [90, 90, null] });
  const part = moverOf(
    { hip_flexion_r: [0], pelvis_ty: [1.5], arm_flex_r: [null] },
    { time: [2], like: whole },
  );
  expect(part.setting).toBe(whole.setting);
  expect(part.drives).toBe(whole.drives);
  expect(heightOf(part, 2, 'heel_r')).toBeCloseTo(0.46, 9);
  expect(heightOf(part, 2, 'heel_r')).toBeCloseTo(heightOf(whole, 2, 'heel_r'), 9);
});

test('knees that count flexion down bend backward too', () => {
  const up = moverOf({ knee_angle_r: [0, 90] });
  const down = moverOf({ knee_angle_r: [0, -90] }, { kneeFlexion: 'negative' });
  expect(placeOf(down, 1, 'ankle_r')).toEqual(placeOf(up, 1, 'ankle_r'));
  expect(placeOf(up, 1, 'ankle_r')[0]).toBeCloseTo(-0.246, 9);
});
