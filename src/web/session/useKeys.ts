import { type RefObject, useEffect, useRef } from 'react';
import { lengthOf, panned, type Stretch, zoomed } from '../charts/stretch.ts';
import type { RepetitionEditor } from './useRepetitionEditor.ts';
import type { TimeCursor } from './useTimeCursor.ts';

/** What the keys zoom. */
export interface Zooming {
  zoom: Stretch | null;
  setZoom: (zoom: Stretch | null) => void;
  whole: Stretch;
  least: number;
}

/**
 * Space and arrows count wherever nothing else takes them. Letters and signs count while the focus is in `area` alone: who
 * speaks to a computer would set them off otherwise (WCAG 2.1.4).
 */
export function useKeys(
  area: RefObject<HTMLElement | null>,
  cursor: TimeCursor,
  zooming: Zooming,
  editor: RepetitionEditor,
): void {
  const now = useRef({ cursor, zooming, editor });
  useEffect(() => {
    now.current = { cursor, zooming, editor };
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || target.closest(TAKEN) !== null) return;
      const here = area.current?.contains(target) ?? false;
      if (!here && target !== document.body && target.id !== 'content') return;
      const { cursor, zooming, editor } = now.current;
      const does =
        event.ctrlKey || event.metaKey ? undo(event, editor) : action(event, cursor, zooming, here);
      if (does === null) return;
      event.preventDefault();
      does();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [area]);
}

/** Elements that have a use of their own for keys. */
const TAKEN = 'input, select, textarea, button, a, summary, dialog, [role="slider"], [role="menu"]';

function undo({ key, shiftKey }: KeyboardEvent, editor: RepetitionEditor): (() => void) | null {
  if (!editor.mayEdit) return null;
  if (key === 'z' && !shiftKey && editor.canUndo) return editor.undo;
  if ((key === 'y' || (key.toLowerCase() === 'z' && shiftKey)) && editor.canRedo) return editor.redo;
  return null;
}

function action(
  { key, shiftKey, altKey }: KeyboardEvent,
  cursor: TimeCursor,
  { zoom, setZoom, whole, least }: Zooming,
  here: boolean,
): (() => void) | null {
  if (altKey) return null;
  const shown = zoom ?? whole;
  const direction = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (direction !== 0)
    return shiftKey
      ? () => setZoom(panned(shown, direction * 0.1 * lengthOf(shown), whole))
      : () => cursor.step(direction);
  if (key === ' ') return cursor.toggle;
  if (!here) return null;
  const at = cursor.state().time_s;
  const around = at >= shown.from && at <= shown.to ? at : (shown.from + shown.to) / 2;
  switch (key.toLowerCase()) {
    case 'k':
      return cursor.toggle;
    case 'j':
      return () => cursor.changeSpeed(-1);
    case 'l':
      return () => cursor.changeSpeed(1);
    case ',':
      return () => cursor.step(-1);
    case '.':
      return () => cursor.step(1);
    case '+':
    case '=':
      return () => setZoom(zoomed(shown, around, 0.5, whole, least));
    case '-':
      return () => setZoom(zoomed(shown, around, 2, whole, least));
    case '0':
      return () => setZoom(null);
    default:
      return null;
  }
}
