import { useMemo, useState } from 'react';
import type { Assessment, Athlete, Exercise } from '../../sdk/index.ts';
import { nameOf } from '../athletes/nameOf.ts';
import { Button } from '../ui/Button.tsx';
import { Combo } from '../ui/Combo.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { dayAndTime } from '../ui/time.ts';
import { useMedia } from '../ui/useMedia.ts';
import { sessionsWords } from '../words/sessions.ts';
import { areTurned, filterCount, NO_FILTERS } from './filters.ts';
import { PERIODS } from './periods.ts';
import type { SessionsSearch } from './search.ts';

const text = sessionsWords;
/** As the server calls what was recorded outside an assessment. */
const STAND_ALONE = 'singleExercise';

export interface FiltersProps {
  search: SessionsSearch;
  onChange(changes: SessionsSearch): void;
  athletes: readonly Athlete[] | undefined;
  exercises: readonly Exercise[] | undefined;
  assessments: readonly Assessment[] | undefined;
  /** Names that sessions are known to have. */
  known: ReadonlySet<string>;
}

/** Which sessions are shown. Folded on a phone. */
export function Filters(props: FiltersProps) {
  const narrow = useMedia('(width < 48rem)');
  const count = filterCount(props.search);
  if (!narrow) return <Fields {...props} />;
  return (
    <details className={`rounded-lg border border-line bg-panel px-3 py-2 ${count === 0 ? 'no-print' : ''}`}>
      <summary className="font-medium">
        {text.filters}
        {count > 0 && ` (${count})`}
      </summary>
      <div className="pt-2">
        <Fields {...props} />
      </div>
    </details>
  );
}

function Fields({ search, onChange, athletes, exercises, assessments, known }: FiltersProps) {
  const athleteOptions = useMemo(
    () => sorted(athletes?.map((athlete) => ({ value: athlete.ValorID, text: nameOf(athlete) })) ?? []),
    [athletes],
  );
  const exerciseOptions = useMemo(
    () => sorted(exercises?.map((one) => ({ value: one['Exercise ID'], text: one['Exercise Name'] })) ?? []),
    [exercises],
  );
  const assessmentOptions = useMemo(() => {
    const people = new Map(athletes?.map((athlete) => [athlete.ValorID, nameOf(athlete)]));
    const options = assessments?.map((one) => ({
      value: one['Assessment ID'],
      text: [one['Assessment Name'], people.get(one['Athlete ID'] ?? ''), dayAndTime(one.Date)]
        .filter(Boolean)
        .join(' · '),
    }));
    return [{ value: STAND_ALONE, text: text.standAlone }, ...(options ?? [])];
  }, [assessments, athletes]);
  const nameOptions = useMemo(() => sorted([...known].map((name) => ({ value: name, text: name }))), [known]);
  /** Chosen, before a day is. */
  const [between, setBetween] = useState(false);
  const custom =
    search.period === undefined && (between || search.from !== undefined || search.to !== undefined);
  const turned = areTurned(search);
  const period = search.period ?? (custom ? 'custom' : '');
  const choosePeriod = (chosen: string) => {
    const days = { period: undefined, from: undefined, to: undefined };
    setBetween(chosen === 'custom');
    const named = PERIODS.find((each) => each === chosen);
    if (search.period !== named || custom) onChange({ ...days, period: named });
  };
  const clear = () => {
    setBetween(false);
    onChange(NO_FILTERS);
  };
  return (
    <search
      aria-label={text.filters}
      className="grid grid-cols-1 items-end gap-3 sm:grid-cols-2 md:grid-cols-[repeat(auto-fit,minmax(11.5rem,1fr))]"
    >
      <Combo
        label={text.columns.athlete}
        placeholder={text.all}
        options={athleteOptions}
        value={search.athlete}
        onChange={(athlete) => onChange({ athlete })}
      />
      <Combo
        label={text.columns.exercise}
        placeholder={text.all}
        options={exerciseOptions}
        value={search.exercise}
        onChange={(exercise) => onChange({ exercise })}
      />
      <Combo
        label={text.columns.assessment}
        placeholder={text.all}
        options={assessmentOptions}
        value={search.assessment}
        onChange={(assessment) => onChange({ assessment })}
      />
      <Combo
        label={text.columns.name}
        placeholder={text.all}
        options={nameOptions}
        value={search.name}
        onChange={(name) => onChange({ name })}
        free
      />
      <Choice label={text.period} value={period} onChange={(event) => choosePeriod(event.target.value)}>
        <option value="">{text.anyTime}</option>
        {PERIODS.map((each) => (
          <option key={each} value={each}>
            {text.periods[each]}
          </option>
        ))}
        <option value="custom">{text.customPeriod}</option>
      </Choice>
      {custom && (
        <>
          <Field
            label={text.from}
            type="date"
            value={search.from ?? ''}
            max={search.to}
            aria-invalid={turned}
            onChange={(event) => onChange({ from: event.target.value || undefined })}
          />
          <Field
            label={text.to}
            type="date"
            value={search.to ?? ''}
            min={search.from}
            aria-invalid={turned}
            onChange={(event) => onChange({ to: event.target.value || undefined })}
          />
        </>
      )}
      {filterCount(search) > 0 && (
        <Button kind="quiet" className="justify-self-start" onClick={clear}>
          {text.clear}
        </Button>
      )}
    </search>
  );
}

const sorted = <T extends { text: string }>(options: T[]): T[] => {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return options.sort((a, b) => compare(a.text, b.text));
};
