/**
 * Metrics of a recording whose exercise defines none: one per flexion, abduction and rotation direction that it has.
 *
 * Ranges are 0 to the normal value of the American Academy of Orthopaedic Surgeons (shoulder, elbow, forearm, wrist as in
 * "Measurement of Joint Motion", table A.1; hip, knee, ankle and trunk as commonly charted). They are end-range values of
 * an examination: a movement that is not meant to reach them stays inside and scores 1.
 */
import type { MetricDefinition, Side } from './exercise.ts';
import type { Series } from './process.ts';

interface GeneralMetric {
  readonly label: string;
  readonly sign: 1 | -1;
  readonly max: number;
  readonly reads?: 'range';
  /** Where the two directions of a central joint are the sides. */
  readonly side?: Side;
}

/** Coordinate without its side → metrics. */
const GENERAL: Readonly<Record<string, readonly GeneralMetric[]>> = {
  hip_flexion: [
    { label: 'Hip Flex. (°)', sign: 1, max: 120 },
    { label: 'Hip Ext. (°)', sign: -1, max: 20 },
  ],
  hip_adduction: [
    { label: 'Hip Abd. (°)', sign: -1, max: 45 },
    { label: 'Hip Add. (°)', sign: 1, max: 30 },
  ],
  hip_rotation: [
    { label: 'Hip IR (°)', sign: 1, max: 45 },
    { label: 'Hip ER (°)', sign: -1, max: 45 },
  ],
  knee_angle: [{ label: 'Knee Flex. (°)', sign: 1, max: 135 }],
  ankle_angle: [
    { label: 'Ankle DF (°)', sign: 1, max: 20 },
    { label: 'Ankle PF (°)', sign: -1, max: 50 },
  ],
  arm_flex: [
    { label: 'Shoulder Flex. (°)', sign: 1, max: 180 },
    { label: 'Shoulder Ext. (°)', sign: -1, max: 60 },
  ],
  arm_add: [{ label: 'Shoulder Abd. (°)', sign: -1, max: 180 }],
  arm_rot: [
    { label: 'Shoulder IR (°)', sign: 1, max: 70 },
    { label: 'Shoulder ER (°)', sign: -1, max: 90 },
    { label: 'Shoulder Rotation Arc', sign: 1, max: 160, reads: 'range' },
  ],
  r_shoulder_elev: [{ label: 'Shoulder Elev. (°)', sign: 1, max: 180 }],
  shoulder_elv: [{ label: 'Shoulder Elev. (°)', sign: 1, max: 180 }],
  shoulder_ele: [{ label: 'Shoulder Elev. (°)', sign: 1, max: 180 }],
  elbow_flex: [{ label: 'Elbow Flex. (°)', sign: 1, max: 150 }],
  elbow_flexion: [{ label: 'Elbow Flex. (°)', sign: 1, max: 150 }],
  r_elbow_flex: [{ label: 'Elbow Flex. (°)', sign: 1, max: 150 }],
  pro_sup: [
    { label: 'Forearm Pron. (°)', sign: 1, max: 80 },
    { label: 'Forearm Sup. (°)', sign: -1, max: 80 },
  ],
  wrist_flex: [
    { label: 'Wrist Flex. (°)', sign: 1, max: 80 },
    { label: 'Wrist Ext. (°)', sign: -1, max: 70 },
  ],
  lumbar_extension: [
    { label: 'Torso Ext. (°)', sign: 1, max: 25, side: 'B' },
    { label: 'Torso Ext. (°)', sign: -1, max: 80, side: 'F' },
  ],
  lumbar_bending: [
    { label: 'Torso Lat. Flex. (°)', sign: 1, max: 35, side: 'R' },
    { label: 'Torso Lat. Flex. (°)', sign: -1, max: 35, side: 'L' },
  ],
  lumbar_rotation: [
    { label: 'Torso Rot. (°)', sign: 1, max: 45, side: 'L' },
    { label: 'Torso Rot. (°)', sign: -1, max: 45, side: 'R' },
  ],
};

/** In the order of the recording's channels; a second channel for the same label and side is passed over. */
export function generalMetrics(series: Series): MetricDefinition[] {
  const taken = new Set<string>();
  return series.names.flatMap((channel, index) => {
    const known = series.dictionary.find(channel);
    if (known === undefined) return [];
    const turned = known.joint === 'knee' && flexesDownwards(series.angle[index]!) ? -1 : 1;
    return (GENERAL[known.coordinate.replace(/_[rl]$/, '')] ?? []).flatMap((general): MetricDefinition[] => {
      const side = general.side ?? known.side;
      const key = `${side} ${general.label}`;
      if (side === null || taken.has(key)) return [];
      taken.add(key);
      const sign = general.sign === turned ? 1 : -1;
      return [
        {
          label: general.label,
          side,
          channel,
          sign,
          reads: general.reads ?? 'angle',
          min: 0,
          max: general.max,
        },
      ];
    });
  });
}

/** Gait2392 and its relatives count knee flexion down; nothing in a file says so but the values. */
export function flexesDownwards(knee: Float64Array): boolean {
  return knee.reduce((total, value) => total + value, 0) < 0;
}
