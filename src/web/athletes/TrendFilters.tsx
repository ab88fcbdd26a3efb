import { Link } from '@tanstack/react-router';
import { Button, buttonLook } from '../ui/Button.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { athletesWords } from '../words/athletes.ts';
import type { CountedFamily } from './families.ts';
import { type AthleteSearch, QUANTITIES } from './search.ts';

const TEXT = athletesWords;

/** Which exercise, quantity and time. */
export const TrendFilters = ({
  families,
  family,
  metrics,
  metric,
  search,
  change,
  onDownload,
}: {
  families: readonly CountedFamily[];
  family: CountedFamily;
  metrics: readonly string[];
  /** undefined: all. */
  metric: string | undefined;
  search: AthleteSearch;
  change: (next: AthleteSearch) => void;
  /** Absent while there is nothing to download. */
  onDownload: (() => void) | undefined;
}) => (
  <div className="no-print grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
    <div className="col-span-2 min-w-0">
      <Choice
        label={TEXT.exercise}
        value={family.id}
        onChange={({ target }) => change({ exercise: target.value, metric: undefined })}
      >
        {families.map(({ id, name, sessions }) => (
          <option key={id} value={id}>
            {TEXT.exerciseOption(name, sessions.length)}
          </option>
        ))}
      </Choice>
    </div>
    <Choice
      label={TEXT.metric}
      value={metric ?? ''}
      onChange={({ target }) => change({ metric: target.value || undefined })}
    >
      <option value="">{TEXT.allMetrics}</option>
      {metrics.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </Choice>
    <Choice
      label={TEXT.quantity}
      value={search.quantity ?? 'Ang'}
      onChange={({ target }) => change({ quantity: target.value as AthleteSearch['quantity'] })}
    >
      {QUANTITIES.map((quantity) => (
        <option key={quantity} value={quantity}>
          {TEXT.quantities[quantity]}
        </option>
      ))}
    </Choice>
    <Field
      label={TEXT.from}
      type="date"
      value={search.from ?? ''}
      max={search.to}
      onChange={({ target }) => change({ from: target.value || undefined })}
    />
    <Field
      label={TEXT.to}
      type="date"
      value={search.to ?? ''}
      min={search.from}
      onChange={({ target }) => change({ to: target.value || undefined })}
    />
    {(search.from ?? search.to) !== undefined && (
      <Button kind="quiet" onClick={() => change({ from: undefined, to: undefined })}>
        {TEXT.clearDates}
      </Button>
    )}
    <Button
      kind="plain"
      className="max-sm:col-span-2"
      disabled={onDownload === undefined}
      onClick={onDownload}
    >
      {TEXT.download}
    </Button>
    <Link
      to="/app/compare"
      search={{
        sessions: family.sessions
          .slice(0, 4)
          .map((session) => session['Session ID'])
          .join(','),
      }}
      className={`${buttonLook('plain')} max-sm:col-span-2`}
    >
      {TEXT.compare}
    </Link>
  </div>
);
