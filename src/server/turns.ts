/**
 * Work that is quick, and may come in any number at once: after so many milliseconds of it, whoever else has something to do
 * has a turn before it goes on, in the order in which it came.
 */
export type Turns = (work: () => void) => void;

export function createTurns(most_ms: number, now: () => number = () => performance.now()): Turns {
  const waiting: (() => void)[] = [];
  /** When the turn that goes on is over; null: there is none. */
  let ends_ms: number | null = null;
  const begin = () => {
    ends_ms = now() + most_ms;
    setImmediate(next);
  };
  const next = () => {
    if (waiting.length === 0) {
      ends_ms = null;
      return;
    }
    begin();
    let done = 0;
    do waiting[done++]!();
    while (done < waiting.length && now() < ends_ms!);
    waiting.splice(0, done);
  };
  return (work) => {
    if (ends_ms === null) begin();
    if (waiting.length > 0 || now() > ends_ms!) waiting.push(work);
    else work();
  };
}
