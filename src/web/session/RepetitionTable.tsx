import { useId, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { seconds } from '../ui/numbers.ts';
import { sessionWords } from '../words/session.ts';
import { type Edge, edgeLimits, mayStand, moveEdge, remove } from './repetitions.ts';
import type { RepetitionEditor } from './useRepetitionEditor.ts';

const text = sessionWords.repetitions;

/** Repetitions as numbers, for who would rather type than drag. A long list is shown in parts. */
export default function RepetitionTable({ editor }: { editor: RepetitionEditor }) {
  const [most, setMost] = useState(ROWS);
  const { list, mayEdit, recording } = editor;
  if (list.length === 0)
    return (
      <section aria-labelledby="repetitions" className={PANEL}>
        <h2 id="repetitions" className="font-semibold">
          {text.heading}
        </h2>
        <p className="text-soft">{mayEdit ? text.noneEdit : text.none}</p>
      </section>
    );
  const field = (index: number, edge: Edge) =>
    mayEdit ? (
      <Seconds
        label={text.field[edge](index + 1)}
        value={list[index]![edge]}
        step={recording.frame_s}
        limits={edgeLimits(list, index, edge, recording, true)}
        mayBe={(time_s) => mayStand(list, index, edge, time_s, recording)}
        onValue={(time_s) => editor.commit(moveEdge(list, index, edge, time_s, recording, true))}
      />
    ) : (
      seconds(list[index]![edge], 3)
    );
  return (
    <section aria-labelledby="repetitions" className={PANEL}>
      <h2 id="repetitions" className="font-semibold">
        {text.heading}
      </h2>
      <div className="overflow-x-auto">
        <table className="tabular-nums">
          <thead className="text-start text-sm text-soft">
            <tr>
              <th className="pr-6 font-medium">{text.number}</th>
              <th className="pr-6 font-medium">{text.start}</th>
              <th className="pr-6 font-medium">{text.end}</th>
              <th className="pr-6 font-medium">{text.peak}</th>
              <th className="pr-6 text-end font-medium">{text.length}</th>
              {mayEdit && <td />}
            </tr>
          </thead>
          <tbody>
            {list.slice(0, most).map(({ Start, Peak, End }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a repetition is its place in the list
              <tr key={index}>
                <th scope="row" className="pr-6 text-start font-normal">
                  {index + 1}
                </th>
                <td className="pr-6 align-top">{field(index, 'Start')}</td>
                <td className="pr-6 align-top">{field(index, 'End')}</td>
                <td className="pr-6">{Peak === undefined ? text.peakOpen : seconds(Peak, 3)}</td>
                <td className="pr-6 text-end">{seconds(End - Start, 3)}</td>
                {mayEdit && (
                  <td>
                    <Button
                      kind="quiet"
                      aria-label={text.removeNumber(index + 1)}
                      onClick={() => editor.commit(remove(list, index))}
                    >
                      {text.remove}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.length > most && (
        <Button kind="quiet" className="justify-self-start" onClick={() => setMost(most + 10 * ROWS)}>
          {text.more(list.length - most)}
        </Button>
      )}
    </section>
  );
}

const ROWS = 50;
const PANEL = 'print-whole grid gap-2 rounded-xl border border-line bg-panel p-4';

/** A time that counts once it is typed to its end, and stays as it was where that cannot be. */
function Seconds({
  label,
  value,
  step,
  limits,
  mayBe,
  onValue,
}: {
  label: string;
  value: number;
  step: number;
  limits: readonly [number, number];
  mayBe: (value: number) => boolean;
  onValue: (value: number) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState<Typed | null>(null);
  // What was typed in place of another value is forgotten with that one.
  const current = typed?.inPlaceOf === value ? typed : null;
  const settle = (field: HTMLInputElement) => {
    if (current === null) return;
    const number = Number(current.text);
    if (field.validity.badInput || (current.text.trim() !== '' && !mayBe(number)))
      return setTyped({ ...current, refused: true });
    setTyped(null);
    if (current.text.trim() !== '') onValue(number);
  };
  return (
    <>
      <input
        type="number"
        aria-label={label}
        aria-invalid={current?.refused === true}
        aria-describedby={current?.refused ? id : undefined}
        className="w-28 rounded-md border border-line bg-page px-2 py-1 aria-invalid:border-danger"
        step={step}
        value={current?.text ?? value.toFixed(3)}
        onChange={({ target }) =>
          setTyped({ text: target.value, inPlaceOf: value, refused: current?.refused ?? false })
        }
        onBlur={({ target }) => settle(target)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') settle(currentTarget);
          if (key === 'Escape') setTyped(null);
        }}
      />
      {current?.refused && (
        <p id={id} role="alert" className="max-w-36 text-sm text-danger">
          {text.between(...limits)}
        </p>
      )}
    </>
  );
}

interface Typed {
  text: string;
  inPlaceOf: number;
  /** It was typed to its end, and cannot be. */
  refused: boolean;
}
