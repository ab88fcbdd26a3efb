import { words } from '../words/common.ts';
import { type Step, stepOf, wholeScore } from './scoreStep.ts';

export const LOOKS = {
  good: { sign: '●', look: 'text-good border-good' },
  near: { sign: '◐', look: 'text-near border-near' },
  mixed: { sign: '◐', look: 'text-near border-near' },
  poor: { sign: '○', look: 'text-poor border-poor' },
} as const satisfies Record<Step, unknown>;

/** A score from 0 to 100, or a mean of several, as sign, number and word: never by colour alone. null: not scored. */
export function Score({ score, of = 1 }: { score: number | null; of?: number }) {
  if (score === null) return <span className="text-soft">{words.score.none}</span>;
  const step = stepOf(score, of);
  const { sign, look } = LOOKS[step];
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border px-2 py-0.5 text-sm font-medium ${look}`}
    >
      <span aria-hidden="true">{sign}</span>
      {wholeScore(score)}
      <span className="font-normal">{words.score[step]}</span>
    </span>
  );
}
