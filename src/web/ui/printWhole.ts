import type { QueryClient } from '@tanstack/react-query';
import { showWhole } from '../shell/usePaper.ts';

/** Shows everything, waits until it has been read and drawn, and prints. */
export async function printWhole(queries: QueryClient): Promise<void> {
  showWhole(true);
  try {
    await drawn();
    while (queries.isFetching() > 0) {
      await settled(queries);
      await drawn();
    }
    window.print();
  } finally {
    showWhole(false);
  }
}

const settled = (queries: QueryClient) =>
  new Promise<void>((done) => {
    const stop = queries.getQueryCache().subscribe(() => {
      if (queries.isFetching() > 0) return;
      stop();
      done();
    });
  });

/** The frame after the next: what was just shown has asked for its data. */
const drawn = () =>
  new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
