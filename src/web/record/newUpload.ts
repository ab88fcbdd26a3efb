import type { Athlete, Exercise } from '../../sdk/index.ts';
import { localTime } from '../ui/time.ts';
import { noRecording } from './endings.ts';
import { guess } from './guess.ts';
import { AS_USUAL } from './processing.ts';
import type { Upload } from './upload.ts';

/** A file that was just dropped, with what its name says; its date is otherwise when the file was last written. */
export function newUpload(file: File, athletes: readonly Athlete[], exercises: readonly Exercise[]): Upload {
  const why = noRecording(file);
  const found = guess(file.name, athletes, exercises);
  return {
    sessionID: crypto.randomUUID().toUpperCase(),
    file,
    athleteID: found.athleteID ?? '',
    exerciseID: found.exerciseID ?? '',
    assessmentID: '',
    date:
      found.date === undefined ? localTime(new Date(file.lastModified)).slice(0, 16) : `${found.date}T12:00`,
    dateFrom: found.date === undefined ? 'file' : 'name',
    sessionName: '',
    processing: AS_USUAL,
    guessed: new Set([...GUESSED.filter((each) => found[each] !== undefined), 'date' as const]),
    perhaps: 'nothing',
    state: why === null ? { kind: 'ready' } : { kind: 'refused', why },
  };
}

const GUESSED = ['athleteID', 'exerciseID'] as const;
