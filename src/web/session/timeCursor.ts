/** Where the time cursor of a session stands, and whether it runs. */
export interface TimeState {
  time_s: number;
  playing: boolean;
  /** 1: as it was recorded. */
  speed: number;
}

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4] as const;

/** One place in time that charts and figure follow. */
export interface TimeCursor {
  readonly duration_s: number;
  readonly frame_s: number;
  state(): TimeState;
  subscribe(changed: () => void): () => void;
  /** Goes there, to the nearest frame, within the recording. */
  seek(time_s: number): void;
  /** So many frames on or back; stops. */
  step(frames: number): void;
  play(): void;
  pause(): void;
  toggle(): void;
  setSpeed(speed: number): void;
  /** The next slower (-1) or faster (1) of SPEEDS. */
  changeSpeed(by: -1 | 1): void;
}

/** Calls back before the next picture, with the time in ms; answers what stops that. */
export type NextPicture = (draw: (now_ms: number) => void) => () => void;

export function createTimeCursor(
  { duration_s, frame_s, at = 0 }: { duration_s: number; frame_s: number; at?: number | undefined },
  nextPicture: NextPicture,
): TimeCursor {
  const hearers = new Set<() => void>();
  const last = Math.max(0, Math.round(duration_s / frame_s)) * frame_s;
  const inside = (time_s: number) => Math.min(last, Math.max(0, time_s));
  const onFrame = (time_s: number) => inside(Math.round(time_s / frame_s) * frame_s);
  let state: TimeState = { time_s: onFrame(at), playing: false, speed: 1 };
  let stop = () => {};

  const set = (change: Partial<TimeState>) => {
    state = { ...state, ...change };
    for (const hear of [...hearers]) hear();
  };
  const pause = () => {
    stop();
    if (state.playing) set({ playing: false, time_s: onFrame(state.time_s) });
  };
  const run = (before_ms: number | null) => {
    stop = nextPicture((now_ms) => {
      const passed_s = before_ms === null ? 0 : (now_ms - before_ms) / 1000;
      const time_s = inside(state.time_s + passed_s * state.speed);
      if (time_s >= last) set({ time_s: last, playing: false });
      else {
        set({ time_s });
        if (state.playing) run(now_ms);
      }
    });
  };
  const play = () => {
    if (state.playing || last <= 0) return;
    // From the end it begins again.
    set({ playing: true, time_s: state.time_s >= last ? 0 : state.time_s });
    run(null);
  };
  return {
    duration_s,
    frame_s,
    state: () => state,
    subscribe(changed) {
      hearers.add(changed);
      return () => {
        hearers.delete(changed);
        if (hearers.size === 0) pause();
      };
    },
    seek: (time_s) => set({ time_s: onFrame(time_s) }),
    step(frames) {
      pause();
      set({ time_s: onFrame(state.time_s + frames * frame_s) });
    },
    play,
    pause,
    toggle: () => (state.playing ? pause() : play()),
    setSpeed: (speed) => set({ speed }),
    changeSpeed(by) {
      const slower = SPEEDS.filter((speed) => speed < state.speed);
      const faster = SPEEDS.filter((speed) => speed > state.speed);
      set({ speed: (by < 0 ? slower.at(-1) : faster[0]) ?? state.speed });
    },
  };
}
