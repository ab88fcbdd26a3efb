import { useEffect, useRef } from 'react';

/** Brings the first field that is refused before the eyes and gives it the focus; without one, the message that tells why. */
export function leadTo(within: HTMLElement, field = '[aria-invalid="true"]'): void {
  const place =
    within.querySelector<HTMLElement>(field) ?? within.querySelector<HTMLElement>('[role="alert"]');
  if (place === null) return;
  const lid = place.closest('details');
  if (lid !== null) lid.open = true;
  place.scrollIntoView({ block: 'center' });
  place.focus({ preventScroll: true });
}

/** Of a form: leads there after every refusal. */
export function useLedTo<Within extends HTMLElement>(error: unknown) {
  const within = useRef<Within>(null);
  useEffect(() => {
    if (error !== null && within.current !== null) leadTo(within.current);
  }, [error]);
  return within;
}
