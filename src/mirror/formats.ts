/** In which formats a mirror holds series and tables. */
export type MirrorFormat = 'parquet' | 'csv' | 'mot' | 'json';
export const MIRROR_FORMATS = ['parquet', 'csv', 'mot', 'json'] as const satisfies MirrorFormat[];

/** The same for tables, of which a .mot file holds none: CSV then. */
export type RowFormat = 'parquet' | 'csv' | 'json';
export const rowFormats = (formats: readonly MirrorFormat[]): RowFormat[] => [
  ...new Set(formats.map((format) => (format === 'mot' ? 'csv' : format))),
];
