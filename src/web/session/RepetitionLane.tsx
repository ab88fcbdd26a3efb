import type { KeyboardEvent } from 'react';
import { ROOM } from '../charts/plot.ts';
import { fractionOf, lengthOf, type Stretch } from '../charts/stretch.ts';
import { seconds } from '../ui/numbers.ts';
import { sessionWords } from '../words/session.ts';
import { inView } from './inView.ts';
import { edgeLimits, moveEdge, moveWhole, remove } from './repetitions.ts';
import { type Grip, useDrag } from './useDrag.ts';
import type { RepetitionEditor } from './useRepetitionEditor.ts';

const text = sessionWords.repetitions;

/** Repetitions above the charts, on the same axis: dragged by their middle or their edges, or moved with the arrow keys. */
export function RepetitionLane({ editor, shown }: { editor: RepetitionEditor; shown: Stretch }) {
  const drag = useDrag(editor, lengthOf(shown));
  const { list, mayEdit, recording } = editor;

  function keys(index: number, grip: Grip) {
    return (event: KeyboardEvent) => {
      const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
      if (event.key === 'Delete' || event.key === 'Backspace') editor.commit(remove(list, index));
      else if (direction !== 0) {
        const by_s = direction * (event.shiftKey ? 10 : 1) * recording.frame_s;
        editor.commit(
          grip === 'whole'
            ? moveWhole(list, index, by_s, recording)
            : moveEdge(list, index, grip, list[index]![grip] + by_s, recording, event.altKey),
        );
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
  }
  const slider = (index: number, grip: Grip) => {
    const { Start, End } = list[index]!;
    const [low, high] =
      grip === 'whole'
        ? [list[index - 1]?.End ?? 0, (list[index + 1]?.Start ?? recording.duration_s) - (End - Start)]
        : edgeLimits(list, index, grip, recording);
    const now = grip === 'End' ? End : Start;
    return {
      role: 'slider',
      tabIndex: 0,
      'aria-label': text.grip[grip](index + 1),
      'aria-valuemin': Math.min(low, now),
      'aria-valuemax': Math.max(high, now),
      'aria-valuenow': now,
      'aria-valuetext': grip === 'whole' ? text.span(Start, End) : seconds(now, 3),
      ...drag(index, grip),
      onKeyDown: keys(index, grip),
    };
  };
  return (
    <div className="relative h-7" style={{ marginLeft: ROOM.left, marginRight: ROOM.right }}>
      <div data-axis className="absolute inset-0 touch-pan-y overflow-hidden rounded bg-sunken">
        {inView(list, shown).map((index) => {
          const { Start, End } = list[index]!;
          const left = 100 * fractionOf(shown, Start);
          const width = 100 * fractionOf(shown, End) - left;
          return (
            <div
              key={index}
              className="absolute inset-y-0.5 flex rounded border border-accent bg-accent/20"
              style={{ left: `${left}%`, width: `${width}%` }}
            >
              {mayEdit ? (
                <>
                  <div {...slider(index, 'Start')} className={`${EDGE} after:right-0 after:-left-3`} />
                  <div {...slider(index, 'whole')} className={`${MIDDLE} cursor-grab`}>
                    {index + 1}
                  </div>
                  <div {...slider(index, 'End')} className={`${EDGE} after:-right-3 after:left-0`} />
                </>
              ) : (
                <div className={MIDDLE}>{index + 1}</div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A finger takes hold of more than is seen. */
const EDGE =
  'relative w-2.5 shrink-0 cursor-ew-resize touch-pan-y rounded bg-accent/70 hover:bg-accent after:absolute after:inset-y-0 pointer-coarse:after:content-[""]';
const MIDDLE =
  'min-w-0 grow touch-pan-y overflow-hidden text-center text-sm leading-5.5 font-medium select-none';
