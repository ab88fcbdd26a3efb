import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BONES, bodyOf, POINTS, type Point } from '../../../src/motion/skeleton/body.ts';
import { FREEDOMS, type Freedom } from '../../../src/motion/skeleton/freedoms.ts';
import { pose } from '../../../src/motion/skeleton/pose.ts';

// A body of 1 m: lengths are the shares themselves, as figure 4.1 of Winter (2009) has them after Drillis and Contini (1966):
// above the floor ankle 0.039, knee 0.285, hip 0.530, shoulder 0.818, chin 0.870; upper arm 0.186, forearm 0.146, hand 0.108,
// foot 0.152; breadth at the shoulders 0.259, at the hips 0.191.
const ONE = bodyOf(1);
const posed = (posture: Partial<Record<Freedom, number>>) => pose(posture, ONE);
const near = (x: number, y: number, z: number) => ({
  x: expect.closeTo(x, 9),
  y: expect.closeTo(y, 9),
  z: expect.closeTo(z, 9),
});

/** The hips are 0.191 / 4 beside the middle. */
const HIP = 0.04775;

describe('the neutral pose', () => {
  const p = posed({});

  test('is as high as the body, with the joints where the tables have them', () => {
    expect(p.crown.y - p.heel_r.y).toBeCloseTo(1, 9);
    expect(p.hip_r.y - p.heel_r.y).toBeCloseTo(0.53, 9);
    expect(p.knee_l.y - p.heel_l.y).toBeCloseTo(0.285, 9);
    expect(p.ankle_l.y - p.heel_l.y).toBeCloseTo(0.039, 9);
    expect(p.shoulder_r.y - p.heel_r.y).toBeCloseTo(0.818, 9);
    expect(p.elbow_r.y - p.heel_r.y).toBeCloseTo(0.632, 9);
    expect(p.wrist_r.y - p.heel_r.y).toBeCloseTo(0.486, 9);
    expect(p.fingers_r.y - p.heel_r.y).toBeCloseTo(0.378, 9);
    expect(p.chin.y - p.heel_r.y).toBeCloseTo(0.87, 9);
    expect(p.shoulder_r.z - p.shoulder_l.z).toBeCloseTo(0.259, 9);
    expect(p.toes_r.x - p.heel_r.x).toBeCloseTo(0.152, 9);
  });

  test('stands on flat feet, looks forward, and has its right on the right', () => {
    for (const point of ['heel_r', 'ball_r', 'toes_r', 'heel_l', 'ball_l', 'toes_l'] as const)
      expect(p[point].y).toBeCloseTo(-0.53, 9);
    expect(p.toes_r.x).toBeGreaterThan(p.ankle_r.x);
    expect(p.heel_r.x).toBeLessThan(p.ankle_r.x);
    expect(p.nose.x).toBeGreaterThan(p.chin.x);
    expect(p.hip_r).toEqual(near(0, 0, HIP));
    expect(p.hip_l).toEqual(near(0, 0, -HIP));
    expect(p.thumb_r.z).toBeGreaterThan(p.wrist_r.z);
    expect(p.thumb_l.z).toBeLessThan(p.wrist_l.z);
  });

  test('of a person of 1.75 m is 1.75 m high', () => {
    const usual = pose({});
    expect(usual.crown.y - usual.toes_l.y).toBeCloseTo(1.75, 9);
  });
});

