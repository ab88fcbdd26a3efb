import type { LinesQuery, Quantity, ReportSide } from './reportLines.ts';
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
  Side: ReportSide;
  /** Of the report; counts from 1. */
  Version: number;
}

/**
 * Query of `GET /reports`: that of `GET /sessions`, and which lines. `limit` counts sessions, whose rows are never torn
 * apart; a page reads no more of them than that, so it may be empty where none has such a line, and name a token.
 */
export interface ReportsQuery extends SessionsQuery, LinesQuery {
  /** `json` (absent): pages. The others: one file of everything that matches, without `order` and `limit`. */
  format?: 'json' | TableFormat;
}
