import { counted } from '../../motion/counted.ts';

/** Every text of recording. */

const READ_ENDINGS = '.mot, .sto, .csv, .trc, .c3d or .json';

export const recordWords = {
  title: 'Record',
  drop: 'Drop recordings here',
  formats: 'Motion, storage, CSV, TRC, C3D or JSON files, also gzipped; as many as you like',
  choose: 'Choose files',
  noRecording: {
    empty: 'This file is empty. Export or copy it again, and drop it then.',
    ending: `Kinebase does not read files that end so. Drop files that end in ${READ_ENDINGS}, also gzipped.`,
  },
  athlete: 'Athlete',
  athleteMissing: 'Say whose movement this is',
  choosePerson: 'Choose …',
  exercise: 'Exercise',
  anyExercise: 'General movement',
  assessment: 'Assessment',
  noAssessment: 'None',
  date: 'Recorded at',
  name: 'Session name',
  nameUsual: 'As the exercise',
  guessed: 'Guessed from the file’s name',
  dateFrom: {
    name: 'Day from the file’s name, at noon',
    file: 'When the file was last changed',
  },
  athleteForAll: 'Athlete of all files',
  exerciseForAll: 'Exercise of all files',
  each: 'Each its own',
  send: 'Record',
  sendAll: (files: number) => `Record ${counted(files, 'file')}`,
  lacking: (files: number) => (files === 1 ? '1 file needs an athlete' : `${files} files need an athlete`),
  faulty: (files: number) =>
    files === 1 ? '1 file has processing that cannot be' : `${files} files have processing that cannot be`,
  progress: (done: number, all: number) => `${done} of ${all} recorded`,
  waiting: 'Waiting',
  sending: (percent: number | null, again: boolean) =>
    `${again ? 'Connection lost, sending again' : 'Sending'}${percent === null ? ' …' : `, ${percent} %`}`,
  cut: (sent: string, all: string) =>
    `The connection was lost after ${sent} of ${all}. Try again when the network is back: the file is sent from its beginning, and recorded once.`,
  unanswered: (all: string) =>
    `All ${all} were sent, but no answer came. Try again: the file is recorded once, however often it is sent.`,
  computing: 'Computing the report',
  refusedAt: (field: string, text: string) => `${field}: ${text}`,
  refusals: {
    larger: (most: string | null) =>
      `The file is larger than this server takes${most === null ? '' : ` (${most})`}. Compress it (.gz), or split the recording.`,
    conflict:
      'Another recording has taken the place of this one. Take the file off the list and drop it again.',
    not_found:
      'What was recorded of this file has been deleted meanwhile. Take it off the list and drop it again.',
    busy: 'The server has too much to do just now. Try again in a moment.',
    failed: (request: string | null) =>
      `The server failed at this file. Try again; if it fails again, ask your administrator${request === null ? '' : `, who finds it as ${request}`}.`,
    unclear: (request: string | null) =>
      `The server does not take this file as it is described here. Look through its fields, or ask your administrator${request === null ? '' : `, who finds it as ${request}`}.`,
  },
  open: (name: string) => `Open ${name}`,
  remove: 'Take off the list',
  newAthlete: 'New athlete',
  newAssessment: 'New assessment',
} as const;

interface Texts {
  cutOff: string;
  order: string;
  interpolation: string;
  maxGap: string;
  outputRate: string;
  wraps: string;
  rate: string;
}

const interpolations = {
  auto: 'Cubic; linear where samples are uneven',
  cubic: 'Cubic',
  linear: 'Linear',
  natural: 'Natural cubic',
  monotone: 'Monotone cubic',
} as const;

/** How the curves of a file are made. */
export const processingWords = {
  title: 'Processing',
  forAll: 'Processing of all files',
  differs: 'Each its own',
  faulty: 'Some of it cannot be: see below',
  filter: 'Low-pass filter',
  filtered: 'Butterworth, zero lag',
  unfiltered: 'None: as recorded',
  interpolation: 'Interpolation between samples',
  interpolationHint: 'Where the file’s sampling is brought to the frames of the curves.',
  interpolations,
  wraps: 'Turns of 360° between samples',
  wrapsHint: 'For angles that jump from 180° to −180°.',
  kept: 'Kept as recorded',
  unwrapped: 'Taken out',
  numbers: {
    cutOff: { label: 'Cut-off of the filter (Hz)', hint: (usual: number) => `Usual: ${usual}` },
    order: { label: 'Order of the filter, one way', hint: (usual: number) => `Usual: ${usual}` },
    outputRate: { label: 'Frames a second of the curves', hint: (usual: number) => `Usual: ${usual}` },
    maxGap: {
      label: 'Longest gap that is bridged (s)',
      hint: (usual: number) => `Usual: ${usual}. Longer ones are left out of every number.`,
    },
    rate: {
      label: 'Sampling rate of the file (Hz)',
      hint: (usual: number) => `Only where the file has no time column. Usual: ${usual}`,
    },
  },
  fault: (
    fault:
      | { kind: 'bounds' | 'whole'; least: number; most: number }
      | { kind: 'above'; most: number }
      | { kind: 'half'; half: number },
  ): string => {
    switch (fault.kind) {
      case 'bounds':
        return `Say a number from ${fault.least} to ${fault.most}.`;
      case 'whole':
        return `Say a whole number from ${fault.least} to ${fault.most}.`;
      case 'above':
        return `Say a number above 0 and up to ${fault.most}.`;
      case 'half':
        return `The cut-off must lie below half of the frames a second, ${fault.half} Hz: lower the cut-off, or raise the frames.`;
    }
  },
  /** What it comes to; only what is not as usual, if anything is. */
  summary: (said: Texts): string => {
    const parts = [
      said.cutOff === 'off' ? 'no filter' : said.cutOff && `cut-off ${said.cutOff} Hz`,
      said.cutOff !== 'off' && said.order && `order ${said.order}`,
      said.interpolation &&
        `${interpolations[said.interpolation as keyof typeof interpolations].toLowerCase()} interpolation`,
      said.outputRate && `${said.outputRate} frames a second`,
      said.maxGap && `gaps up to ${said.maxGap} s bridged`,
      said.wraps && 'turns of 360° taken out',
      said.rate && `sampled at ${said.rate} Hz`,
    ].filter((part) => part);
    return parts.length === 0
      ? 'As usual: low-pass at 6 Hz, 60 frames a second, gaps up to 3 s bridged'
      : parts.join(', ');
  },
} as const;
