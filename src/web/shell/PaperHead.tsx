import { dayAndTime } from '../ui/time.ts';
import { words } from '../words/common.ts';
import { usePaper } from './usePaper.ts';

/** On top of the first sheet: whose data this is, where it comes from, and when it was printed. */
export function PaperHead({ organization }: { organization: string | undefined }) {
  const printed = usePaper();
  if (printed === null) return null;
  return (
    <div className="paper-only mb-3 flex justify-between gap-6 border-b border-line pb-1 text-sm">
      <p className="max-w-1/2 shrink-0">
        <b>{organization}</b>
      </p>
      <p className="text-end text-soft wrap-anywhere">
        {words.shell.printed(words.product, dayAndTime(printed))}
        <br />
        {window.location.host}
        {window.location.pathname}
      </p>
    </div>
  );
}
