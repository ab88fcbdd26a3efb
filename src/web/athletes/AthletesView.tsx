import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useAthletes } from '../../react/index.ts';
import type { Athlete } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { Button } from '../ui/Button.tsx';
import { Fault } from '../ui/Fault.tsx';
import { Field } from '../ui/Field.tsx';
import { Heading } from '../ui/Heading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { athletesWords, peopleWords } from '../words/athletes.ts';
import { AthleteDialog } from './AthleteDialog.tsx';
import { LastSession, useLastSessions } from './LastSession.tsx';
import { athletesNamed, nameOf } from './nameOf.ts';

const TEXT = athletesWords;
const STEP = 100;

const ORDER = new Intl.Collator();
const sortKey = (athlete: Athlete) => `${athlete.LastName} ${nameOf(athlete)}`;

/** Everybody, by name, with what was recorded last. */
export function AthletesView() {
  const { find = '' } = useSearch({ from: '/app/athletes' });
  const navigate = useNavigate({ from: '/app/athletes' });
  const { data, error, refetch } = useAthletes();
  const { mayRecord } = useAccount();
  const [making, setMaking] = useState(false);
  const onFind = (text: string) => void navigate({ search: { find: text || undefined }, replace: true });
  return (
    <div className="mx-auto grid max-w-5xl gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Heading>{TEXT.title}</Heading>
        <div className="no-print flex w-full items-end gap-3 sm:w-auto [&>:first-child]:grow sm:[&>:first-child]:w-72">
          <Field
            label={TEXT.find}
            type="search"
            placeholder={TEXT.findHint}
            value={find}
            onChange={({ target }) => onFind(target.value)}
          />
          {mayRecord && (
            <Button kind="plain" onClick={() => setMaking(true)}>
              {peopleWords.newAthlete}
            </Button>
          )}
        </div>
      </div>
      {data === undefined ? (
        error === null ? (
          <Waiting lines={10} />
        ) : (
          <Fault error={error} onAgain={() => void refetch()} />
        )
      ) : data.length === 0 ? (
        <Notice title={TEXT.nobodyTitle} text={TEXT.nobody} />
      ) : (
        <AthleteTable key={find} athletes={data} find={find} onClear={() => onFind('')} />
      )}
      {making && <AthleteDialog onClose={() => setMaking(false)} />}
    </div>
  );
}

function AthleteTable({
  athletes,
  find,
  onClear,
}: {
  athletes: readonly Athlete[];
  find: string;
  onClear: () => void;
}) {
  const [most, setMost] = useState(STEP);
  const last = useLastSessions();
  const found = athletesNamed(athletes, find).sort((one, other) =>
    ORDER.compare(sortKey(one), sortKey(other)),
  );
  if (found.length === 0)
    return (
      <Notice title={TEXT.noMatchTitle} text={TEXT.noMatch}>
        <Button onClick={onClear}>{TEXT.clear}</Button>
      </Notice>
    );
  return (
    <>
      <p role="status" className="text-sm text-soft">
        {TEXT.count(found.length, athletes.length)}
      </p>
      <div className="overflow-x-auto rounded-lg border border-line bg-panel">
        <table className="w-full text-start">
          <thead className="text-sm text-soft">
            <tr className="border-b border-line">
              {[TEXT.columns.name, TEXT.columns.externalId, TEXT.columns.last].map((head, index) => (
                <th
                  key={head}
                  scope="col"
                  className={`px-4 py-2 text-start font-medium ${index === 1 ? 'hidden sm:table-cell' : ''}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, most).map((athlete) => (
              <tr key={athlete.ValorID} className="border-b border-line last:border-0 hover:bg-sunken">
                <th scope="row" className="px-4 py-2 text-start font-medium">
                  <Link
                    to="/app/athletes/$athleteId"
                    params={{ athleteId: athlete.ValorID }}
                    className="break-words hover:underline"
                  >
                    {nameOf(athlete)}
                  </Link>
                </th>
                <td className="hidden px-4 text-soft sm:table-cell">{athlete.ExternalID ?? ''}</td>
                <td className="px-4 py-2">
                  <LastSession athleteID={athlete.ValorID} last={last} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length > most && (
        <Button kind="plain" className="justify-self-center" onClick={() => setMost(most + STEP)}>
          {TEXT.more(Math.min(STEP, found.length - most))}
        </Button>
      )}
    </>
  );
}
