/** What a text file's header states, kept as it states it: it may be wrong, and nothing is read by it. */
import type { Recording } from '../recording.ts';

export type Header = Recording['header'];
type Entry = readonly [name: string, value: string | number];

/** Facts kept, and characters of each; a hostile header has more. */
const MAX_FACTS = 50;
const MAX_FACT = 200;

/** A number where the text is one, else the text. */
export function statedValue(text: string): string | number {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return trimmed !== '' && Number.isFinite(number) ? number : trimmed.slice(0, MAX_FACT);
}

/** From entries, because a header may give any name to a fact, `__proto__` too. */
export function headerOf(entries: readonly Entry[]): Header {
  return Object.fromEntries(entries.slice(0, MAX_FACTS));
}

/** `nRows=120`, and SIMM's `datarows 120`; other lines are free text. */
export function storageFacts(lines: readonly string[]): Header {
  return headerOf(
    lines.flatMap((line): Entry[] => {
      const fact =
        /^([A-Za-z][\w .-]{0,40}?)\s*=\s*(\S.*)$/.exec(line) ??
        /^(name|datacolumns|datarows)\s+(\S.*)$/.exec(line);
      return fact === null ? [] : [[fact[1]!, statedValue(fact[2]!)]];
    }),
  );
}

/** Sentences on counts that the header states and the file does not have. `columns`: time included. */
export function wrongCounts(header: Header, rows: number, columns: number): string[] {
  return Object.entries(header).flatMap(([name, stated]) => {
    if (typeof stated !== 'number') return [];
    if (/^(nRows|datarows)$/i.test(name) && stated !== rows)
      return [`the header states ${name} ${stated}, the file has ${rows}`];
    if (/^(nColumns|datacolumns)$/i.test(name) && stated !== columns)
      return [`the header states ${name} ${stated}, the file has ${columns}`];
    return [];
  });
}
