/** Lines of a byte buffer, found without copying it. Lines end in LF or CRLF; the last one may end with the file. */

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const BLANK = 32;
export const QUOTE = 34;
export const HASH = 35;
export const COMMA = 44;
export const SEMICOLON = 59;

/** Offset of the LF that ends the line at `from`, or the length of the file. */
export function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(LF, from);
  return end === -1 ? bytes.length : end;
}

const decoder = new TextDecoder();

export function lineText(bytes: Uint8Array, from: number, end: number): string {
  const last = end > from && bytes[end - 1] === CR ? end - 1 : end;
  return decoder.decode(bytes.subarray(from, last));
}

/** Number of lines from `from` on, an unfinished last one included. */
export function countLines(bytes: Uint8Array, from: number): number {
  let lines = 0;
  for (let at = from; at < bytes.length; at = lineEnd(bytes, at) + 1) lines += 1;
  return lines;
}

/** Files of old spreadsheets end lines in CR alone; every other file is returned as it is. */
export function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (bytes.includes(LF) || !bytes.includes(CR)) return bytes;
  return bytes.map((byte) => (byte === CR ? LF : byte));
}
