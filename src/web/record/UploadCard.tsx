import { Link } from '@tanstack/react-router';
import type { Assessment, Athlete, Exercise } from '../../sdk/index.ts';
import { AthleteOptions } from '../athletes/AthleteOptions.tsx';
import { Button } from '../ui/Button.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { sizeOf } from '../ui/sizeOf.ts';
import { calendarDay } from '../ui/time.ts';
import { words } from '../words/common.ts';
import { processingWords, recordWords } from '../words/record.ts';
import { ExerciseOptions } from './ExerciseOptions.tsx';
import { ProcessingPart } from './ProcessingPart.tsx';
import { FIELD_LABELS } from './refusal.ts';
import { isOpen, isReady, isUnderWay, type Upload, type UploadField, type UploadPart } from './upload.ts';

export interface Known {
  athletes: readonly Athlete[];
  exercises: readonly Exercise[];
  assessments: readonly Assessment[];
}

/** One file: what will be recorded of it, how far it is, what became of it. */
export function UploadCard({
  upload,
  known,
  onChoose,
  onSend,
  onStop,
  onRemove,
}: {
  upload: Upload;
  known: Known;
  onChoose: (choice: UploadPart) => void;
  onSend: () => void;
  onStop: () => void;
  onRemove: () => void;
}) {
  const { file, state } = upload;
  const open = isOpen(upload);
  const refusal = state.kind === 'failed' ? state.refusal : undefined;
  return (
    <li className="grid gap-3 rounded-xl border border-line bg-panel p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="min-w-0 grow font-medium break-all">{file.name}</h2>
        <span className="text-soft">{sizeOf(file.size)}</span>
        <Progress upload={upload} />
        {open && (
          <Button kind="plain" disabled={!isReady(upload)} onClick={onSend}>
            {state.kind === 'failed' ? words.again : recordWords.send}
          </Button>
        )}
        {isUnderWay(upload) && (
          <Button kind="plain" onClick={onStop}>
            {words.cancel}
          </Button>
        )}
        {!isUnderWay(upload) && (
          <Button kind="quiet" aria-label={`${recordWords.remove}: ${file.name}`} onClick={onRemove}>
            {recordWords.remove}
          </Button>
        )}
      </div>
      {state.kind === 'failed' && (
        <p role="alert" className="text-danger">
          {refusal?.at === undefined
            ? state.refusal.text
            : recordWords.refusedAt(FIELD_LABELS[refusal.at], refusal.text)}
        </p>
      )}
      {state.kind === 'refused' && (
        <p role="alert" className="text-danger">
          {recordWords.noRecording[state.why]}
        </p>
      )}
      {open && <Choices upload={upload} known={known} onChoose={onChoose} />}
      {open && (
        <ProcessingPart
          of={[upload.processing]}
          title={processingWords.title}
          refusal={refusal}
          onChoose={(processing) => onChoose({ processing })}
        />
      )}
    </li>
  );
}

function Progress({ upload: { state, file } }: { upload: Upload }) {
  if (state.kind === 'done')
    return (
      <Link
        to="/app/sessions/$sessionId"
        params={{ sessionId: state.session['Session ID'] }}
        className="font-medium text-accent underline"
      >
        ✓ {recordWords.open(state.session['Session Name'])}
      </Link>
    );
  if (state.kind === 'waiting') return <span className="text-soft">{recordWords.waiting}</span>;
  if (state.kind !== 'sending') return null;
  const { sent_bytes, again } = state;
  const all = sent_bytes >= file.size;
  const percent = Math.floor((100 * sent_bytes) / file.size);
  return (
    <span className="flex items-center gap-2">
      <progress
        aria-label={file.name}
        className={BAR}
        max={file.size}
        value={sent_bytes === 0 || all ? undefined : sent_bytes}
      />
      <span className="tabular-nums">
        {all ? recordWords.computing : recordWords.sending(sent_bytes === 0 ? null : percent, again)}
      </span>
    </span>
  );
}

/** Without a number, while nobody knows how far it is, it is tinted all along. */
const BAR =
  'h-2 w-32 appearance-none overflow-hidden rounded-full bg-line indeterminate:bg-accent/40 motion-safe:indeterminate:animate-pulse [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent';

function Choices({
  upload,
  known: { athletes, exercises, assessments },
  onChoose,
}: {
  upload: Upload;
  known: Known;
  onChoose: (choice: UploadPart) => void;
}) {
  const hint = (member: 'athleteID' | 'exerciseID' | 'date') =>
    upload.guessed.has(member) ? recordWords.guessed : undefined;
  const fault = (member: UploadField) =>
    upload.state.kind === 'failed' && upload.state.refusal.at === member
      ? upload.state.refusal.text
      : undefined;
  return (
    <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-[repeat(3,1fr)_15.5rem_1fr]">
      <Choice
        label={recordWords.athlete}
        name="athlete"
        hint={hint('athleteID')}
        fault={upload.athleteID === '' ? recordWords.athleteMissing : fault('athleteID')}
        value={upload.athleteID}
        onChange={(event) => onChoose({ athleteID: event.target.value })}
      >
        <option value="">{recordWords.choosePerson}</option>
        <AthleteOptions athletes={athletes} />
      </Choice>
      <Choice
        label={recordWords.exercise}
        hint={hint('exerciseID')}
        fault={fault('exerciseID')}
        value={upload.exerciseID}
        onChange={(event) => onChoose({ exerciseID: event.target.value })}
      >
        <option value="">{recordWords.anyExercise}</option>
        <ExerciseOptions exercises={exercises} />
      </Choice>
      <Choice
        label={recordWords.assessment}
        fault={fault('assessmentID')}
        value={upload.assessmentID}
        disabled={upload.athleteID === ''}
        onChange={(event) => onChoose({ assessmentID: event.target.value })}
      >
        <option value="">{recordWords.noAssessment}</option>
        {assessments
          .filter((each) => each['Athlete ID'] === null || each['Athlete ID'] === upload.athleteID)
          .map((assessment) => (
            <option key={assessment['Assessment ID']} value={assessment['Assessment ID']}>
              {assessment['Assessment Name']} ({calendarDay(assessment.Date)})
            </option>
          ))}
      </Choice>
      <Field
        label={recordWords.date}
        type="datetime-local"
        fault={fault('date')}
        hint={upload.guessed.has('date') ? recordWords.dateFrom[upload.dateFrom] : undefined}
        value={upload.date}
        onChange={(event) => onChoose({ date: event.target.value })}
      />
      <Field
        label={recordWords.name}
        placeholder={recordWords.nameUsual}
        fault={fault('sessionName')}
        value={upload.sessionName}
        onChange={(event) => onChoose({ sessionName: event.target.value })}
      />
    </div>
  );
}
