const MOST = 50;

/** The first options that hold every word that was typed, whatever its case and accents, in their order. */
export function matching<T extends { text: string }>(options: readonly T[], typed: string): T[] {
  const wanted = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  const found: T[] = [];
  for (const option of options) {
    const text = plain(option.text);
    if (wanted.every((word) => text.includes(word))) found.push(option);
    if (found.length === MOST) break;
  }
  return found;
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
