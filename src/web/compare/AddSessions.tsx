import { useAthletes, useExercises, useSessions } from '../../react/index.ts';
import type { Session } from '../../sdk/index.ts';
import { athletesNamed, nameOf } from '../athletes/nameOf.ts';
import { Button } from '../ui/Button.tsx';
import { Fault } from '../ui/Fault.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { dayAndTime } from '../ui/time.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { compareWords } from '../words/compare.ts';
import { MOST_COMPARED } from './looks.ts';

const TEXT = compareWords;

/** Athletes of a name that sessions are looked for. */
const MOST_ATHLETES = 50;

/** Sessions to add: the newest first, of an exercise, of athletes whose name contains a text. */
export function AddSessions({
  ids,
  find,
  exercise,
  onFind,
  onExercise,
  onAdd,
}: {
  /** Those that are compared. */
  ids: readonly string[];
  find: string;
  /** Empty: all. */
  exercise: string;
  onFind: (text: string) => void;
  onExercise: (id: string) => void;
  onAdd: (id: string) => void;
}) {
  const exercises = useExercises();
  const athletes = useAthletes();
  const named = athletesNamed(athletes.data ?? [], find);
  const nobody = find !== '' && athletes.data !== undefined && named.length === 0;
  const list = useSessions(
    {
      limit: 12,
      ...(exercise !== '' && { exerciseID: exercise }),
      ...(find !== '' && { athleteID: named.slice(0, MOST_ATHLETES).map(({ ValorID }) => ValorID) }),
    },
    { enabled: !nobody && (find === '' || athletes.data !== undefined) },
  );
  const nameOfId = new Map(athletes.data?.map((athlete) => [athlete.ValorID, nameOf(athlete)]));
  return (
    <section className="no-print grid grid-cols-1 content-start gap-3 rounded-xl border border-line bg-panel p-4">
      <h2 className="font-semibold">{TEXT.add}</h2>
      <Field
        label={TEXT.find}
        type="search"
        placeholder={TEXT.findHint}
        value={find}
        onChange={({ target }) => onFind(target.value)}
      />
      <Choice label={TEXT.exercise} value={exercise} onChange={({ target }) => onExercise(target.value)}>
        <option value="">{TEXT.allExercises}</option>
        {exercises.data
          ?.toSorted((one, other) => one['Exercise Name'].localeCompare(other['Exercise Name']))
          .map((each) => (
            <option key={each['Exercise ID']} value={each['Exercise ID']}>
              {each['Exercise Name']}
            </option>
          ))}
      </Choice>
      {ids.length >= MOST_COMPARED && <p className="text-sm text-soft">{TEXT.full(MOST_COMPARED)}</p>}
      {named.length > MOST_ATHLETES && find !== '' && (
        <p className="text-sm text-soft">{TEXT.manyAthletes(MOST_ATHLETES)}</p>
      )}
      {nobody ? (
        <p className="text-soft">{TEXT.noAthlete}</p>
      ) : list.error !== null && list.sessions.length === 0 ? (
        <Fault error={list.error} onAgain={() => void list.query.refetch()} />
      ) : list.isPending ? (
        <Waiting lines={5} />
      ) : list.sessions.length === 0 ? (
        <p className="text-soft">{TEXT.noSession}</p>
      ) : (
        <ul className="-mx-2 grid grid-cols-1 gap-0.5 px-2">
          {list.sessions.map((session) => (
            <Offer
              key={session['Session ID']}
              session={session}
              athlete={nameOfId.get(session['Athlete ID']) ?? ''}
              compared={ids.includes(session['Session ID'])}
              full={ids.length >= MOST_COMPARED}
              onAdd={onAdd}
            />
          ))}
          {list.hasMore && (
            <li>
              <Button kind="quiet" className="w-full" disabled={list.isFetchingNext} onClick={list.fetchNext}>
                {TEXT.more}
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

const Offer = ({
  session,
  athlete,
  compared,
  full,
  onAdd,
}: {
  session: Session;
  athlete: string;
  compared: boolean;
  full: boolean;
  onAdd: (id: string) => void;
}) => (
  <li className="flex items-center gap-2 border-b border-line py-1.5 last:border-0">
    <div className="min-w-0 grow">
      <p className="truncate font-medium">{athlete}</p>
      <p className="truncate text-sm text-soft">
        {dayAndTime(session.Date)} · {session['Session Name']}
      </p>
    </div>
    {compared ? (
      <span className="px-2 text-sm text-soft">{TEXT.added}</span>
    ) : (
      <Button
        kind="plain"
        disabled={full}
        aria-label={TEXT.adding(`${athlete}, ${session['Session Name']}, ${dayAndTime(session.Date)}`)}
        onClick={() => onAdd(session['Session ID'])}
      >
        <span aria-hidden="true">+</span>
      </Button>
    )}
  </li>
);
