import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { kinebaseKeys, useAssessments, useAthletes, useExercises } from '../../react/index.ts';
import { useAccount } from '../account.tsx';
import { AssessmentDialog } from '../assessments/AssessmentDialog.tsx';
import { AthleteDialog } from '../athletes/AthleteDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { Fault } from '../ui/Fault.tsx';
import { Heading } from '../ui/Heading.tsx';
import { leadTo } from '../ui/leadTo.ts';
import { Notice } from '../ui/Notice.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { words } from '../words/common.ts';
import { recordWords } from '../words/record.ts';
import { DropZone } from './DropZone.tsx';
import { ForAll } from './ForAll.tsx';
import { newUpload } from './newUpload.ts';
import { UploadCard } from './UploadCard.tsx';
import { isOpen, isReady, lacksAthlete } from './upload.ts';
import { useUploads } from './useUploads.ts';

/** Files become sessions here: who, what and when are guessed from their names and can be changed before they are sent. */
export function RecordView() {
  const { mayRecord } = useAccount();
  const athletes = useAthletes();
  const exercises = useExercises();
  const assessments = useAssessments();
  const queries = useQueryClient();
  const { uploads, dispatch, stop } = useUploads();
  const status = useRef<HTMLParagraphElement>(null);
  const cards = useRef<HTMLUListElement>(null);
  const [making, setMaking] = useState<'athlete' | 'assessment' | null>(null);

  if (!mayRecord) return <Notice level="h1" title={recordWords.title} text={words.faults.forbidden} />;
  const fault = athletes.error ?? exercises.error ?? assessments.error;
  if (fault !== null && athletes.data === undefined)
    return (
      <Fault
        level="h1"
        error={fault}
        onAgain={() => void queries.refetchQueries({ queryKey: kinebaseKeys.all })}
      />
    );
  if (athletes.data === undefined || exercises.data === undefined || assessments.data === undefined)
    return <Waiting />;

  const known = {
    athletes: athletes.data,
    exercises: exercises.data.toSorted((a, b) => a['Exercise Name'].localeCompare(b['Exercise Name'])),
    assessments: assessments.data.toSorted((a, b) => b.Date.localeCompare(a.Date)),
  };
  const ready = uploads.filter(isReady);
  const lacking = uploads.filter(lacksAthlete).length;
  const faulty = uploads.filter((each) => isOpen(each) && !lacksAthlete(each) && !isReady(each)).length;
  const able = uploads.filter(({ state }) => state.kind !== 'refused');
  const done = uploads.filter(({ state }) => state.kind === 'done').length;
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Heading className="grow text-2xl font-semibold max-sm:basis-full">{recordWords.title}</Heading>
        <Button kind="plain" onClick={() => setMaking('athlete')}>
          {recordWords.newAthlete}
        </Button>
        <Button kind="plain" onClick={() => setMaking('assessment')}>
          {recordWords.newAssessment}
        </Button>
      </div>
      <DropZone
        onFiles={(files) =>
          dispatch({
            do: 'add',
            uploads: files.map((file) => newUpload(file, known.athletes, known.exercises)),
          })
        }
      />
      {able.length > 1 && able.some(isOpen) && (
        <ForAll
          known={known}
          open={uploads.filter(isOpen)}
          onChoose={(choice) => dispatch({ do: 'choose', sessionID: null, choice })}
        />
      )}
      {able.length > 0 && (
        <div className="flex flex-wrap items-center gap-4">
          {ready.length > 0 && (
            <Button
              onClick={() => {
                dispatch({ do: 'send', sessionIDs: ready.map(({ sessionID }) => sessionID) });
                // The button may go with what it was for.
                status.current?.focus();
              }}
            >
              {recordWords.sendAll(ready.length)}
            </Button>
          )}
          {lacking > 0 && (
            <Button
              kind="plain"
              onClick={() => leadTo(cards.current!, 'select[name="athlete"][aria-invalid="true"]')}
            >
              {recordWords.lacking(lacking)}
            </Button>
          )}
          {faulty > 0 && (
            <Button kind="plain" onClick={() => leadTo(cards.current!, 'details [aria-invalid="true"]')}>
              {recordWords.faulty(faulty)}
            </Button>
          )}
          <p ref={status} role="status" tabIndex={-1} className="text-soft outline-none">
            {recordWords.progress(done, able.length)}
          </p>
        </div>
      )}
      <ul ref={cards} className="grid gap-3">
        {uploads.map((upload) => (
          <UploadCard
            key={upload.sessionID}
            upload={upload}
            known={known}
            onChoose={(choice) => dispatch({ do: 'choose', sessionID: upload.sessionID, choice })}
            onSend={() => dispatch({ do: 'send', sessionIDs: [upload.sessionID] })}
            onStop={() => stop(upload.sessionID)}
            onRemove={() => dispatch({ do: 'remove', sessionID: upload.sessionID })}
          />
        ))}
      </ul>
      {making === 'athlete' && <AthleteDialog onClose={() => setMaking(null)} />}
      {making === 'assessment' && <AssessmentDialog onClose={() => setMaking(null)} />}
    </div>
  );
}
