import type { Progress } from '../mirror/run.ts';
import { barOf } from './statusLine.ts';

/** How far a long run is, how fast it goes, and when to say so. */

export interface Pace {
  perSecond: number | null;
  /** Null also while there may be more. */
  secondsLeft: number | null;
}

const WORDS: Readonly<Record<Progress['phase'], string>> = {
  verifying: 'files read again',
  reading: 'records listed',
  sessions: 'sessions',
  tables: 'tables written',
};

/** For a terminal. A part of what is not known as a whole is no bar. */
export function progressLine(
  { phase, done, total, open }: Progress,
  { perSecond, secondsLeft }: Pace,
): string {
  const count = phase === 'reading' ? `${done}` : `${done} of ${total}${open ? ' or more' : ''}`;
  const words = [
    `${count} ${WORDS[phase]}`,
    ...(perSecond === null ? [] : [`${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`]),
    ...(secondsLeft === null ? [] : [`${durationOf(secondsLeft)} left`]),
  ].join(', ');
  return open ? words : `${barOf(done / Math.max(1, total))} ${words}`;
}

/** Whether it is time to say something: at the beginning of a phase, and so often within it. */
export function createRhythm(every_ms: number): (progress: Progress, now_ms: number) => boolean {
  let phase = '';
  let said_ms = 0;
  return (progress, now_ms) => {
    if (progress.phase === phase && now_ms - said_ms < every_ms) return false;
    phase = progress.phase;
    said_ms = now_ms;
    return true;
  };
}

/** How fast it goes, over the last while, and how long it will take. */
export function createPace(): (progress: Progress, now_ms: number) => Pace {
  let phase = '';
  let from: { at_ms: number; done: number } = { at_ms: 0, done: 0 };
  let later = from;
  return (progress, now_ms) => {
    const { done, total, open } = progress;
    if (progress.phase !== phase) {
      phase = progress.phase;
      from = { at_ms: now_ms, done };
      later = from;
    }
    if (now_ms - later.at_ms > PACE_MS) {
      from = later;
      later = { at_ms: now_ms, done };
    }
    const seconds = (now_ms - from.at_ms) / 1000;
    if (seconds < 0.5 || done === from.done) return { perSecond: null, secondsLeft: null };
    const perSecond = (done - from.done) / seconds;
    return { perSecond, secondsLeft: open ? null : (total - done) / perSecond };
  };
}

const PACE_MS = 10_000;

function durationOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
