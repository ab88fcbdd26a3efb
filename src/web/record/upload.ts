import type { Session } from '../../sdk/index.ts';
import type { NoRecording } from './endings.ts';
import { type ProcessingChoice, processingFaults } from './processing.ts';

/** A file on its way into the archive. */
export interface Upload {
  /** Chosen once: however often the file is sent, one session is made of it. */
  sessionID: string;
  file: File;
  athleteID: string;
  exerciseID: string;
  assessmentID: string;
  /** `YYYY-MM-DDTHH:mm` of this machine's clock. */
  date: string;
  /** What said the date before anybody chose it. */
  dateFrom: 'name' | 'file';
  sessionName: string;
  processing: ProcessingChoice;
  /** What of the above was guessed from the name and is not yet confirmed. */
  guessed: ReadonlySet<'athleteID' | 'exerciseID' | 'date'>;
  /**
   * What a lost attempt may have left on the server: nothing, or a session as it is chosen now, or as it was chosen before
   * something was changed.
   */
  perhaps: 'nothing' | 'as chosen' | 'otherwise';
  state: UploadState;
}

export type UploadState =
  | { kind: 'ready' }
  | { kind: 'waiting' }
  /** `again`: not the first attempt. */
  | { kind: 'sending'; sent_bytes: number; again: boolean }
  | { kind: 'done'; session: Session }
  | { kind: 'failed'; refusal: Refusal }
  /** Never sent: it cannot be a recording. */
  | { kind: 'refused'; why: NoRecording };

export type UploadChoice = Pick<Upload, 'athleteID' | 'exerciseID' | 'assessmentID' | 'date' | 'sessionName'>;

/** A field of a file. */
export type UploadField = keyof UploadChoice | keyof ProcessingChoice;

/** Why a file was not recorded, in words of this view; `at`: of which of its fields. */
export interface Refusal {
  text: string;
  at?: UploadField;
}

/** How its series are made is chosen apart, member by member. */
export type UploadPart = Partial<UploadChoice> & { processing?: Partial<ProcessingChoice> };

/** Nothing that the server would refuse unseen. */
export const isReady = (upload: Upload): boolean =>
  isOpen(upload) && upload.athleteID !== '' && Object.keys(processingFaults(upload.processing)).length === 0;

export const lacksAthlete = (upload: Upload): boolean => isOpen(upload) && upload.athleteID === '';

export const isOpen = ({ state }: Upload): boolean => state.kind === 'ready' || state.kind === 'failed';
export const isUnderWay = ({ state }: Upload): boolean =>
  state.kind === 'waiting' || state.kind === 'sending';

/** Would be lost with the page. */
export const isUnfinished = (upload: Upload): boolean => isOpen(upload) || isUnderWay(upload);

/** What the list of files hears. */
export type UploadAction =
  | { do: 'add'; uploads: readonly Upload[] }
  | { do: 'choose'; sessionID: string | null; choice: UploadPart }
  /** `lost`: an attempt has ended of which nobody knows what became. */
  | { do: 'state'; sessionID: string; state: UploadState; lost?: boolean }
  | { do: 'send'; sessionIDs: readonly string[] }
  | { do: 'remove'; sessionID: string };

/** `choose` with null for a session concerns every file that is not under way or done. */
export function uploadsAfter(uploads: readonly Upload[], action: UploadAction): readonly Upload[] {
  switch (action.do) {
    case 'add':
      return [...uploads, ...action.uploads];
    case 'choose':
      return uploads.map((upload) =>
        isOpen(upload) && (action.sessionID === null || action.sessionID === upload.sessionID)
          ? chosen(upload, action.choice)
          : upload,
      );
    case 'state':
      return uploads.map((upload) =>
        upload.sessionID === action.sessionID
          ? { ...upload, state: action.state, perhaps: perhapsAfter(upload, action.lost) }
          : upload,
      );
    case 'send':
      return uploads.map((upload) =>
        isOpen(upload) && action.sessionIDs.includes(upload.sessionID)
          ? { ...upload, state: { kind: 'waiting' } }
          : upload,
      );
    case 'remove':
      return uploads.filter(({ sessionID }) => sessionID !== action.sessionID);
  }
}

const perhapsAfter = ({ perhaps }: Upload, lost = false): Upload['perhaps'] =>
  lost && perhaps === 'nothing' ? 'as chosen' : perhaps;

/** Another athlete has other assessments. */
function chosen(upload: Upload, { processing, ...choice }: UploadPart): Upload {
  const guessed = new Set([...upload.guessed].filter((each) => !(each in choice)));
  const assessmentID =
    choice.athleteID !== undefined && choice.athleteID !== upload.athleteID ? '' : upload.assessmentID;
  const { state } = upload;
  const at = state.kind === 'failed' ? state.refusal.at : undefined;
  return {
    ...upload,
    // What was refused is changed.
    state: at !== undefined && at in { ...choice, ...processing } ? { kind: 'ready' } : state,
    assessmentID,
    ...choice,
    processing: { ...upload.processing, ...processing },
    guessed,
    perhaps: upload.perhaps === 'nothing' ? 'nothing' : 'otherwise',
  };
}
