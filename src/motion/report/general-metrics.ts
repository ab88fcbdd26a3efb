/**
 * Metrics of a recording whose exercise defines none: one per direction of motion that the dictionary names and people
 * measure, so that it serves names of every model, an organization's own too.
 *
 * Ranges are 0 to the normal value of the American Academy of Orthopaedic Surgeons: of shoulder, elbow, forearm and wrist as
 * in "Measurement of Joint Motion", table A.1; of hip, knee, ankle and trunk as many charts repeat it without a citation. They are end-range values of
 * an examination: a movement that is not meant to reach them stays inside and scores 1.
 */
import type { MetricDefinition, Side } from '../exercise.ts';
import { isKneeFlexion, type JointCoordinate } from '../joints.ts';
import type { Series } from '../process.ts';
import { type KneeConvention, turnMetric } from './knee.ts';

interface GeneralMetric {
  readonly label: string;
  readonly max: number;
  readonly source: string;
  /** Where the two directions of a central joint are the sides. */
  readonly side?: Side;
}

const TABLE = 'AAOS normal value (Measurement of Joint Motion, table A.1)';
const CHARTED = 'normal value as commonly charted';

/** Joint and direction → metric. */
const GENERAL: ReadonlyMap<string, GeneralMetric> = new Map<string, GeneralMetric>([
  ['hip flexion', { label: 'Hip Flex. (°)', max: 120, source: CHARTED }],
  ['hip extension', { label: 'Hip Ext. (°)', max: 20, source: CHARTED }],
  ['hip abduction', { label: 'Hip Abd. (°)', max: 45, source: CHARTED }],
  ['hip adduction', { label: 'Hip Add. (°)', max: 30, source: CHARTED }],
  ['hip internal rotation', { label: 'Hip IR (°)', max: 45, source: CHARTED }],
  ['hip external rotation', { label: 'Hip ER (°)', max: 45, source: CHARTED }],
  ['knee flexion', { label: 'Knee Flex. (°)', max: 135, source: CHARTED }],
  ['ankle dorsiflexion', { label: 'Ankle DF (°)', max: 20, source: CHARTED }],
  ['ankle plantarflexion', { label: 'Ankle PF (°)', max: 50, source: CHARTED }],
  ['shoulder flexion', { label: 'Shoulder Flex. (°)', max: 180, source: TABLE }],
  ['shoulder extension', { label: 'Shoulder Ext. (°)', max: 60, source: TABLE }],
  ['shoulder abduction', { label: 'Shoulder Abd. (°)', max: 180, source: TABLE }],
  ['shoulder internal rotation', { label: 'Shoulder IR (°)', max: 70, source: TABLE }],
  ['shoulder external rotation', { label: 'Shoulder ER (°)', max: 90, source: TABLE }],
  ['shoulder elevation', { label: 'Shoulder Elev. (°)', max: 180, source: TABLE }],
  ['elbow flexion', { label: 'Elbow Flex. (°)', max: 150, source: TABLE }],
  ['forearm pronation', { label: 'Forearm Pron. (°)', max: 80, source: TABLE }],
  ['forearm supination', { label: 'Forearm Sup. (°)', max: 80, source: TABLE }],
  ['wrist flexion', { label: 'Wrist Flex. (°)', max: 80, source: TABLE }],
  ['wrist extension', { label: 'Wrist Ext. (°)', max: 70, source: TABLE }],
  ['trunk extension', { label: 'Torso Ext. (°)', max: 25, source: CHARTED, side: 'B' }],
  ['trunk flexion', { label: 'Torso Ext. (°)', max: 80, source: CHARTED, side: 'F' }],
  ['trunk bend to the right', { label: 'Torso Lat. Flex. (°)', max: 35, source: CHARTED, side: 'R' }],
  ['trunk bend to the left', { label: 'Torso Lat. Flex. (°)', max: 35, source: CHARTED, side: 'L' }],
  ['trunk turn to the left', { label: 'Torso Rot. (°)', max: 45, source: CHARTED, side: 'L' }],
  ['trunk turn to the right', { label: 'Torso Rot. (°)', max: 45, source: CHARTED, side: 'R' }],
]);

/** Internal plus external rotation, the whole travel of a repetition; its published label has no unit. */
const ROTATION_ARC: GeneralMetric = {
  label: 'Shoulder Rotation Arc',
  max: 160,
  source: `${TABLE}: sum of both rotations`,
};

/** In the order of the recording's channels; a second channel for the same label and side is passed over. */
export function generalMetrics(series: Series, knee: KneeConvention): MetricDefinition[] {
  const taken = new Set<string>();
  return series.names.flatMap((channel, index) => {
    const known = series.units[index] === 'deg' ? series.dictionary.find(channel) : undefined;
    return known === undefined
      ? []
      : metricsOf(known, channel).flatMap((metric) => {
          const key = `${metric.side} ${metric.label}`;
          if (taken.has(key)) return [];
          taken.add(key);
          // Where the recording shows how it counts a knee, that decides, whatever words its entry has.
          const shown = knee.flexion !== null && isKneeFlexion(known);
          return [turnMetric(shown ? { ...metric, sign: 1 } : metric, knee, series.dictionary)];
        });
  });
}

function metricsOf(known: JointCoordinate, channel: string): MetricDefinition[] {
  const { side } = known;
  const [joint, positive, negative] = [known.joint, known.positive, known.negative].map((words) =>
    words.toLowerCase(),
  );
  const up = GENERAL.get(`${joint} ${positive}`);
  const down = GENERAL.get(`${joint} ${negative}`);
  const arc = joint === 'shoulder' && known.kind === 'rotation' && up !== undefined && down !== undefined;
  const found: readonly (readonly [GeneralMetric | undefined, 1 | -1, 'angle' | 'range'])[] = [
    [up, 1, 'angle'],
    [down, -1, 'angle'],
    [arc ? ROTATION_ARC : undefined, 1, 'range'],
  ];
  return found.flatMap(([general, sign, reads]): MetricDefinition[] => {
    const shown = general?.side ?? side;
    if (general === undefined || shown === null) return [];
    const { label, max, source } = general;
    return [{ label, side: shown, channel, sign, reads, min: 0, max, source }];
  });
}
