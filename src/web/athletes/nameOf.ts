import type { Athlete } from '../../sdk/index.ts';

/** What an athlete is called on the screen; names may be empty, ids are not. */
export const nameOf = ({ FirstName, LastName, ExternalID, ValorID }: Athlete): string =>
  `${FirstName} ${LastName}`.trim() || ExternalID || ValorID;

/** Whose name contains every word of a text. */
export function athletesNamed(athletes: readonly Athlete[], text: string): Athlete[] {
  const parts = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return athletes.filter((athlete) => {
    const name = `${nameOf(athlete)} ${athlete.ExternalID ?? ''}`.toLocaleLowerCase();
    return parts.every((part) => name.includes(part));
  });
}
