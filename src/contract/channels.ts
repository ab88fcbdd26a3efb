/**
 * `GET /channels`: what a series name means. Built-in entries describe the joint angles of common models; an organization
 * may add entries for names of its own, and replace built-in ones. Names of recordings are never changed by it.
 */
export interface ChannelEntry {
  /** Series name as in `/ikData`: `knee_angle_r`, `knee_angle_r_vel`, `knee_angle_r_acc`. */
  Channel: string;
  /** `knee`, `hip`, `trunk`, … */
  Joint: string;
  /** null for the middle of the body. */
  Side: 'L' | 'R' | null;
  /** Plane and axis of the motion in the body, in words: `sagittal, about the axis to the right`. */
  Axis: string;
  Kind: 'flexion' | 'abduction' | 'elevation' | 'rotation' | 'translation';
  /** deg, deg/s, deg/s² (translations m, m/s, m/s²). */
  Unit: string;
  /** The motion that a growing value is, and the one that a falling value is. */
  Positive: string;
  Negative: string;
  /** Pose in which the value is Offset. */
  ZeroPose: string;
  /** Value in the zero pose, in Unit. */
  Offset: number;
  /** What a moving person can reach, wide on purpose; values outside are flagged. null: not checked. */
  Min: number | null;
  Max: number | null;
  /** The channel whose rate of change this is; null for a value itself. */
  DerivativeOf: string | null;
  /** Where sign and range come from, in a few words. */
  Source: string;
  /** `organization` where an entry of your own adds to or replaces the built-in ones. */
  DefinedBy: 'kinebase' | 'organization';
}

/** Body of `POST /channels`: adds an entry, or replaces the one of the same name. Its derivatives follow from it. */
export interface ChannelInput {
  Channel: string;
  Joint: string;
  Side?: 'L' | 'R' | null;
  Axis?: string;
  Kind: ChannelEntry['Kind'];
  Positive: string;
  Negative: string;
  ZeroPose?: string;
  Offset?: number;
  Min?: number | null;
  Max?: number | null;
  Source?: string;
}

/** Query of `GET /channels`: with an s3Key only the series of that session, also those that no entry describes. */
export interface ChannelsQuery {
  s3Key?: string;
  joint?: string;
}
