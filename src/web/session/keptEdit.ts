import type { History } from './history.ts';
import type { Draft } from './repetitions.ts';

/** Repetitions that somebody is changing. */
export interface Edited {
  /** Report that was edited. */
  version: number;
  history: History<readonly Draft[]>;
}

const nameOf = (sessionId: string) => `kinebase.edit ${sessionId}`;

/** What was changed in this tab and not saved yet: it outlives a reload, and looking at something else. */
export function readEdit(sessionId: string): Edited | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(nameOf(sessionId)) ?? 'null') as Edited | null;
    return Array.isArray(kept?.history?.now) ? kept : null;
  } catch {
    return null;
  }
}

export function keepEdit(sessionId: string, edited: Edited): void {
  const { before, after } = edited.history;
  try {
    if (before.length + after.length === 0) sessionStorage.removeItem(nameOf(sessionId));
    else sessionStorage.setItem(nameOf(sessionId), JSON.stringify(edited));
  } catch {
    // No room: it lives as long as the view.
  }
}
