/** A part of the report on its own ground. */
export const PANEL = 'print-whole grid content-start gap-3 rounded-xl border border-line bg-panel p-4';
