import { useNavigate, useSearch } from '@tanstack/react-router';
import { Heading } from '../ui/Heading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { compareWords } from '../words/compare.ts';
import { AddSessions } from './AddSessions.tsx';
import { Comparison } from './Comparison.tsx';
import { choose } from './compared.ts';
import { type Look, MOST_COMPARED, sessionLook } from './looks.ts';
import { SessionList } from './SessionList.tsx';
import type { CompareSearch } from './search.ts';
import { useCompared } from './useCompared.ts';

const TEXT = compareWords;

/** Repetitions of several sessions, sides and athletes over each other. Everything that is chosen stands in the address. */
export function CompareView() {
  const search = useSearch({ from: '/app/compare' });
  const navigate = useNavigate({ from: '/app/compare' });
  const asked = [...new Set((search.sessions ?? '').split(',').filter(Boolean))];
  const ids = asked.slice(0, MOST_COMPARED);
  const slots = useCompared(ids);
  const here = slots.flatMap((slot) => (slot.state === 'here' ? [slot.compared] : []));
  const choice = choose(here, search);
  const look = (number: number): Look =>
    ids.length === 1
      ? { colour: 'var(--ink)', dash: undefined }
      : { ...sessionLook(number), ...(choice.sides.length > 1 && { dash: undefined }) };
  const change = (next: CompareSearch, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace, resetScroll: false });
  const compare = (next: readonly string[]) => change({ sessions: next.join(',') || undefined });
  // What was looked at first is what is most likely compared.
  const exercise = search.exercise ?? here[0]?.session['Exercise ID'] ?? '';
  return (
    <div className="grid gap-4">
      <Heading>{TEXT.title}</Heading>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-4">
          {ids.length === 0 && <Notice title={TEXT.nothing} text={TEXT.invitation} />}
          {asked.length > ids.length && (
            <p className="text-danger">{TEXT.tooMany(MOST_COMPARED, asked.length - ids.length)}</p>
          )}
          <SessionList
            slots={slots}
            look={look}
            onRemove={(id) => compare(ids.filter((each) => each !== id))}
          />
          {here.length > 0 && <Comparison sessions={here} choice={choice} search={search} change={change} />}
        </div>
        <AddSessions
          ids={ids}
          find={search.find ?? ''}
          exercise={exercise === 'all' ? '' : exercise}
          onFind={(find) => change({ find: find || undefined }, true)}
          onExercise={(id) => change({ exercise: id || 'all' }, true)}
          onAdd={(id) => compare([...ids, id])}
        />
      </div>
    </div>
  );
}
