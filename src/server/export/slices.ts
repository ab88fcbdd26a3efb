import { setImmediate as others } from 'node:timers/promises';

/** Part of something long that is read in slices: where the next begins; null when there is none. */
interface Slice {
  last: string | null;
}

/** Slice after slice from the first on, never more than one ahead of whoever takes them. */
export async function* oneAhead<S extends Slice>(read: (after: string) => Promise<S>): AsyncGenerator<S> {
  for (let coming: Promise<S> | null = read(''); coming !== null; ) {
    const slice: S = await coming;
    // The next one is read while this one is sent. When the client is gone nobody waits for it, or hears that it failed.
    coming = slice.last === null ? null : read(slice.last);
    coming?.catch(() => {});
    yield slice;
    // The embedded store answers at once, and a client that takes everything would leave others no turn.
    await others();
  }
}
