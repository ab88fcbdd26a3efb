import { describe, expect, test } from 'vitest';
import { RecordingError } from '../../src/motion/errors.ts';
import { processRecording } from '../../src/motion/process.ts';
import { readRecording } from '../../src/motion/read.ts';
import { bytesOf } from './recordings.ts';

/** Code and message of the refusal. */
function refusal(fileName: string, content: string | Uint8Array): string {
  try {
    processRecording(readRecording(typeof content === 'string' ? bytesOf(content) : content, { fileName }));
  } catch (error) {
    if (error instanceof RecordingError) return `${error.code} ${error.message}`;
    throw error;
  }
  return expect.fail('was read');
}

const HEAD = 'x\ninDegrees=yes\nendheader\n';
const rows = (count: number, cell = '1') =>
  Array.from({ length: count }, (_, frame) => `${frame / 60}\t${cell}\n`).join('');
const TRC = 'PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\n60\nFrame#\tTime\tA\t\t\n\t\tX1\tY1\tZ1\n\n';
const CUT_OFF = 'it was cut off, so copy or export it again';

describe('a refusal says what to change', () => {
  test.each([
    ['a.mot', '', 'recording_empty the file is empty: export or copy it again'],
    [
      'a.mot',
      'time\tknee\n0\t1\n',
      'recording_malformed line 1: there is no line endheader among the first 1000 lines: put one above the line of column labels, or let the file of a plain table end in .csv',
    ],
    [
      'a.mot',
      HEAD,
      'recording_malformed line 4: no column labels follow endheader: put the line that begins with time below it',
    ],
    [
      'a.mot',
      `${HEAD}moment\tknee\n0\t1\n`,
      'recording_malformed line 4: no column is called time: label the one with the seconds so',
    ],
    [
      'a.mot',
      `${HEAD}time\tknee\tknee\n0\t1\t2\n`,
      'recording_malformed line 4: column label "knee" occurs twice: give each column a name of its own',
    ],
    [
      'a.mot',
      `${HEAD}time\tknee\n`,
      'recording_no_data there are no rows of numbers: below the labels must stand one for each moment',
    ],
    [
      'a.mot',
      `${HEAD}time\tknee\thip\n0\t1\n1\t2\t3\n`,
      'recording_ragged line 5: 2 values for 3 columns: write one for each, and nan for one that is missing',
    ],
    [
      'a.mot',
      `${HEAD}time\tknee\thip\n0\t1\t2\n1\t2`,
      `recording_truncated line 6: the file ends after 2 of 3 values: ${CUT_OFF}`,
    ],
    [
      'a.mot',
      `${HEAD}time\tknee\n${rows(5)}`,
      'recording_too_short 5 frames at 60 Hz; at least 10 are needed (9 / 60 s): record for longer',
    ],
    [
      'a.mot',
      `${HEAD}time\tknee\n${rows(1)}`,
      'recording_too_short 1 frame at 60 Hz; at least 10 are needed (9 / 60 s): record for longer',
    ],
    [
      'a.mot',
      `${HEAD}time\tknee\n0\n`,
      'recording_ragged line 5: 1 value for 2 columns: write one for each, and nan for one that is missing',
    ],
    [
      'a.mot',
      `${HEAD}time\tknee\n${rows(60, 'nan')}`,
      'recording_no_data no channel holds a number (beyond 1e12 they count as missing): export the recording with its values',
    ],
    [
      'a.csv',
      `time,knee\n0,${'x'.repeat(50)}\n`,
      /^recording_malformed line 2: column "knee" holds "x{40}…", not a number: write numbers alone/,
    ],
    [
      'a.trc',
      'time\tknee\n',
      'recording_format_mismatch line 1: a TRC file starts with PathFileType, this does not: name it by what it is, or export it as TRC',
    ],
    ['a.trc', 'PathFileType\t4\n', `recording_truncated line 1: the file ends inside its header: ${CUT_OFF}`],
    ['a.trc', TRC, /rows of numbers: below the labels must stand one for each moment$/],
    ['a.trc', TRC.replace('Frame#', 'Bild'), /must be the labels Frame#, Time and the markers: put it back/],
    [
      'a.csv',
      TRC,
      'recording_format_mismatch line 1: the content is TRC marker trajectories: its name must end in .trc',
    ],
    [
      'a.csv',
      'Trajectories\nfast\n,,a:A,,\nFrame,Sub Frame,X,Y,Z\n,,mm,mm,mm\n1,0,1,2,3\n',
      /must be the rate in Hz: put it back, or export the file again$/,
    ],
    [
      'a.csv',
      'PK\x03\x04xx',
      'recording_format_mismatch the content is a zip archive, no recording: send the files in it one by one; a table of Excel as .csv',
    ],
    ['a.csv', '<!doctype html>', /HTML or XML, no recording: look whether the download was an error page/],
    ['a.mot', '{"time":[]}', /the content is JSON, no recording: its name must end in \.json$/],
    ['a.csv', Uint8Array.of(0xff, 0xfe, 0x61, 0), /text in UTF-16, no recording: save it as UTF-8$/],
    ['a.csv', 'a\0b', /binary, not text: export it as text, or give it the ending of what it is$/],
    ['a.json', '{"time":[0,', /no whole JSON text: write the document again/],
    ['a.json', '{"hip":[0]}', /no list time: name the list of seconds so$/],
    [
      'a.json',
      '{"time":[0,1],"hip":[1]}',
      /has 1 value, time has 2: give it one for each, and null for a missing/,
    ],
    [
      'a.c3d',
      Uint8Array.of(2, 0x50, 1, 0),
      `recording_truncated byte 4: the file ends inside its header: ${CUT_OFF}`,
    ],
    ['a.c3d', 'time,knee\n', /something else: name it by what it is, or export it as C3D$/],
  ])('%s %j', (fileName, content, said) => {
    const text = refusal(fileName, content);
    if (typeof said === 'string') expect(text).toBe(said);
    else expect(text).toMatch(said);
  });
});
