import { type PointerEvent, useRef } from 'react';
import { type Draft, type Edge, moveEdge, moveWhole } from './repetitions.ts';
import type { RepetitionEditor } from './useRepetitionEditor.ts';

/** What of a repetition is held. */
export type Grip = Edge | 'whole';

export interface Handlers {
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(): void;
  onPointerCancel(): void;
  onLostPointerCapture(): void;
}

/** Drags a part of a repetition along an axis: `second_px` pixels are a second. Alt leaves the neighbour where it is. */
export function useDrag(editor: RepetitionEditor, length_s: number): (index: number, grip: Grip) => Handlers {
  const held = useRef<{
    pixel: number;
    second_px: number;
    list: readonly Draft[];
    moved: readonly Draft[] | null;
  } | null>(null);
  const letGo = () => {
    if (held.current === null) return;
    held.current = null;
    editor.preview(null);
  };
  return (index, grip) => ({
    onPointerDown(event) {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.preventDefault();
      (event.currentTarget as HTMLElement).focus?.();
      event.currentTarget.setPointerCapture(event.pointerId);
      const axis = event.currentTarget.closest('[data-axis]')!;
      held.current = {
        pixel: event.clientX,
        second_px: axis.getBoundingClientRect().width / length_s,
        list: editor.list,
        moved: null,
      };
    },
    onPointerMove(event) {
      const { current } = held;
      if (current === null) return;
      const { list, pixel, second_px } = current;
      const by_s = (event.clientX - pixel) / second_px;
      const { recording } = editor;
      current.moved =
        grip === 'whole'
          ? moveWhole(list, index, by_s, recording)
          : moveEdge(list, index, grip, list[index]![grip] + by_s, recording, event.altKey);
      editor.preview(current.moved);
    },
    onPointerUp() {
      const moved = held.current?.moved;
      held.current = null;
      if (moved) editor.commit(moved);
    },
    onPointerCancel: letGo,
    // Also when a second finger makes it a pinch.
    onLostPointerCapture: letGo,
  });
}
