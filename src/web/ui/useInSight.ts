import { type RefObject, useEffect, useRef } from 'react';

/** A row of links that can be pushed sideways: the one of what is shown now is brought into sight. `at`: what is shown. */
export function useInSight(at: string): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place has another link
  useEffect(() => {
    // The reference is empty before the observer is told to stop.
    const links = row.current!;
    // Hears at once, and when a phone is turned.
    const observer = new ResizeObserver(() => bringIntoSight(links));
    observer.observe(links);
    return () => observer.disconnect();
  }, [at]);
  return row;
}

/** So much of the one beside it is seen, too, px. */
const NEXT = 24;

/** Only sideways: scrollIntoView would move the page, too. */
function bringIntoSight(row: HTMLElement): void {
  const link = row.querySelector('[aria-current=page]')?.getBoundingClientRect();
  if (link === undefined) return;
  const { left, right } = row.getBoundingClientRect();
  row.scrollLeft += Math.max(0, link.right + NEXT - right) + Math.min(0, link.left - NEXT - left);
}
