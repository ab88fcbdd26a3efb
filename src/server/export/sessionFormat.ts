/** A format in which all the sessions of an organization are exported; each has a file of its own. */
export interface SessionFormat {
  contentType: string;
  /** Of the file's name. */
  ending: string;
  /** Text is compressed for clients that ask for it. */
  text: boolean;
  /** The file, piece by piece, from slices of JSON: one session a line, each line ended. */
  write(slices: AsyncIterable<string>): AsyncIterable<Buffer>;
}
