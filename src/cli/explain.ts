/** What a person can act on, in one line: the sentence of whoever refused, and the stable code where there is one. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  const { code } = error as { code?: unknown };
  // Faults of the program itself have no code; their message is all there is to say without a stack.
  const shown = typeof code === 'string' && !error.message.includes(code) ? ` (${code})` : '';
  return `error: ${error.message}${shown}`;
}

/** A mistake of the person at the keyboard, found before anything was asked of a server. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
