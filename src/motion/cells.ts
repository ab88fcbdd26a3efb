/** One line of text → cells: which delimiter it uses, and its parts without quotes and padding. */
import { BLANK, COMMA, SEMICOLON, TAB } from './lines.ts';

/** Byte between two cells; BLANK stands for any run of spaces and tabs. */
export type Delimiter = typeof TAB | typeof SEMICOLON | typeof COMMA | typeof BLANK;

/** Tab before semicolon before comma: the later ones occur inside cells (decimal commas) of files that use the earlier. */
export function delimiterOf(line: string): Delimiter {
  const unquoted = line.replace(/"[^"]*"/g, '');
  if (unquoted.trim().includes('\t')) return TAB;
  if (unquoted.includes(';')) return SEMICOLON;
  if (unquoted.includes(',')) return COMMA;
  return BLANK;
}

/** Cells of a line, trimmed; a quoted cell may hold the delimiter. Empty cells at the end (trailing delimiters) are cut. */
export function splitCells(line: string, delimiter: Delimiter): string[] {
  const cells =
    delimiter === BLANK ? line.trim().split(/\s+/) : splitQuoted(line, String.fromCharCode(delimiter));
  const trimmed = cells.map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"')
      .trim(),
  );
  while (trimmed.length > 0 && trimmed[trimmed.length - 1] === '') trimmed.pop();
  return trimmed;
}

function splitQuoted(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i < line.length; i += 1) {
    if (line[i] === '"') quoted = !quoted;
    else if (line[i] === delimiter && !quoted) {
      cells.push(line.slice(from, i));
      from = i + 1;
    }
  }
  cells.push(line.slice(from));
  return cells;
}

/** The line without padding and trailing delimiters. A loop, because a pattern would take quadratic time on long runs. */
export function trimDelimiters(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ',' || line[end - 1] === ';' || line[end - 1]!.trim() === ''))
    end -= 1;
  return line.slice(0, end).trimStart();
}
