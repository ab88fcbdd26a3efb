import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** How wide an element is shown, in CSS pixels; 0 until it is. */
export function useWidth<T extends Element>(): [RefObject<T | null>, number] {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const shown = element.current!;
    const measure = () => setWidth(Math.floor(shown.getBoundingClientRect().width));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(shown);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
