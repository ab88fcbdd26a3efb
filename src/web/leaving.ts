const given = new Set<() => void>();

/** Has something given up that outlives its view, once whoever is signed in leaves: signs out, or makes room for another. */
export const onLeaving = (giveUp: () => void) => void given.add(giveUp);

export function leave(): void {
  for (const giveUp of given) giveUp();
  given.clear();
}
