/** A recording that a file format cannot hold; the message says what it is and what to choose instead. */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError';
}
