import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { lengthOf, pinched, type Stretch, valueAt } from './stretch.ts';

export interface PinchChoice {
  shown: Stretch;
  whole: Stretch;
  least: number;
  onZoom: ((zoom: Stretch | null) => void) | undefined;
}

/** What came of a finger: whether two of them hold the area now. */
export interface Pinch {
  down(event: PointerEvent): boolean;
  move(event: PointerEvent): boolean;
  up(event: PointerEvent): void;
}

/**
 * Two fingers on a plotted area: apart and together zooms, along moves, both at once, and what lay between them stays there.
 * One finger is left to others, and up and down to the page.
 */
export function usePinch(area: RefObject<HTMLElement | null>, now: RefObject<PinchChoice>): Pinch {
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const held = useRef<{ distance: number; middle: number; length: number } | null>(null);

  // With two fingers the page stays where it is. React listens passively.
  useEffect(() => {
    const element = area.current!;
    const stay = (event: TouchEvent) => {
      if (event.touches.length > 1 && event.cancelable) event.preventDefault();
    };
    element.addEventListener('touchmove', stay, { passive: false });
    return () => element.removeEventListener('touchmove', stay);
  }, [area]);

  /** Of the two fingers that came first: how far they are apart, and where along the area the middle between them is. */
  const between = () => {
    const [one, other] = [...fingers.current.values()] as [
      { x: number; y: number },
      { x: number; y: number },
    ];
    const { left, width } = area.current!.getBoundingClientRect();
    return {
      distance: Math.max(1, Math.hypot(one.x - other.x, one.y - other.y)),
      fraction: ((one.x + other.x) / 2 - left) / (width || 1),
    };
  };
  return {
    down({ pointerType, pointerId, isPrimary, clientX: x, clientY: y }) {
      const { shown, onZoom } = now.current;
      if (pointerType !== 'touch' || onZoom === undefined) return false;
      // The only one on the screen: whatever was before has gone.
      if (isPrimary) fingers.current.clear();
      fingers.current.set(pointerId, { x, y });
      if (fingers.current.size < 2) return false;
      // What one of them had taken hold of loses it.
      for (const id of fingers.current.keys()) area.current!.setPointerCapture(id);
      const { distance, fraction } = between();
      held.current = { distance, middle: valueAt(shown, fraction), length: lengthOf(shown) };
      return true;
    },
    move({ pointerId, clientX: x, clientY: y }) {
      if (!fingers.current.has(pointerId)) return false;
      fingers.current.set(pointerId, { x, y });
      if (held.current === null) return false;
      const { distance, fraction } = between();
      const { whole, least, onZoom } = now.current;
      const length = (held.current.length * held.current.distance) / distance;
      onZoom?.(pinched(held.current.middle, fraction, length, whole, least));
      return true;
    },
    up({ pointerId }) {
      if (fingers.current.delete(pointerId)) held.current = null;
    },
  };
}
