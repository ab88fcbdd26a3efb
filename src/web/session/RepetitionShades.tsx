import { fractionOf, lengthOf, type Stretch } from '../charts/stretch.ts';
import { inView } from './inView.ts';
import { useDrag } from './useDrag.ts';
import type { RepetitionEditor } from './useRepetitionEditor.ts';

/** With more of them an edge could not be taken hold of. */
const MOST_HANDLES = 120;

/** Repetitions behind the curves, every other one darker; their edges can be dragged here too. For keys there is the lane. */
export function RepetitionShades({ editor, shown }: { editor: RepetitionEditor; shown: Stretch }) {
  const drag = useDrag(editor, lengthOf(shown));
  const visible = inView(editor.list, shown);
  const handles = editor.mayEdit && visible.length <= MOST_HANDLES;
  return (
    <div data-axis aria-hidden="true" className="pointer-events-none absolute inset-0">
      {visible.map((index) => {
        const { Start, End } = editor.list[index]!;
        const left = 100 * fractionOf(shown, Start);
        return (
          <div
            key={index}
            className={`absolute inset-y-0 border-x border-accent/60 ${index % 2 === 0 ? 'bg-accent/8' : 'bg-accent/15'}`}
            style={{ left: `${left}%`, width: `${100 * fractionOf(shown, End) - left}%` }}
          >
            {handles && (
              <>
                <div {...drag(index, 'Start')} className={`${HANDLE} -left-1 pointer-coarse:-left-2.5`} />
                <div {...drag(index, 'End')} className={`${HANDLE} -right-1 pointer-coarse:-right-2.5`} />
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

const HANDLE =
  'no-print pointer-events-auto absolute inset-y-0 w-2 cursor-ew-resize touch-pan-y hover:bg-accent/50 pointer-coarse:w-5';
