/** An exercise definition: data of the organization, editable, used for segmentation and for the report. */
export interface Exercise {
  'Exercise ID': string;
  'Exercise Name': string;
  Category: string;
  /** Channel whose peaks are the repetitions; null: chosen from each recording. */
  PrimaryChannel: string | null;
  /** Repetitions are the peaks of Polarity × PrimaryChannel. */
  Polarity: 1 | -1;
  /** Metrics of the report; null: every flexion and rotation channel that the recording has. */
  Metrics: ExerciseMetric[] | null;
  /**
   * `positive`: written for models that count knee flexion up; for a recording that counts it down, knee metrics and a knee
   * as primary channel are turned. `as recorded` (default): Sign × Channel, whatever the model.
   */
  KneeFlexion: 'positive' | 'as recorded';
}

/** One metric: it reads Sign × Channel. */
export interface ExerciseMetric {
  /** As shown, unit included: `Knee Flex. (°)`. */
  Label: string;
  /** L left, R right, F and B the two directions of a central joint. */
  Side: 'L' | 'R' | 'F' | 'B';
  Channel: string;
  Sign: 1 | -1;
  /** `angle` (default) reads the value; `range` reads largest minus smallest of a repetition. */
  Reads?: 'angle' | 'range';
  /** Degrees; score 1 from Min to Max. Both null or absent: not scored. */
  Min?: number | null;
  Max?: number | null;
  /** Where the range comes from, in a few words. A change of the range that sends the old text back drops it. */
  Source?: string;
}

/** Body of `POST /exercises` and, with every member optional, of `PATCH /exercises/{id}`. */
export interface ExerciseInput {
  'Exercise Name': string;
  Category?: string;
  PrimaryChannel?: string | null;
  Polarity?: 1 | -1;
  Metrics?: ExerciseMetric[] | null;
  KneeFlexion?: 'positive' | 'as recorded';
  /** A UUID chosen by the client, or the id on another server. Only on creation. */
  'Exercise ID'?: string;
}
