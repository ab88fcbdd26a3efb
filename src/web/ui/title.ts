import { words } from '../words/common.ts';

/** Names the window after what it shows: `Sessions – Kinebase`. */
export function nameWindow(shown: string): void {
  document.title = shown === words.product ? shown : `${shown} – ${words.product}`;
}
