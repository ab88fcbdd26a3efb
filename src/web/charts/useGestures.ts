import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { fractionOf, inside, lengthOf, panned, type Stretch, valueAt, within, zoomed } from './stretch.ts';
import { usePinch } from './usePinch.ts';

export interface GestureChoice {
  shown: Stretch;
  whole: Stretch;
  /** Shortest stretch that may be shown. */
  least: number;
  /** How far an arrow key moves the cursor. */
  step: number;
  cursor: number | null;
  onCursor: ((x: number) => void) | undefined;
  onHover: (x: number | null) => void;
  onZoom: ((zoom: Stretch | null) => void) | undefined;
}

export interface Gestures {
  onPointerDownCapture(event: PointerEvent): void;
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(event: PointerEvent): void;
  onPointerCancel(event: PointerEvent): void;
  onPointerLeave(): void;
  onDoubleClick(): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** Pixels within which a press is a click. */
const STILL = 4;

/**
 * Pointer, wheel and keys over a plotted area. A click puts the cursor there; dragging moves what is shown, or chooses a
 * stretch where everything is shown or Shift is held; the wheel zooms once the chart has the focus (before, it scrolls the
 * page) or with Ctrl; two fingers zoom and move; + − 0 zoom, Shift with arrows moves.
 */
export function useGestures(
  area: RefObject<HTMLElement | null>,
  choice: GestureChoice,
): { gestures: Gestures; chosen: Stretch | null } {
  const now = useRef(choice);
  now.current = choice;
  const press = useRef<{ at: number; pixel: number; shown: Stretch; chooses: boolean } | null>(null);
  const moved = useRef(false);
  const pinch = usePinch(area, now);
  const [chosen, setChosen] = useState<Stretch | null>(null);

  const fractionAt = (clientX: number) => {
    const { left, width } = area.current!.getBoundingClientRect();
    return (clientX - left) / (width || 1);
  };
  const axisAt = (clientX: number, stretch: Stretch) =>
    valueAt(stretch, within(fractionAt(clientX), { from: 0, to: 1 }));

  // React listens to the wheel passively, and the page would scroll as well.
  useEffect(() => {
    const element = area.current!;
    const turn = (event: WheelEvent) => {
      const { shown, whole, least, onZoom } = now.current;
      if (onZoom === undefined) return;
      const sideways =
        event.shiftKey && event.deltaX === 0
          ? event.deltaY
          : Math.abs(event.deltaX) > Math.abs(event.deltaY)
            ? event.deltaX
            : 0;
      const { left, width } = element.getBoundingClientRect();
      if (sideways !== 0) {
        if (lengthOf(shown) >= lengthOf(whole)) return;
        event.preventDefault();
        onZoom(panned(shown, (sideways / width) * lengthOf(shown), whole));
      } else if (event.ctrlKey || event.metaKey || element.contains(document.activeElement)) {
        event.preventDefault();
        const around = valueAt(shown, (event.clientX - left) / width);
        onZoom(zoomed(shown, around, Math.exp(event.deltaY * WHEEL), whole, least));
      }
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [area]);

  const end = () => {
    press.current = null;
    setChosen(null);
  };
  const gestures: Gestures = {
    // Before anything that lies on the area takes hold of the second finger.
    onPointerDownCapture(event) {
      if (!pinch.down(event)) return;
      event.stopPropagation();
      end();
      choice.onHover(null);
    },
    onPointerDown(event) {
      if (event.button !== 0 || event.target !== event.currentTarget) return;
      const { shown, whole, onZoom } = choice;
      const all = lengthOf(shown) >= lengthOf(whole) * (1 - 1e-9);
      moved.current = false;
      press.current = {
        at: axisAt(event.clientX, shown),
        pixel: event.clientX,
        shown,
        chooses: all || event.shiftKey,
      };
      if (onZoom !== undefined) event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event) {
      if (pinch.move(event)) return;
      const { shown, whole, onZoom, onHover } = choice;
      const { current } = press;
      onHover(axisAt(event.clientX, shown));
      if (current === null || onZoom === undefined) return;
      if (!moved.current && Math.abs(event.clientX - current.pixel) < STILL) return;
      moved.current = true;
      if (current.chooses) {
        const here = axisAt(event.clientX, shown);
        setChosen({ from: Math.min(here, current.at), to: Math.max(here, current.at) });
      } else {
        const { width } = area.current!.getBoundingClientRect();
        const by = ((current.pixel - event.clientX) / width) * lengthOf(current.shown);
        onZoom(panned(current.shown, by, whole));
      }
    },
    onPointerUp(event) {
      pinch.up(event);
      const { shown, whole, least, onZoom, onCursor } = choice;
      const { current } = press;
      if (current === null) return;
      if (!moved.current) onCursor?.(axisAt(event.clientX, shown));
      else if (current.chooses && chosen !== null) onZoom?.(inside(chosen, whole, least));
      end();
    },
    onPointerCancel(event) {
      pinch.up(event);
      end();
    },
    onPointerLeave: () => choice.onHover(null),
    onDoubleClick: () => choice.onZoom?.(null),
    onKeyDown(event) {
      if (event.target === event.currentTarget && key(event, choice)) event.preventDefault();
    },
  };
  return { gestures, chosen };
}

/** Of the wheel: a notch of 100 makes it a third closer. */
const WHEEL = 0.003;

/** Whether the key meant something. */
function key({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent, choice: GestureChoice): boolean {
  const { shown, whole, least, step, cursor, onCursor, onZoom } = choice;
  if (ctrlKey || metaKey || altKey) return false;
  const direction = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (direction !== 0 && shiftKey && onZoom !== undefined) {
    onZoom(panned(shown, direction * 0.1 * lengthOf(shown), whole));
    return true;
  }
  if (direction !== 0 && onCursor !== undefined) {
    onCursor(within((cursor ?? shown.from) + direction * step, whole));
    return true;
  }
  if (onZoom === undefined) return false;
  const seen = cursor !== null && fractionOf(shown, cursor) >= 0 && fractionOf(shown, cursor) <= 1;
  const around = seen ? cursor : (shown.from + shown.to) / 2;
  if (key === '+' || key === '=') onZoom(zoomed(shown, around, 0.5, whole, least));
  else if (key === '-' || key === '_') onZoom(zoomed(shown, around, 2, whole, least));
  else if (key === '0') onZoom(null);
  else return false;
  return true;
}
