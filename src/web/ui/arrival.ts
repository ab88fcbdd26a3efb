import { createContext, useContext } from 'react';

/** How the view that is shown was come to; the frame notes it, headings and lists put the focus where it belongs. */
export interface Arrival {
  /** Where the focus was when the view was left for another; undefined: this is the first one since the page was loaded. */
  from: Element | null | undefined;
  /** The link that was followed when the view was left to which somebody has just come back. */
  left: string | undefined;
  /** Notes that a link of the view is followed, so that the focus is there again on coming back. */
  leave(href: string): void;
}

export const ArrivalContext = createContext<Arrival>({ from: undefined, left: undefined, leave() {} });
export const useArrival = () => useContext(ArrivalContext);

/** Whether the focus is for the new view to take: it is nowhere, or still where the view before was left. */
export const isFocusFree = ({ from }: Arrival): boolean =>
  from !== undefined && (document.activeElement === document.body || document.activeElement === from);
