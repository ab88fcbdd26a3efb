import type { Side } from './compared.ts';

/** How sessions are told apart: number, colour and dash; no two of twelve share colour and dash. */

export const MOST_COMPARED = 12;

export interface Look {
  colour: string;
  /** As SVG writes dashes; undefined: a full line. */
  dash: string | undefined;
}

const COLOURS = 6;
const DASHES = [undefined, '7 4', '2 4', '10 4 2 4', '14 5', '5 3 1 3'] as const;

/** Of a session by its number, from 1. */
export const sessionLook = (number: number): Look => ({
  colour: `var(--series-${((number - 1) % COLOURS) + 1})`,
  dash: DASHES[(number - 1 + Math.floor((number - 1) / COLOURS)) % DASHES.length],
});

/**
 * Of one side of a session. Where several sides are shown, dashes tell them; where there is a single session, left and right
 * have the colours that they have everywhere.
 */
export function lineLook(number: number, side: Side, severalSides: boolean, alone: boolean): Look {
  const look = sessionLook(number);
  return {
    colour: alone ? SIDE_COLOURS[side] : look.colour,
    dash: !severalSides ? look.dash : side === 'R' || side === 'B' ? '7 4' : undefined,
  };
}

const SIDE_COLOURS = {
  L: 'var(--left)',
  R: 'var(--right)',
  F: 'var(--middle)',
  B: 'var(--middle)',
} as const;
