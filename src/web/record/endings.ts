/** What the names of recordings end in; each also with .gz behind it. */
export const ENDINGS = ['mot', 'sto', 'csv', 'trc', 'c3d', 'json'] as const;

/** The end of a name that is read: the first group, and whether it is gzipped. */
export const READ = new RegExp(`\\.(${ENDINGS.join('|')})(\\.gz)?$`, 'i');

export type NoRecording = 'empty' | 'ending';

/** Why a file cannot be a recording, as far as that is seen before it is sent; null: it may be one. */
export function noRecording({ name, size }: { name: string; size: number }): NoRecording | null {
  if (!READ.test(name)) return 'ending';
  return size === 0 ? 'empty' : null;
}
