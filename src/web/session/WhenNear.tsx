import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWhole } from '../shell/usePaper.ts';

/**
 * Keeps the place of something, and shows it only while it is on the screen or close to it: there may be hundreds. For paper
 * everything is shown.
 */
export function WhenNear({ height, children }: { height: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const whole = useWhole();
  const [near, setNear] = useState(false);
  useEffect(() => {
    // The last of several that were gathered is how it stands now.
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)!.isIntersecting), {
      rootMargin: '400px',
    });
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} style={{ minHeight: height }}>
      {(near || whole) && children}
    </div>
  );
}
