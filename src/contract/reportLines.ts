/** `Ang` joint angle, deg; `Vel` absolute angular velocity, deg/s; `Acc` and `Dec` acceleration and deceleration along the motion, deg/s². */
export type Quantity = 'Ang' | 'Vel' | 'Acc' | 'Dec';

export const QUANTITIES = ['Ang', 'Vel', 'Acc', 'Dec'] as const satisfies Quantity[];

/** Left, right, or one direction of a central joint. */
export type ReportSide = 'L' | 'R' | 'F' | 'B';

export const REPORT_SIDES = ['L', 'R', 'F', 'B'] as const satisfies ReportSide[];

/** Which lines of a report: every filter is optional, and all must hold. A parameter may be repeated. */
export interface LinesQuery {
  /** Several may be separated by commas as well. */
  quantity?: Quantity[];
  /** Exactly these labels. They may have commas of their own: several are several parameters. */
  metric?: string[];
  /** Several may be separated by commas as well. */
  side?: ReportSide[];
}

/** Labels that are asked for at once. */
export const MOST_METRICS = 200;
