/** Labels of points, one each: what a file leaves out or writes twice is numbered, because a channel needs its own name. */
import { listed } from '../../listed.ts';

export interface PointNames {
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** `labels`: as in the file, often more than there are points. */
export function pointNames(labels: readonly string[], points: number): PointNames {
  const taken = new Set(labels);
  const seen = new Set<string>();
  const unnamed: string[] = [];
  const repeated: string[] = [];
  const names = Array.from({ length: points }, (_, i) => {
    const label = labels[i] ?? '';
    if (label !== '' && !seen.has(label)) {
      seen.add(label);
      return label;
    }
    const name = free(label === '' ? `point${i + 1}` : `${label}#${i + 1}`, taken);
    taken.add(name);
    (label === '' ? unnamed : repeated).push(name);
    return name;
  });
  const notes: string[] = [];
  if (unnamed.length > 0) notes.push(`points without a label, named: ${listed(unnamed)}`);
  if (repeated.length > 0) notes.push(`labels of several points, numbered: ${listed(repeated)}`);
  return { names, notes };
}

/** The number is the point's own, so it is taken only where a label spells it too. */
function free(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  while (taken.has(candidate)) candidate += "'";
  return candidate;
}
