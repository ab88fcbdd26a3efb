/** One line of text → cells: which delimiter it uses, and its parts without quotes and padding. */
import { MAX_CHANNELS } from '../limits.ts';
import { BLANK, COMMA, SEMICOLON, TAB } from './lines.ts';

/** Byte between two cells; BLANK stands for any run of spaces and tabs. */
export type Delimiter = typeof TAB | typeof SEMICOLON | typeof COMMA | typeof BLANK;

/** Cells that are looked at; a line with more is refused as too long, and need not take memory for them all. */
const MAX_CELLS = 2 * MAX_CHANNELS;

/** Tab before semicolon before comma: the later ones occur inside cells (decimal commas) of files that use the earlier. */
export function delimiterOf(line: string): Delimiter {
  const unquoted = withoutQuotedCells(line);
  if (unquoted.trim().includes('\t')) return TAB;
  if (unquoted.includes(';')) return SEMICOLON;
  if (unquoted.includes(',')) return COMMA;
  return BLANK;
}

/**
 * Cells of a line, trimmed; a quoted cell may hold the delimiter. A quote inside an unquoted cell is a character like any
 * other. Empty cells at the end (trailing delimiters) are cut, and so are those behind the first MAX_CELLS.
 */
export function splitCells(line: string, delimiter: Delimiter): string[] {
  const mark = String.fromCharCode(delimiter);
  const text = withoutTrailing(line, mark);
  if (delimiter === BLANK) return text.trim().split(/\s+/, MAX_CELLS).map(unquote);
  const cells = text.includes('"') ? splitQuoted(text, mark) : text.split(mark, MAX_CELLS);
  const trimmed = cells.map((cell) => unquote(cell.trim()));
  while (trimmed.length > 0 && trimmed[trimmed.length - 1] === '') trimmed.pop();
  return trimmed;
}

/** The line without padding and trailing delimiters. A loop, because a pattern would take quadratic time on long runs. */
export function trimDelimiters(line: string): string {
  return withoutTrailing(withoutTrailing(line, ','), ';').trimStart();
}

function withoutTrailing(line: string, mark: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === mark || line[end - 1]!.trim() === '')) end -= 1;
  return line.slice(0, end);
}

function unquote(cell: string): string {
  return cell.length > 1 && cell.startsWith('"') && quotedEnd(cell, 0, '') === cell.length
    ? cell.slice(1, -1).replaceAll('""', '"').trim()
    : cell;
}

function splitQuoted(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let from = 0;
  while (cells.length < MAX_CELLS) {
    const end = cellEnd(line, from, delimiter);
    cells.push(line.slice(from, end));
    if (end === line.length) break;
    from = end + 1;
  }
  return cells;
}

/** Offset of the delimiter behind the cell at `from`. */
function cellEnd(line: string, from: number, delimiter: string): number {
  let at = from;
  while (line[at] === ' ') at += 1;
  const behind = line[at] === '"' ? quotedEnd(line, at, delimiter) : undefined;
  const end = line.indexOf(delimiter, behind ?? from);
  return end === -1 ? line.length : end;
}

/** The line with the quoted cells left out, whichever delimiter it uses. */
function withoutQuotedCells(line: string): string {
  if (!line.includes('"')) return line;
  const parts: string[] = [];
  let from = 0;
  let startsCell = true;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]!;
    const behind = startsCell && character === '"' ? quotedEnd(line, at, ',;\t') : undefined;
    if (behind !== undefined) {
      parts.push(line.slice(from, at));
      from = behind;
      at = behind - 1;
    } else if (character !== ' ') startsCell = ',;\t'.includes(character);
  }
  return parts.join('') + line.slice(from);
}

/**
 * Offset behind the quote that closes the one at `from`; a doubled quote stands for itself. Undefined where none closes
 * it just before a delimiter or the end of the line: then the quote is a character like any other.
 */
function quotedEnd(line: string, from: number, delimiters: string): number | undefined {
  let at = line.indexOf('"', from + 1);
  while (at !== -1 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  if (at === -1) return undefined;
  let next = at + 1;
  while (line[next] === ' ') next += 1;
  return next === line.length || delimiters.includes(line[next]!) ? at + 1 : undefined;
}
