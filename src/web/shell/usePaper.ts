import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/** What the page is for. `printed`: when it went on paper; null on the screen. `whole`: everything is shown, also what lies far below the screen. */
interface Paper {
  printed: Date | null;
  whole: boolean;
}

const SCREEN: Paper = { printed: null, whole: false };
let paper = SCREEN;
const hears = new Set<() => void>();

function change(next: Paper): void {
  paper = next;
  for (const hear of hears) hear();
}

// Rendered anew before the browser takes its picture, so that drawings can be made sharp and as wide as the paper.
const before = () => flushSync(() => change({ printed: new Date(), whole: true }));
const after = () => change(SCREEN);

/** The first that hears makes us hear: later than the theme, whose colours are drawn with. */
function subscribe(hear: () => void): () => void {
  if (hears.size === 0) {
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
  }
  hears.add(hear);
  return () => {
    hears.delete(hear);
    if (hears.size > 0) return;
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
  };
}

/** Whether the page is being put on paper, and when that began; null on the screen. */
export const usePaper = (): Date | null => useSyncExternalStore(subscribe, () => paper.printed);

/** Whether everything is shown: from when somebody wants to print until it is done. */
export const useWhole = (): boolean => useSyncExternalStore(subscribe, () => paper.whole);

export const showWhole = (whole: boolean): void => change({ ...paper, whole });

/** What is drawn across the paper: A4 without its margins at 96 px an inch; Letter is 3 % wider. */
export const PAPER_WIDTH_PX = 688;
/** Points of a drawing to one of the page: 288 an inch. */
export const PAPER_DENSITY = 3;
