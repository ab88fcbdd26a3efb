import { useId } from 'react';
import { compareWords } from '../words/compare.ts';

const TEXT = compareWords;

/** Where along a repetition values are read, by hand or by keys, and how to move it. */
export function ReadAt({ at, onAt }: { at: number; onAt: (percent: number) => void }) {
  const hint = useId();
  return (
    <div className="no-print grid gap-1 text-sm text-soft">
      <label className="flex items-center gap-3">
        {TEXT.at}
        <input
          type="range"
          min={0}
          max={100}
          value={at}
          aria-describedby={hint}
          className="min-w-0 grow accent-accent"
          onChange={({ target }) => onAt(Number(target.value))}
        />
        <output className="w-12 text-end tabular-nums">{TEXT.atValue(at)}</output>
      </label>
      <p id={hint}>{TEXT.atHint}</p>
    </div>
  );
}
