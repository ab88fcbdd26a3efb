import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccount } from '../account.tsx';
import { Button, buttonLook } from '../ui/Button.tsx';
import { matching } from '../ui/matching.ts';
import { Notice } from '../ui/Notice.tsx';
import { sessionsWords } from '../words/sessions.ts';
import { areTurned, filterCount, NO_FILTERS, noDayOf } from './filters.ts';
import type { SessionsSearch } from './search.ts';

const text = sessionsWords;
const MOST_NAMES = 5;

/** No session: because of the filters, and then what to do about them, or because none is there yet. */
export function Nothing({
  search,
  known,
  onChange,
}: {
  search: SessionsSearch;
  /** Names that sessions are known to have. */
  known: ReadonlySet<string>;
  onChange(changes: SessionsSearch): void;
}) {
  const { mayRecord } = useAccount();
  const noDay = noDayOf(search);
  const { name, from, to } = search;
  const filtered = (title: string, why: string, more?: ReactNode) => (
    <Notice title={title} text={why}>
      {more}
      <Button kind={more === undefined ? 'main' : 'plain'} onClick={() => onChange(NO_FILTERS)}>
        {text.clear}
      </Button>
    </Notice>
  );
  if (noDay !== undefined) return filtered(text.noDayTitle, text.noDay(noDay));
  if (areTurned(search))
    return filtered(
      text.turnedTitle,
      text.turned,
      <Button onClick={() => onChange({ from: to, to: from })}>{text.swap}</Button>,
    );
  if (name !== undefined && !known.has(name))
    return filtered(
      text.noneMatchesTitle,
      text.exactName(name),
      <NearNames names={nearest(known, name)} onName={(near) => onChange({ name: near })} />,
    );
  if (filterCount(search) > 0) return filtered(text.noneMatchesTitle, text.noneMatches);
  return (
    <Notice title={text.noneTitle} text={mayRecord ? text.none : text.noneForViewers}>
      {mayRecord && (
        <Link to="/app/record" className={buttonLook('main')}>
          {text.record}
        </Link>
      )}
    </Notice>
  );
}

const NearNames = ({ names, onName }: { names: readonly string[]; onName(name: string): void }) =>
  names.length > 0 && (
    <div className="flex flex-wrap items-center justify-center gap-2">
      <span>{text.near}</span>
      {names.map((name) => (
        <Button key={name} kind="plain" onClick={() => onName(name)}>
          {name}
        </Button>
      ))}
    </div>
  );

/** Those that hold what was typed, the shortest first: they say the least beside it. */
const nearest = (known: ReadonlySet<string>, name: string): string[] =>
  matching(
    [...known].sort((one, other) => one.length - other.length).map((each) => ({ text: each })),
    name,
  )
    .slice(0, MOST_NAMES)
    .map((each) => each.text);
