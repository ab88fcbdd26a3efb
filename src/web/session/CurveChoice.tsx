import { Link } from '@tanstack/react-router';
import { sessionWords } from '../words/session.ts';
import { type Panel, writeJoints } from './panels.ts';
import { QUANTITIES, type Quantity } from './search.ts';
import { useShow } from './useSessionSearch.ts';

const text = sessionWords.curves;

/** Angle, velocity or acceleration, and of which joints. */
export function CurveChoice({
  joints,
  chosen,
  quantity,
}: {
  joints: ReadonlyMap<string, readonly Panel[]>;
  chosen: readonly string[];
  quantity: Quantity;
}) {
  const show = useShow();
  const toggle = (joint: string) => {
    const next = chosen.includes(joint) ? chosen.filter((each) => each !== joint) : [...chosen, joint];
    // In the order of the recording, and never none.
    if (next.length > 0)
      show({ joint: writeJoints([...joints.keys()].filter((each) => next.includes(each))) });
  };
  return (
    <div className="no-print flex flex-wrap items-center gap-x-5 gap-y-2">
      <fieldset className="flex">
        <legend className="sr-only">{text.quantity}</legend>
        {QUANTITIES.map((each) => (
          <label key={each} className={`${CHOICE} first:rounded-l-md last:rounded-r-md not-first:-ml-px`}>
            <input
              type="radio"
              name="quantity"
              className="sr-only"
              checked={each === quantity}
              onChange={() => show({ quantity: each === 'angle' ? undefined : each })}
            />
            {text.quantities[each]}
          </label>
        ))}
      </fieldset>
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">{text.joints}</legend>
        {[...joints].map(([joint, panels]) => (
          <label key={joint} className={`${CHOICE} rounded-full`}>
            <input
              type="checkbox"
              className="sr-only"
              checked={chosen.includes(joint)}
              onChange={() => toggle(joint)}
            />
            <span aria-hidden="true" className="w-3">
              {chosen.includes(joint) ? '✓' : '+'}
            </span>
            {joint === '' ? text.other(panels.length) : joint}
          </label>
        ))}
      </fieldset>
      <Link
        to="/app/administration/$section"
        params={{ section: 'channels' }}
        className="text-sm text-accent hover:underline"
      >
        {text.meaning}
      </Link>
    </div>
  );
}

const CHOICE =
  'inline-flex cursor-pointer items-center gap-1 border border-line bg-panel px-3 py-1 hover:bg-sunken has-checked:border-accent has-checked:bg-accent/15 has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent';
