import { words } from '../words/common.ts';

/** While the first data is on its way; `lines` grey bars stand for what will come. */
export const Waiting = ({ lines = 6 }: { lines?: number }) => (
  <div role="status" aria-label={words.loading} className="grid gap-2">
    {Array.from({ length: lines }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
      <div key={index} className="h-9 animate-pulse rounded-md bg-sunken" />
    ))}
  </div>
);
