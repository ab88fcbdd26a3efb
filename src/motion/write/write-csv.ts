/**
 * Recording → CSV (RFC 4180, lines end in a line feed) as bytes: one line of names, then rows; missing values are empty
 * cells. Numbers are the shortest text that is read back as the same double. No comment lines, which not every program
 * takes: where the unit is to be stated, it is stated beside the file.
 */
import type { Recording } from '../recording.ts';
import { writeRows } from './write-rows.ts';

/** Values must be finite, or NaN where missing. */
export function writeCsv({ time, channels }: Pick<Recording, 'time' | 'channels'>): Uint8Array {
  return writeRows([time, ...channels.map(({ values }) => values)], {
    head: `${['time', ...channels.map(({ name }) => name)].map(cell).join(',')}\n`,
    delimiter: ',',
    missing: '',
    roundTo: null,
  });
}

/** Quoted where a program that guesses the delimiter might take one from a name, and where it might trim blanks. */
const cell = (name: string): string =>
  name === '' || /[",;\t\r\n]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