describe('each motion, by hand', () => {
  test('a knee bent by 90° puts the ankle behind, at the height of the knee', () => {
    const p = posed({ knee_flexion_r: 90 });
    expect(p.knee_r).toEqual(near(0, -0.245, HIP));
    expect(p.ankle_r).toEqual(near(-0.246, -0.245, HIP));
    // The sole looks backward, the toes down.
    expect(p.toes_r.y).toBeLessThan(p.ankle_r.y);
    expect(p.ankle_l).toEqual(near(0, -0.491, -HIP));
  });

  test('a hip bent by 90° puts the knee ahead, and a bent knee under it', () => {
    const p = posed({ hip_flexion_l: 90, knee_flexion_l: 90 });
    expect(p.knee_l).toEqual(near(0.245, 0, -HIP));
    expect(p.ankle_l).toEqual(near(0.245, -0.246, -HIP));
    expect(p.toes_l.y).toBeCloseTo(p.heel_l.y, 9);
  });

  test('abduction of a hip by 30° moves the foot outward on either side', () => {
    const p = posed({ hip_adduction_r: -30, hip_adduction_l: -30 });
    // 0.491 · sin 30° = 0.2455; 0.491 · cos 30° = 0.425218…
    expect(p.ankle_r).toEqual(near(0, -0.491 * Math.cos(Math.PI / 6), HIP + 0.2455));
    expect(p.ankle_l).toEqual(near(0, -0.491 * Math.cos(Math.PI / 6), -HIP - 0.2455));
  });

  test('internal rotation of a hip points the toes to the middle', () => {
    const p = posed({ hip_rotation_r: 90, hip_rotation_l: 90 });
    expect(p.toes_r.z).toBeCloseTo(HIP - 0.114, 9);
    expect(p.toes_l.z).toBeCloseTo(-HIP + 0.114, 9);
    expect(p.toes_r.x).toBeCloseTo(0, 9);
  });

  test('dorsiflexion lifts the toes, inversion the inner edge, toe extension the tips', () => {
    const flexed = posed({ ankle_dorsiflexion_r: 90 });
    expect(flexed.ball_r).toEqual(near(0.039, -0.491 + 0.152 * 0.47, HIP));
    const inverted = posed({ ankle_inversion_r: 30, ankle_inversion_l: 30 });
    expect(inverted.heel_r.z).toBeLessThan(HIP);
    expect(inverted.heel_l.z).toBeGreaterThan(-HIP);
    const tips = posed({ toe_extension_l: 90 });
    expect(tips.toes_l).toEqual(near(0.152 * 0.47, -0.53 + 0.152 * 0.28, -HIP));
  });

  test('tilt, list and rotation of the pelvis lean back, drop the right side, turn left', () => {
    const back = posed({ pelvis_tilt: 90 });
    expect(back.chest).toEqual(near(-0.288, 0, 0));
    const right = posed({ pelvis_list: 30 });
    expect(right.hip_r.y).toBeCloseTo(-HIP / 2, 9);
    expect(right.hip_l.y).toBeCloseTo(HIP / 2, 9);
    const left = posed({ pelvis_rotation: 90 });
    expect(left.nose.z).toBeCloseTo(-0.13 * 0.4, 9);
    expect(left.hip_r.x).toBeCloseTo(HIP, 9);
  });

  test('translations of the pelvis move everything', () => {
    const p = posed({ pelvis_tx: 2, pelvis_ty: 0.9, pelvis_tz: -1 });
    expect(p.pelvis).toEqual(near(2, 0.9, -1));
    expect(p.ankle_r).toEqual(near(2, 0.9 - 0.491, -1 + HIP));
  });

  test('the trunk bends forward when lumbar extension falls, to the right when bending grows, left when rotation grows', () => {
    const forward = posed({ lumbar_extension: -90 });
    // It bends at three tenths of 0.288.
    expect(forward.chest).toEqual(near(0.2016, 0.0864, 0));
    expect(forward.hip_r).toEqual(near(0, 0, HIP));
    expect(posed({ lumbar_bending: 20 }).chest.z).toBeCloseTo(0.2016 * Math.sin(Math.PI / 9), 9);
    expect(posed({ lumbar_rotation: 90 }).shoulder_r).toEqual(near(0.1295, 0.288, 0));
  });

  test('the neck bends forward, to the right, and turns left', () => {
    expect(posed({ neck_flexion: 90 }).crown).toEqual(near(0.182, 0.288, 0));
    expect(posed({ neck_bending: 90 }).crown).toEqual(near(0, 0.288, 0.182));
    expect(posed({ neck_rotation: 90 }).nose.z).toBeCloseTo(-0.13 * 0.4, 9);
  });

  test('arms: flexion forward, abduction outward on either side, elbow, wrist and palm', () => {
    const forward = posed({ shoulder_flexion_r: 90 });
    expect(forward.wrist_r).toEqual(near(0.332, 0.288, 0.1295));
    const out = posed({ shoulder_adduction_r: -90, shoulder_adduction_l: -90 });
    expect(out.wrist_r).toEqual(near(0, 0.288, 0.1295 + 0.332));
    expect(out.wrist_l).toEqual(near(0, 0.288, -0.1295 - 0.332));
    const curl = posed({ elbow_flexion_l: 90 });
    expect(curl.wrist_l).toEqual(near(0.146, 0.288 - 0.186, -0.1295));
    const inward = posed({ elbow_flexion_r: 90, shoulder_rotation_r: 90 });
    expect(inward.wrist_r).toEqual(near(0, 0.288 - 0.186, 0.1295 - 0.146));
    const palm = posed({ wrist_flexion_r: 90 });
    expect(palm.fingers_r).toEqual(near(0.108, 0.288 - 0.332, 0.1295));
    // With the forearm pronated the thumb is on the inner side, and halfway it is in front.
    expect(posed({ forearm_pronation_r: 180 }).thumb_r.z).toBeCloseTo(0.1295 - 0.108 * 0.4, 9);
    expect(posed({ forearm_pronation_l: 90 }).thumb_l.x).toBeCloseTo(0.108 * 0.4, 9);
    expect(posed({ wrist_deviation_r: 30 }).fingers_r.z).toBeLessThan(0.1295);
  });

  test('an arm raised by 90° points to the side in plane 0, ahead in plane 90', () => {
    expect(posed({ shoulder_elevation_r: 90 }).elbow_r).toEqual(near(0, 0.288, 0.1295 + 0.186));
    expect(posed({ shoulder_elevation_r: 90, shoulder_plane_r: 90 }).elbow_r).toEqual(
      near(0.186, 0.288, 0.1295),
    );
    expect(posed({ shoulder_elevation_l: 90, shoulder_plane_l: 90 }).elbow_l).toEqual(
      near(0.186, 0.288, -0.1295),
    );
  });

  test('the girdle lifts the shoulder and brings it forward', () => {
    expect(posed({ girdle_elevation_r: 30 }).shoulder_r.y).toBeCloseTo(0.288 + 0.06475, 9);
    expect(posed({ girdle_protraction_l: 30 }).shoulder_l.x).toBeCloseTo(0.06475, 9);
  });

  test('a trunk that is given in the room leaves the pelvis alone', () => {
    const p = pose({ thorax_tilt: -90, pelvis_tilt: 20 }, ONE, { trunkInRoom: true });
    const lumbar = posed({ pelvis_tilt: 20 }).lumbar;
    expect(p.lumbar).toEqual(near(lumbar.x, lumbar.y, 0));
    expect(p.chest).toEqual(near(lumbar.x + 0.2016, lumbar.y, 0));
  });
});

