import type { ReactNode } from 'react';
import { type Stretch, zoomed } from '../charts/stretch.ts';
import { buttonLook } from '../ui/Button.tsx';
import { sessionWords } from '../words/session.ts';
import { SPEEDS } from './timeCursor.ts';
import { type TimeCursor, useTime } from './useTimeCursor.ts';

const text = sessionWords.transport;

/** Runs through the recording, and says where it stands. */
export function Transport({
  cursor,
  zoom,
  onZoom,
  whole,
  least,
}: {
  cursor: TimeCursor;
  zoom: Stretch | null;
  onZoom: (zoom: Stretch | null) => void;
  whole: Stretch;
  least: number;
}) {
  const { time_s, playing, speed } = useTime(cursor);
  const { duration_s, frame_s } = cursor;
  const zoomBy = (factor: number) => {
    const shown = zoom ?? whole;
    const seen = time_s >= shown.from && time_s <= shown.to;
    onZoom(zoomed(shown, seen ? time_s : (shown.from + shown.to) / 2, factor, whole, least));
  };
  return (
    <div className="no-print flex flex-wrap items-center gap-2">
      <div className="flex gap-1">
        <Press name={text.back} does={() => cursor.step(-1)}>
          ◂|
        </Press>
        <Press name={playing ? text.pause : text.play} does={cursor.toggle} wide>
          {playing ? '❚❚' : '▶'}
        </Press>
        <Press name={text.on} does={() => cursor.step(1)}>
          |▸
        </Press>
      </div>
      <select
        aria-label={text.speed}
        className="rounded-md border border-line bg-panel px-2 py-1.5"
        value={speed}
        onChange={(event) => cursor.setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {each} ×
          </option>
        ))}
      </select>
      <input
        type="range"
        aria-label={text.time}
        aria-valuetext={text.at(time_s, duration_s)}
        className="min-w-32 grow accent-accent"
        min={0}
        max={Math.max(duration_s, frame_s)}
        step={frame_s}
        value={time_s}
        onChange={(event) => cursor.seek(Number(event.target.value))}
      />
      <span className="min-w-44 text-end tabular-nums">
        {text.at(time_s, duration_s)}
        <span className="ml-2 text-soft">{text.frame(Math.round(time_s / frame_s) + 1)}</span>
      </span>
      <div className="flex gap-1">
        <Press name={text.farther} does={() => zoomBy(2)} off={zoom === null}>
          −
        </Press>
        <Press name={text.closer} does={() => zoomBy(0.5)}>
          +
        </Press>
        <Press name={text.whole} does={() => onZoom(null)} off={zoom === null}>
          {text.all}
        </Press>
      </div>
    </div>
  );
}

const Press = ({
  name,
  does,
  children,
  wide = false,
  off = false,
}: {
  name: string;
  does: () => void;
  children: ReactNode;
  wide?: boolean;
  off?: boolean;
}) => (
  <button
    type="button"
    aria-label={name}
    title={name}
    disabled={off}
    className={`${buttonLook('plain')} h-9 ${wide ? 'w-14' : 'min-w-9 px-2!'}`}
    onClick={does}
  >
    <span aria-hidden="true">{children}</span>
  </button>
);
