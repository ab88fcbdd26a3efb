/** Formats in which rows leave as a file: text, a line a row, or binary with types of their own. */
export type TableFormat = 'ndjson' | 'csv' | 'parquet' | 'arrow';

export const TABLE_FORMATS = ['ndjson', 'csv', 'parquet', 'arrow'] as const satisfies TableFormat[];

/** What can be had as one file: a row a session, or a row a line of the sessions' current reports. */
export type TableName = 'sessions' | 'reports';
