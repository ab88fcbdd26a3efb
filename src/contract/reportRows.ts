import type { Statistics } from './reports.ts';
import type { Session, SessionsQuery } from './sessions.ts';
import type { TableFormat } from './tables.ts';

/**
 * `GET /reports`: one line of a session's current report, with what is needed to read it alone. Every metric and side of a
 * report has one for each quantity.
 */
export interface ReportRow
  extends Pick<Session, 'Session ID' | 'Date' | 'Athlete ID' | 'Exercise ID' | 'Session Name'>,
    Statistics {
  Quantity: Quantity;
  /** Label with its unit: `Knee Flex. (°)`. */
  Metric: string;
  Side: 'L' | 'R' | 'F' | 'B';
  /** Of the report; counts from 1. */
  Version: number;
}

/** `Ang` joint angle, deg; `Vel` absolute angular velocity, deg/s; `Acc` and `Dec` acceleration and deceleration along the motion, deg/s². */
export type Quantity = 'Ang' | 'Vel' | 'Acc' | 'Dec';

export const QUANTITIES = ['Ang', 'Vel', 'Acc', 'Dec'] as const satisfies Quantity[];

/** Query of `GET /reports`: that of `GET /sessions`; `limit` counts sessions, whose rows are never torn apart. */
export interface ReportsQuery extends SessionsQuery {
  /** `json` (absent): pages. The others: one file of everything that matches, without `order` and `limit`. */
  format?: 'json' | TableFormat;
}
