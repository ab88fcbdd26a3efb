import { useEffect, useRef, useState } from 'react';
import { inside, type Stretch } from '../charts/stretch.ts';
import type { SessionSearch } from './search.ts';

type Part = Pick<SessionSearch, 'from' | 'to'>;

/**
 * The stretch that charts show. It moves with every picture; the address is told when it rests, and tells back when somebody
 * goes to another one.
 */
export function useStretch(
  { from, to }: Part,
  whole: Stretch,
  least: number,
  write: (part: Part) => void,
): [Stretch | null, (stretch: Stretch | null) => void] {
  const address = keyOf({ from, to });
  const [zoom, setZoom] = useState(() => read({ from, to }, whole, least));
  const known = useRef(address);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another address moves what is shown
  useEffect(() => {
    if (address === known.current) return;
    known.current = address;
    setZoom(read({ from, to }, whole, least));
  }, [address]);
  const writes = useRef(write);
  writes.current = write;
  useEffect(() => {
    const part = rounded(zoom);
    if (keyOf(part) === known.current) return;
    const wait = window.setTimeout(() => {
      known.current = keyOf(part);
      writes.current(part);
    }, REST_MS);
    return () => window.clearTimeout(wait);
  }, [zoom]);
  return [zoom, setZoom];
}

/** Browsers refuse to write the address much more often. */
const REST_MS = 250;

const read = ({ from, to }: Part, whole: Stretch, least: number): Stretch | null =>
  from === undefined && to === undefined
    ? null
    : inside(
        {
          from: Math.min(from ?? whole.from, to ?? whole.to),
          to: Math.max(from ?? whole.from, to ?? whole.to),
        },
        whole,
        least,
      );

const rounded = (zoom: Stretch | null): Part =>
  zoom === null ? { from: undefined, to: undefined } : { from: round(zoom.from), to: round(zoom.to) };

const round = (time_s: number) => Math.round(time_s * 1000) / 1000;

const keyOf = ({ from, to }: Part) => `${from ?? ''} ${to ?? ''}`;
