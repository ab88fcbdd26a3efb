import { useEffect, useRef } from 'react';
import { isFocusFree, useArrival } from './arrival.ts';
import { nameWindow } from './title.ts';

/** The heading of a view: the window is named after it, and whoever comes from another view starts reading here. */
export function Heading({
  children,
  title = children,
  className = 'text-2xl font-semibold',
}: {
  children: string;
  /** What the window is called where the heading alone does not tell it. */
  title?: string;
  className?: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrival = useArrival();
  useEffect(() => nameWindow(title), [title]);
  useEffect(() => {
    if (!isFocusFree(arrival)) return;
    const link = arrival.left && `#content a[href="${CSS.escape(arrival.left)}"]:not([tabindex="-1"])`;
    const place = (link && document.querySelector<HTMLElement>(link)) || heading.current!;
    // Where the page is scrolled to is the router's to restore.
    place.focus({ preventScroll: true });
    arrival.from = place;
  }, [arrival]);
  return (
    <h1 ref={heading} tabIndex={-1} className={`${className} outline-none`}>
      {children}
    </h1>
  );
}
