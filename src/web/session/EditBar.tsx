import { useRef } from 'react';
import { Button } from '../ui/Button.tsx';
import { words } from '../words/common.ts';
import { sessionWords } from '../words/session.ts';
import { addAt } from './repetitions.ts';
import type { RepetitionEditor } from './useRepetitionEditor.ts';
import type { TimeCursor } from './useTimeCursor.ts';

const text = sessionWords.repetitions;

/** What can be done with the repetitions, and whether anything is to be saved. */
export function EditBar({ editor, cursor }: { editor: RepetitionEditor; cursor: TimeCursor }) {
  const { list, recording, dirty, saving } = editor;
  const heading = useRef<HTMLHeadingElement>(null);
  /** The button that is pressed goes; the focus stays here. */
  const settle = (does: () => void) => () => {
    heading.current?.focus();
    does();
  };
  if (!editor.mayEdit && !saving) return <h2 className="font-semibold">{text.title(list.length)}</h2>;
  const add = () => {
    const added = addAt(list, cursor.state().time_s, recording);
    if (added !== null) editor.commit(added.list);
    else editor.refuse(text.noRoom);
  };
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2">
      <h2 ref={heading} tabIndex={-1} className="mr-2 font-semibold outline-none">
        {text.title(list.length)}
      </h2>
      <div className="no-print flex flex-wrap items-center gap-1">
        <Button kind="quiet" onClick={add} disabled={saving}>
          {text.add}
        </Button>
        <Button kind="quiet" onClick={editor.undo} disabled={saving || !editor.canUndo}>
          {words.undo}
        </Button>
        <Button kind="quiet" onClick={editor.redo} disabled={saving || !editor.canRedo}>
          {text.redo}
        </Button>
        <Button kind="quiet" onClick={editor.find} disabled={saving || dirty}>
          {text.find}
        </Button>
        {dirty && (
          <>
            <Button kind="plain" onClick={settle(editor.discard)} disabled={saving}>
              {text.discard}
            </Button>
            <Button onClick={settle(editor.save)} disabled={saving || editor.overtaken}>
              {saving ? text.saving : text.save}
            </Button>
          </>
        )}
      </div>
      {editor.overtaken ? (
        <p role="alert" className="text-danger">
          {text.overtaken}
        </p>
      ) : (
        dirty && <p className="text-sm text-soft">{text.unsaved}</p>
      )}
    </div>
  );
}