const postures = fc
  .array(fc.tuple(fc.constantFrom(...FREEDOMS), fc.double({ min: -360, max: 360, noNaN: true })), {
    maxLength: 30,
  })
  .map((entries) => Object.fromEntries(entries) as Partial<Record<Freedom, number>>);

const distance = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
type Place = { x: number; y: number; z: number };

test('every bone keeps its length in every pose', () => {
  const neutral = posed({});
  fc.assert(
    fc.property(postures, fc.boolean(), (posture, trunkInRoom) => {
      const p = pose(posture, ONE, { trunkInRoom });
      for (const { from, to } of BONES)
        expect(distance(p[from], p[to])).toBeCloseTo(distance(neutral[from], neutral[to]), 8);
    }),
  );
});

test('left and right exchanged, a pose is its own mirror image', () => {
  const exchanged = (name: string) => name.replace(/_[rl]$/, (suffix) => (suffix === '_r' ? '_l' : '_r'));
  /** What goes to one side in the middle of the body changes its sign in the mirror. */
  const SIDEWAYS =
    /^(pelvis_list|pelvis_rotation|pelvis_tz|lumbar_bending|lumbar_rotation|thorax_list|thorax_rotation|neck_bending|neck_rotation)$/;
  fc.assert(
    fc.property(postures, fc.boolean(), (posture, trunkInRoom) => {
      const mirrored = Object.fromEntries(
        Object.entries(posture).map(([name, value]) => [
          exchanged(name),
          SIDEWAYS.test(name) ? -value : value,
        ]),
      );
      const p = pose(posture, ONE, { trunkInRoom });
      const q = pose(mirrored, ONE, { trunkInRoom });
      for (const point of POINTS) {
        const { x, y, z } = p[point];
        const image = q[exchanged(point) as Point];
        expect(distance(image, { x, y, z: -z })).toBeLessThan(1e-8);
      }
    }),
  );
});
