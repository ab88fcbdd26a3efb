import { POINTS } from '../../motion/skeleton/body.ts';
import type { Mover } from '../../motion/skeleton/mover.ts';
import { colour, THEME_SHOWN } from '../shell/theme.ts';
import { arriving } from '../ui/arriving.ts';
import { ANGLES, type Angles, aim, between, newCamera, project, type Room, roomOf } from './camera.ts';
import type { Drawer } from './drawer.ts';
import { createFlat } from './flat.ts';
import { type Colours, LETTERS, PELVIS } from './parts.ts';

/** The canvas of the figure inside an element of the page, drawn anew only when something has changed. */
export interface Stage {
  show(mover: Mover): void;
  /** Shows this moment with the next picture. */
  at(time_s: number): void;
  /** Looks from there, in a moment or at once. */
  look(angles: Angles, smoothly: boolean): void;
  dispose(): void;
}

interface StageOptions {
  /** The letters of left and right, in this order; moved beside the shoulders. */
  letters: readonly HTMLElement[];
  /** Hears whether it is drawn in space or flat. */
  onDrawn(how: 'solid' | 'flat'): void;
}

/** How long it takes to look from elsewhere. */
const GLIDE_MS = 220;
/** How far letters stand from the shoulders, as a share of what lies between them. */
const LETTER_ASIDE = 0.42;

export function createStage(frame: HTMLElement, { letters, onDrawn }: StageOptions): Stage {
  const points = new Float64Array(3 * POINTS.length);
  const camera = newCamera();
  const spot: [number, number, number, number] = [0, 0, 0, 0];
  let mover: Mover | null = null;
  let room: Room = { low: [0, 0, 0], high: [0, 0, 0] };
  let time_s = 0;
  let angles: Angles = ANGLES.free;
  let glide: { from: Angles; to: Angles; begun_ms: number | null } | null = null;
  let drawer: Drawer | null = null;
  let canvas: HTMLCanvasElement | null = null;
  let asked: number | null = null;
  let gone = false;
  let [width, height] = [0, 0];

  const ask = () => {
    asked ??= requestAnimationFrame(picture);
  };

  function picture(now_ms: number): void {
    asked = null;
    if (glide !== null) {
      glide.begun_ms ??= now_ms;
      const share = Math.min(1, (now_ms - glide.begun_ms) / GLIDE_MS);
      angles = between(glide.from, glide.to, share * share * (3 - 2 * share));
      if (share === 1) glide = null;
      else ask();
    }
    draw();
  }

  function draw(): void {
    drawFor(width, height);
  }

  function drawFor(width: number, height: number): void {
    if (drawer === null || mover === null || width === 0 || height === 0) return;
    mover.pointsAt(time_s, points);
    const { travels, heading_deg } = mover.setting;
    const [x, z] = travels ? [points[PELVIS]!, points[PELVIS + 2]!] : [0, 0];
    aim(camera, angles, heading_deg, room, x, z, width / height);
    drawer.draw(points, camera, x + (room.low[0] + room.high[0]) / 2, z + (room.low[2] + room.high[2]) / 2);
    LETTERS.forEach(({ at, from }, i) => {
      const place = (axis: number) =>
        points[at + axis]! + (points[at + axis]! - points[from + axis]!) * LETTER_ASIDE;
      project(camera, [place(0), place(1), place(2)], width, height, spot);
      letters[i]!.style.transform = `translate(${spot[0].toFixed(1)}px, ${spot[1].toFixed(1)}px)`;
    });
  }

  function begin(next: Drawer, on: HTMLCanvasElement, how: 'solid' | 'flat'): void {
    canvas?.remove();
    [drawer, canvas] = [next, on];
    on.setAttribute('aria-hidden', 'true');
    on.className = 'block h-full w-full';
    frame.prepend(on);
    drawer.paint(coloursNow());
    if (width > 0) drawer.resize({ width, height, density: density() });
    onDrawn(how);
    draw();
  }

  const beginFlat = () => {
    drawer?.dispose();
    const on = document.createElement('canvas');
    begin(createFlat(on), on, 'flat');
  };

  async function open(): Promise<void> {
    const on = document.createElement('canvas');
    // Kept until the next picture, for paper.
    const context = on.getContext('webgl2', { antialias: true, preserveDrawingBuffer: true });
    if (context === null) return beginFlat();
    const { createSolid } = await arriving(() => import('./solid.ts'));
    if (gone) {
      context.getExtension('WEBGL_lose_context')?.loseContext();
      return;
    }
    on.addEventListener('webglcontextlost', () => {
      if (!gone && on === canvas) beginFlat();
    });
    begin(createSolid(on, context), on, 'solid');
  }

  const observer = new ResizeObserver(([entry]) => {
    width = Math.round(entry!.contentRect.width);
    height = Math.round(entry!.contentRect.height);
    if (width === 0 || height === 0) return;
    drawer?.resize({ width, height, density: density() });
    draw();
  });
  observer.observe(frame);
  // Sharp, and as large as style.css has it on paper.
  const print = () => {
    drawer?.resize({ ...PAPER, density: 3 });
    drawFor(PAPER.width, PAPER.height);
  };
  const unprint = () => {
    drawer?.resize({ width, height, density: density() });
    draw();
  };
  window.addEventListener('beforeprint', print);
  window.addEventListener('afterprint', unprint);
  const recolour = () => {
    drawer?.paint(coloursNow());
    draw();
  };
  window.addEventListener(THEME_SHOWN, recolour);
  open().catch(() => {
    if (!gone) beginFlat();
  });

  return {
    show(next) {
      mover = next;
      room = roomOf(next.setting.room);
      ask();
    },
    at(next) {
      if (next === time_s) return;
      time_s = next;
      ask();
    },
    look(to, smoothly) {
      glide = smoothly ? { from: angles, to, begun_ms: null } : null;
      if (!smoothly) angles = to;
      ask();
    },
    dispose() {
      gone = true;
      if (asked !== null) cancelAnimationFrame(asked);
      observer.disconnect();
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', unprint);
      window.removeEventListener(THEME_SHOWN, recolour);
      drawer?.dispose();
      canvas?.remove();
    },
  };
}

/** Size of the figure on paper, `.figure-frame` in style.css. */
const PAPER = { width: 352, height: 320 };

/** Twice is sharp enough, and a quarter of the work of four times. */
const density = () => Math.min(2, window.devicePixelRatio);

const coloursNow = (): Colours => ({
  left: colour('left'),
  right: colour('right'),
  middle: colour('middle'),
  line: colour('line'),
  panel: colour('panel'),
  shade: colour('sunken'),
});
