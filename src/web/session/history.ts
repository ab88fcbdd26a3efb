/** A value with what it was before, for undoing step by step. */
export interface History<T> {
  readonly now: T;
  readonly before: readonly T[];
  readonly after: readonly T[];
}

export const begin = <T>(now: T): History<T> => ({ now, before: [], after: [] });

export const change = <T>({ now, before }: History<T>, next: T): History<T> => ({
  now: next,
  before: [...before, now],
  after: [],
});

export const undo = <T>(history: History<T>): History<T> => {
  const { now, before, after } = history;
  return before.length === 0
    ? history
    : { now: before.at(-1)!, before: before.slice(0, -1), after: [now, ...after] };
};

export const redo = <T>(history: History<T>): History<T> => {
  const { now, before, after } = history;
  return after.length === 0 ? history : { now: after[0]!, before: [...before, now], after: after.slice(1) };
};
