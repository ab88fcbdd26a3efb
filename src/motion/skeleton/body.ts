/**
 * Lengths of a body's segments as shares of its height, and the points they end in.
 *
 * Shares: Winter DA, Biomechanics and Motor Control of Human Movement, 4th edition, Wiley 2009, figure 4.1, after Drillis R,
 * Contini R, Body Segment Parameters, technical report 1166.03, New York University, 1966. They are averages: nobody is
 * exactly so, and no recording is measured by them. Where the figure says nothing (marked `own`), what is written there is
 * only for drawing.
 */
export const FIGURE_4_1 = {
  /** Above the floor, standing. */
  ankle: 0.039,
  knee: 0.285,
  hip: 0.53,
  shoulder: 0.818,
  chin: 0.87,
  /** From joint to joint; of the hand to the tips of the fingers. */
  upperArm: 0.186,
  forearm: 0.146,
  hand: 0.108,
  footLength: 0.152,
  /** Of the whole body, at the shoulders and at the hips. */
  shoulderBreadth: 0.259,
  hipBreadth: 0.191,
} as const;

const SHARE = {
  ankleHeight: FIGURE_4_1.ankle,
  shank: FIGURE_4_1.knee - FIGURE_4_1.ankle,
  thigh: FIGURE_4_1.hip - FIGURE_4_1.knee,
  footLength: FIGURE_4_1.footLength,
  hipBreadth: FIGURE_4_1.hipBreadth,
  trunk: FIGURE_4_1.shoulder - FIGURE_4_1.hip,
  neck: FIGURE_4_1.chin - FIGURE_4_1.shoulder,
  head: 1 - FIGURE_4_1.chin,
  /** Own: from the middle to one shoulder, whose joint is drawn where the breadth ends. */
  shoulder: FIGURE_4_1.shoulderBreadth / 2,
  upperArm: FIGURE_4_1.upperArm,
  forearm: FIGURE_4_1.forearm,
  hand: FIGURE_4_1.hand,
} as const;

/** Own: the joints lie inside the breadth, as far apart as in full-body OpenSim models. */
const HIP_IN_BREADTH = 0.25;
/** Own: the trunk bends on the pelvis this share of the way from hips to shoulders, near the lumbosacral joint. */
const LUMBAR_IN_TRUNK = 0.3;
/** Own: shares of the foot's length behind the ankle, and from there to the ball of the foot and the tip of the toes. */
const HEEL_BEHIND = 0.25;
const BALL_AHEAD = 0.47;
const TOES_AHEAD = 0.75;
/** Own: how far the nose is ahead of the middle of the head, and the thumb beside the hand, as shares of head and hand. */
const NOSE_AHEAD = 0.4;
const THUMB_ALONG = 0.45;
const THUMB_ASIDE = 0.4;

/** Height of a body whose own is not known, m. */
export const USUAL_HEIGHT_M = 1.75;

/** Metres. */
export interface Body {
  readonly height: number;
  readonly ankleHeight: number;
  readonly shank: number;
  readonly thigh: number;
  /** From the middle of the pelvis to one hip. */
  readonly hip: number;
  /** Behind and ahead of the ankle. */
  readonly heel: number;
  readonly ball: number;
  /** From the ball of the foot on. */
  readonly toes: number;
  /** Hips to lumbar joint, and from there to the shoulders. */
  readonly lowerTrunk: number;
  readonly upperTrunk: number;
  readonly shoulder: number;
  readonly neck: number;
  readonly head: number;
  readonly nose: number;
  readonly upperArm: number;
  readonly forearm: number;
  readonly hand: number;
  readonly thumbAlong: number;
  readonly thumbAside: number;
}

export function bodyOf(height_m: number = USUAL_HEIGHT_M): Body {
  const of = (share: number) => share * height_m;
  return {
    height: height_m,
    ankleHeight: of(SHARE.ankleHeight),
    shank: of(SHARE.shank),
    thigh: of(SHARE.thigh),
    hip: of(SHARE.hipBreadth * HIP_IN_BREADTH),
    heel: of(SHARE.footLength * HEEL_BEHIND),
    ball: of(SHARE.footLength * BALL_AHEAD),
    toes: of(SHARE.footLength * (TOES_AHEAD - BALL_AHEAD)),
    lowerTrunk: of(SHARE.trunk * LUMBAR_IN_TRUNK),
    upperTrunk: of(SHARE.trunk * (1 - LUMBAR_IN_TRUNK)),
    shoulder: of(SHARE.shoulder),
    neck: of(SHARE.neck),
    head: of(SHARE.head),
    nose: of(SHARE.head * NOSE_AHEAD),
    upperArm: of(SHARE.upperArm),
    forearm: of(SHARE.forearm),
    hand: of(SHARE.hand),
    thumbAlong: of(SHARE.hand * THUMB_ALONG),
    thumbAside: of(SHARE.hand * THUMB_ASIDE),
  };
}

const MIDDLE_POINTS = ['pelvis', 'lumbar', 'chest', 'chin', 'crown', 'nose'] as const;
const SIDE_POINTS = [
  'hip',
  'knee',
  'ankle',
  'heel',
  'ball',
  'toes',
  'shoulder',
  'elbow',
  'wrist',
  'fingers',
  'thumb',
] as const;

/** `chest` lies between the shoulders, `pelvis` between the hips. */
export type Point = (typeof MIDDLE_POINTS)[number] | `${(typeof SIDE_POINTS)[number]}_${'r' | 'l'}`;

/** In the order in which poses list them. */
export const POINTS: readonly Point[] = [
  ...MIDDLE_POINTS,
  ...(['r', 'l'] as const).flatMap((side) => SIDE_POINTS.map((name): Point => `${name}_${side}`)),
];

/** Place of a point's first number in a pose. */
export const at = (point: Point): number => 3 * POINTS.indexOf(point);

export interface Bone {
  readonly from: Point;
  readonly to: Point;
  readonly side: 'L' | 'R' | null;
}

const bone = (from: Point, to: Point, side: Bone['side'] = null): Bone => ({ from, to, side });

const limbs = (s: 'r' | 'l', side: 'R' | 'L'): Bone[] => [
  bone('pelvis', `hip_${s}`, side),
  bone(`hip_${s}`, `knee_${s}`, side),
  bone(`knee_${s}`, `ankle_${s}`, side),
  bone(`ankle_${s}`, `heel_${s}`, side),
  bone(`ankle_${s}`, `ball_${s}`, side),
  bone(`heel_${s}`, `ball_${s}`, side),
  bone(`ball_${s}`, `toes_${s}`, side),
  bone('chest', `shoulder_${s}`, side),
  bone(`shoulder_${s}`, `elbow_${s}`, side),
  bone(`elbow_${s}`, `wrist_${s}`, side),
  bone(`wrist_${s}`, `fingers_${s}`, side),
  bone(`wrist_${s}`, `thumb_${s}`, side),
];

/** What is drawn from point to point. Each keeps its length in every pose. */
export const BONES: readonly Bone[] = [
  bone('pelvis', 'lumbar'),
  bone('lumbar', 'chest'),
  bone('chest', 'chin'),
  bone('chin', 'crown'),
  ...limbs('r', 'R'),
  ...limbs('l', 'L'),
];
