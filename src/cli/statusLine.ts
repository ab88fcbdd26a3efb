import { clean } from './print.ts';

/**
 * A line on a terminal that says how far something is, in its own place until it is cleared. Unlike a bar of a library of
 * prompts it leaves the keyboard alone, so that Ctrl-C reaches the command, which then ends in order.
 */
export interface StatusLine {
  show(text: string): void;
  clear(): void;
}

export type Terminal = Pick<NodeJS.WriteStream, 'write' | 'columns'>;

export function openStatusLine(terminal: Terminal): StatusLine {
  let shown = false;
  return {
    show(text) {
      // A line that is as wide as the terminal may go on in the next one, which could not be cleared.
      const room = Math.max(1, (terminal.columns || 80) - 1);
      terminal.write(`${CLEAR}${[...clean(text)].slice(0, room).join('')}`);
      shown = true;
    },
    clear() {
      if (shown) terminal.write(CLEAR);
      shown = false;
    },
  };
}

/** To the beginning of the line, and nothing behind it. */
const CLEAR = '\r\u001b[K';

/** A part of the whole as a bar of so many characters. */
export function barOf(part: number, size = 30): string {
  const full = Math.round(size * Math.min(1, Math.max(0, part)));
  return '━'.repeat(full) + '─'.repeat(size - full);
}
