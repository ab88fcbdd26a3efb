import type { Athlete } from '../../sdk/index.ts';
import { nameOf } from './nameOf.ts';

/** Everybody, as options of a choice. */
export const AthleteOptions = ({ athletes }: { athletes: readonly Athlete[] }) =>
  athletes.map((athlete) => (
    <option key={athlete.ValorID} value={athlete.ValorID}>
      {nameOf(athlete)}
    </option>
  ));
