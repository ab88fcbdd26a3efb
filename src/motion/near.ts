/** Names that look like the one typed, most alike first: for "did you mean". */
export function nearMatches(typed: string, names: readonly string[], most = 5): string[] {
  const wanted = pairsOf(typed);
  return [...new Set(names)]
    .map((name) => ({ name, likeness: likeness(wanted, pairsOf(name)) }))
    .filter(({ likeness }) => likeness >= 0.4)
    .sort((one, other) => other.likeness - one.likeness || one.name.localeCompare(other.name))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Dice's coefficient over pairs of neighbouring letters: forgiving of typing errors, order of names, accents and case. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  let shared = 0;
  for (const pair of one) {
    const index = left.indexOf(pair);
    if (index === -1) continue;
    left.splice(index, 1);
    shared++;
  }
  return one.length + other.length === 0 ? 0 : (2 * shared) / (one.length + other.length);
}

function pairsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
  const words = plain.match(/[\p{Letter}\p{Number}]+/gu) ?? [];
  return words.flatMap((word) =>
    word.length === 1 ? [word] : Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2)),
  );
}
