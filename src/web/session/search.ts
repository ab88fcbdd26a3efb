import { given, number, type Search, text, word } from '../search.ts';

export const QUANTITIES = ['angle', 'velocity', 'acceleration'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Of the report's table; absent: joint angles. */
export const TABLES = ['Ang', 'Vel', 'Acc', 'Dec'] as const;
export type Table = (typeof TABLES)[number];

/** What is shown of a session. */
export interface SessionSearch {
  /** Absent: angle. */
  quantity?: Quantity | undefined;
  /** Joints whose curves are shown, as the dictionary of channels names them, separated by commas. */
  joint?: string | undefined;
  /** How many charts of each joint are shown; absent: a few. */
  charts?: number | undefined;
  /** Stretch on the time axis, seconds. */
  from?: number | undefined;
  to?: number | undefined;
  /** Where the cursor stands, seconds. */
  at?: number | undefined;
  /** From where the figure is looked at: a view, or angles and zoom (`figure/camera.ts`). Absent: freely. */
  look?: string | undefined;
  table?: Table | undefined;
  /** An earlier report. */
  version?: number | undefined;
}

export const sessionSearch = (search: Search): SessionSearch =>
  given({
    quantity: word(search, 'quantity', QUANTITIES),
    joint: text(search, 'joint'),
    charts: whole(number(search, 'charts')),
    from: number(search, 'from'),
    to: number(search, 'to'),
    at: number(search, 'at'),
    look: text(search, 'look'),
    table: word(search, 'table', TABLES),
    version: whole(number(search, 'version')),
  });

const whole = (value: number | undefined) =>
  value !== undefined && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
