/** Where the pelvis is: as high as the longer of the two legs holds it, over feet that stay where they are. */

import type { Support } from './patterns/pattern.ts';

export interface PelvisPath {
  /** Forward, up and to the right, in metres. */
  readonly tx: Float64Array;
  readonly ty: Float64Array;
  readonly tz: Float64Array;
}

const ankleHeight_m = 0.08;
const footLength_m = 0.15;

export function pelvisPath(
  curves: ReadonlyMap<string, Float64Array>,
  support: Support,
  thigh_m: number,
): PelvisPath {
  const curve = (name: string) => curves.get(name)!;
  const right = { knee: curve('knee_angle_r'), ankle: curve('ankle_angle_r') };
  const left = { knee: curve('knee_angle_l'), ankle: curve('ankle_angle_l') };
  const list = curve('pelvis_list');
  const lift = curve('lift');
  const progress = curves.get('progress');
  const samples = lift.length;
  const path = {
    tx: new Float64Array(samples),
    ty: new Float64Array(samples),
    tz: new Float64Array(samples),
  };
  for (let i = 0; i < samples; i++) {
    const r = leg(right.knee[i]!, right.ankle[i]!, thigh_m);
    const l = leg(left.knee[i]!, left.ankle[i]!, thigh_m);
    const standing = support === 'feet';
    const behind = progress || !standing ? 0 : (r.forward_m + l.forward_m) / 2;
    path.tx[i] = behind + (progress?.[i] ?? 0);
    path.ty[i] = (standing ? smoothMaximum(r.height_m, l.height_m) : support.height_m) + lift[i]!;
    path.tz[i] = standing ? -0.002 * list[i]! : 0;
  }
  return path;
}

/** Hip above and ahead of the ankle; pointing the toes lifts the heel. */
function leg(knee_deg: number, ankle_deg: number, thigh_m: number) {
  const degree = Math.PI / 180;
  const shin = Math.max(0, ankle_deg) * degree;
  const thigh = knee_deg * degree - shin;
  const heel_m = ankle_deg < 0 ? footLength_m * (1 - Math.cos(2 * ankle_deg * degree)) * 0.5 : 0;
  return {
    height_m: ankleHeight_m + heel_m + thigh_m * (Math.cos(shin) + Math.cos(thigh)),
    forward_m: thigh_m * (Math.sin(shin) - Math.sin(thigh)),
  };
}

/** The larger of the two without a corner where the legs change over. */
function smoothMaximum(a: number, b: number): number {
  return (a + b + Math.sqrt((a - b) ** 2 + 0.0004)) / 2;
}
