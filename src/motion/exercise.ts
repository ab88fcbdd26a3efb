/** What an exercise says about its recordings: how repetitions are found and which numbers its report holds. */

/** Left, right, front (F) or back (B); F and B are the two directions of a central joint such as the trunk. */
export type Side = 'L' | 'R' | 'F' | 'B';

export interface MetricDefinition {
  /** As shown to people, unit included: `Knee Flex. (°)`. */
  readonly label: string;
  readonly side: Side;
  /** Channel the metric reads: a recording's own label, or the coordinate at the end of a path label. */
  readonly channel: string;
  /** The metric reads sign × channel, so that its useful direction is positive. */
  readonly sign: 1 | -1;
  /** `angle`: the value itself. `range`: largest minus smallest value of a repetition (a rotation arc). */
  readonly reads: 'angle' | 'range';
  /** Range in degrees inside which the score is 1; both null where the metric is not scored. */
  readonly min: number | null;
  readonly max: number | null;
  /** Where the range comes from, in a few words; absent where the metric is not scored. */
  readonly source?: string;
}

export interface ExerciseDefinition {
  readonly name: string;
  readonly category: string;
  /** Channel whose peaks are the repetitions; null: chosen from the recording (largest range of a known joint angle). */
  readonly primaryChannel: string | null;
  /** Repetitions are the peaks of polarity × primary channel. */
  readonly polarity: 1 | -1;
  /** Metrics of the report; null: every flexion and rotation channel that the recording has, with general ranges. */
  readonly metrics: readonly MetricDefinition[] | null;
  /**
   * `positive`: written for models that count knee flexion up; in a recording that counts it down, knee metrics and a knee
   * as primary channel are turned. `as recorded`: sign × channel, whatever the model.
   */
  readonly kneeFlexion: 'positive' | 'as recorded';
}
