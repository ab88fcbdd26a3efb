import { memo } from 'react';
import type { Mover } from '../../motion/skeleton/mover.ts';
import { figureWords } from '../words/session.ts';

/** Which channels move the figure and which do not, with the reason: everybody may ask what it shows and what it invents. */
export const DrivenBy = memo(({ mover: { drives, idle, leavesFloor } }: { mover: Mover }) => (
  <details className="no-print text-sm text-soft">
    <summary className="w-fit rounded py-1">{figureWords.drivenBy(drives.length, idle.length)}</summary>
    <div className="grid gap-2 py-1">
      <p>{figureWords.body}</p>
      <p>{leavesFloor ? figureWords.byTranslation : figureWords.byFeet}</p>
      {drives.length > 0 && (
        <Names
          title={figureWords.moving}
          names={drives.map(({ coordinate, assumed }) => [
            coordinate,
            assumed ? figureWords.assumed : undefined,
          ])}
        />
      )}
      {idle.length > 0 && (
        <Names
          title={figureWords.still}
          names={idle.map(({ coordinate, because }) => [coordinate, figureWords.because[because]])}
        />
      )}
    </div>
  </details>
));

const Names = ({ title, names }: { title: string; names: [name: string, note: string | undefined][] }) => (
  <div>
    <h4 className="font-medium text-ink">{title}</h4>
    <ul className="flex flex-wrap gap-x-3">
      {names.map(([name, note]) => (
        <li key={name} className="max-w-full break-words">
          {name}
          {note !== undefined && ` (${note})`}
        </li>
      ))}
    </ul>
  </div>
);
