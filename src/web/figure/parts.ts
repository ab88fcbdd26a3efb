import { at, BONES, POINTS, type Point } from '../../motion/skeleton/body.ts';

/** What is drawn of a pose: sticks between points and balls at them. Thicknesses are for looks; metres. */
export type PartColour = 'left' | 'right' | 'middle';

export interface Stick {
  /** Places of the ends' first numbers. */
  readonly from: number;
  readonly to: number;
  readonly radius: number;
  readonly colour: PartColour;
}

export interface Ball {
  readonly at: number;
  readonly radius: number;
  readonly colour: PartColour;
}

const plain = (point: Point) => point.replace(/_[rl]$/, '');
const colourOf = (point: Point): PartColour =>
  point.endsWith('_r') ? 'right' : point.endsWith('_l') ? 'left' : 'middle';

const STICK_RADIUS: Readonly<Record<string, number>> = {
  lumbar: 0.05,
  chest: 0.05,
  chin: 0.03,
  hip: 0.042,
  knee: 0.04,
  ankle: 0.032,
  heel: 0.022,
  ball: 0.022,
  toes: 0.02,
  shoulder: 0.036,
  elbow: 0.032,
  wrist: 0.027,
  fingers: 0.02,
  thumb: 0.012,
};

/** A stick is named by the point it leads to. The head is a ball. */
export const STICKS: readonly Stick[] = BONES.filter(({ to }) => to !== 'crown').map(
  ({ from, to, side }) => ({
    from: at(from),
    to: at(to),
    radius: STICK_RADIUS[plain(to)]!,
    colour: side === 'R' ? 'right' : side === 'L' ? 'left' : 'middle',
  }),
);

const BALL_RADIUS: Readonly<Record<string, number>> = {
  pelvis: 0.05,
  lumbar: 0.05,
  chest: 0.05,
  chin: 0.03,
  nose: 0.02,
  hip: 0.05,
  knee: 0.048,
  ankle: 0.036,
  heel: 0.024,
  ball: 0.024,
  toes: 0.02,
  shoulder: 0.044,
  elbow: 0.038,
  wrist: 0.03,
  fingers: 0.02,
  thumb: 0.012,
};

export const BALLS: readonly Ball[] = POINTS.filter((point) => plain(point) in BALL_RADIUS).map((point) => ({
  at: at(point),
  radius: BALL_RADIUS[plain(point)]!,
  colour: colourOf(point),
}));

/** Between chin and crown. */
export const HEAD = { from: at('chin'), to: at('crown'), width: 0.082, colour: 'middle' } as const;

export const PELVIS = at('pelvis');

/** Where the letters of the sides stand: outside the shoulders. */
export const LETTERS = [
  { colour: 'left', at: at('shoulder_l'), from: at('shoulder_r') },
  { colour: 'right', at: at('shoulder_r'), from: at('shoulder_l') },
] as const;

/** Lines on the floor, m apart, as far as they go from the middle. */
export const GRID = { step: 0.5, lines: 5 } as const;

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen a pixel of the page. */
  readonly density: number;
}

/** Colours of the page now. */
export type Colours = Readonly<Record<PartColour | 'line' | 'panel' | 'shade', string>>;
