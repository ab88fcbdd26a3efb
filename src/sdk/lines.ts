import { KinebaseError } from './errors.ts';

/** The lines of a text that comes in parts, without their ends. Throws KinebaseError for a last line that has no end. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '')
    throw new KinebaseError('bad_answer', 'The answer breaks off in the middle of a line.', { status: 200 });
}
