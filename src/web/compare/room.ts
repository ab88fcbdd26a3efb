/** As ui/narrow.ts, for a table that stands beside something else: what counts is its own room, not the screen's. */
export const WIDE = 'hidden @4xl:table-cell print:table-cell';
export const NARROW = '@4xl:hidden print:hidden';
