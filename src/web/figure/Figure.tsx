import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { KneeFlexion } from '../../motion/skeleton/drives.ts';
import type { ChannelEntry, IkData } from '../../sdk/index.ts';
import { words } from '../words/common.ts';
import { figureWords } from '../words/session.ts';
import {
  ANGLES,
  type Angles,
  readLook,
  turned,
  VIEWS,
  type View,
  viewOf,
  writeLook,
  zoomed,
} from './camera.ts';
import { DrivenBy } from './DrivenBy.tsx';
import { moverOf } from './meaning.ts';
import { createStage, type Stage } from './stage.ts';

export interface FigureProps {
  /** Values of the session at their own rate, or of the part where the cursor is; what they lack stays neutral. */
  series: IkData;
  /** Of the whole session, thinned, where `series` is a part of it. */
  overview?: IkData | undefined;
  channels: readonly ChannelEntry[];
  /** Where the time cursor stands. */
  time_s: number;
  /** `Provenance.KneeConvention.Flexion` of the report. */
  kneeFlexion?: KneeFlexion;
  /** From where it is looked at, as `writeLook` says it; absent: the free view. */
  look?: string | undefined;
  /** Told when somebody looks from elsewhere, once they have stopped turning. */
  onLook?: ((look: string) => void) | undefined;
  className?: string;
}

/** Degrees by which a drag over the whole width turns, and one press of an arrow. */
const DRAG_DEG = 240;
const PRESS_DEG = 10;
const ZOOM_STEP = 1.15;

/** A person who moves as the channels say. Turned by dragging and by arrow keys. */
export default function Figure({
  series,
  overview,
  channels,
  time_s,
  kneeFlexion = null,
  look: asked,
  onLook,
  className = '',
}: FigureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const left = useRef<HTMLSpanElement>(null);
  const right = useRef<HTMLSpanElement>(null);
  const stage = useRef<Stage | null>(null);
  const angles = useRef<Angles>(readLook(asked));
  const [view, setView] = useState<View | null>(() => viewOf(angles.current));
  const [drawn, setDrawn] = useState<'solid' | 'flat' | null>(null);
  const hint = useId();
  const whole = useMemo(
    () => (overview === undefined ? undefined : moverOf(overview, channels, kneeFlexion)),
    [overview, channels, kneeFlexion],
  );
  const mover = useMemo(
    () => moverOf(series, channels, kneeFlexion, whole),
    [series, channels, kneeFlexion, whole],
  );

  useEffect(() => {
    const opened = createStage(frame.current!, {
      letters: [left.current!, right.current!],
      onDrawn: setDrawn,
    });
    stage.current = opened;
    opened.look(angles.current, false);
    return () => opened.dispose();
  }, []);
  useEffect(() => stage.current?.show(mover), [mover]);
  useEffect(() => stage.current?.at(time_s), [time_s]);

  const look = useCallback((to: Angles, smoothly: boolean) => {
    angles.current = to;
    setView(viewOf(to));
    stage.current?.look(to, smoothly && !window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  }, []);
  useEffect(() => {
    const to = readLook(asked);
    if (writeLook(to) !== writeLook(angles.current)) look(to, true);
  }, [asked, look]);
  const tell = () => {
    const text = writeLook(angles.current);
    if (text !== writeLook(readLook(asked))) onLook?.(text);
  };
  const choose = (next: View) => {
    look(ANGLES[next], true);
    tell();
  };
  const turn = (toLeft: number, up: number) => look(turned(angles.current, toLeft, up), false);

  const dragged = useRef<{ x: number; y: number } | null>(null);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (dragged.current === null) return;
    const { width } = event.currentTarget.getBoundingClientRect();
    const { x, y } = dragged.current;
    dragged.current = { x: event.clientX, y: event.clientY };
    turn(((x - event.clientX) / width) * DRAG_DEG, ((event.clientY - y) / width) * DRAG_DEG);
  };
  const release = () => {
    dragged.current = null;
    tell();
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    // The arrows mean something else to the rest of the page.
    event.stopPropagation();
    if (act === 'reset') choose('free');
    else if (typeof act === 'number')
      look({ ...angles.current, zoom: zoomed(angles.current.zoom * act) }, false);
    else turn(...act);
  };

  return (
    <div className={`grid gap-2 ${className}`}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <fieldset aria-label={figureWords.lookFrom} className="no-print flex rounded-md border border-line">
          {VIEWS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={view === each}
              className="px-2.5 py-1 text-sm text-soft first:rounded-l-md last:rounded-r-md hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-medium aria-pressed:text-ink"
              onClick={() => choose(each)}
            >
              {figureWords.views[each]}
            </button>
          ))}
        </fieldset>
        <p className="flex gap-3 text-sm text-soft">
          <span>
            <b className="text-left">{figureWords.letters.L}</b> {words.sides.L}
          </span>
          <span>
            <b className="text-right">{figureWords.letters.R}</b> {words.sides.R}
          </span>
        </p>
      </div>
      <div
        ref={frame}
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is turned by arrow keys
        tabIndex={0}
        aria-label={figureWords.label}
        aria-describedby={hint}
        data-drawn={drawn}
        className="figure-frame relative h-80 cursor-grab touch-pan-y overflow-hidden rounded-lg border border-line bg-panel active:cursor-grabbing"
        onKeyDown={press}
        onKeyUp={tell}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={drag}
        onPointerUp={release}
        onPointerCancel={release}
      >
        <span ref={left} aria-hidden="true" className={`${LETTER} text-left`}>
          {figureWords.letters.L}
        </span>
        <span ref={right} aria-hidden="true" className={`${LETTER} text-right`}>
          {figureWords.letters.R}
        </span>
      </div>
      <p id={hint} className="sr-only">
        {figureWords.hint}
      </p>
      {drawn === 'flat' && <p className="text-sm text-soft">{figureWords.flat}</p>}
      <DrivenBy mover={mover} />
    </div>
  );
}

/** Its middle is where the transform puts it. */
const LETTER = 'pointer-events-none absolute -top-2.5 -left-1.5 w-3 text-center text-sm leading-5 font-bold';

const KEYS: Readonly<Record<string, readonly [number, number] | number | 'reset'>> = {
  ArrowLeft: [PRESS_DEG, 0],
  ArrowRight: [-PRESS_DEG, 0],
  ArrowUp: [0, PRESS_DEG],
  ArrowDown: [0, -PRESS_DEG],
  '+': ZOOM_STEP,
  '=': ZOOM_STEP,
  '-': 1 / ZOOM_STEP,
  Home: 'reset',
};
