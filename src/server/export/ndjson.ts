import type { SessionFormat } from './sessionFormat.ts';

/** One JSON object a line, as the store holds them. */
export const NDJSON: SessionFormat = {
  contentType: 'application/x-ndjson',
  ending: 'ndjson',
  text: true,
  async *write(slices) {
    for await (const slice of slices) yield Buffer.from(slice);
  },
};
