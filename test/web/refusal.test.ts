import { describe, expect, test } from 'vitest';
import { RECORDING_ENDING, RECORDING_ENDINGS } from '../../src/motion/read.ts';
import { type ErrorDetails, KinebaseError, type KinebaseErrorCode } from '../../src/sdk/errors.ts';
import { ENDINGS, noRecording, READ } from '../../src/web/record/endings.ts';
import { refusalOf } from '../../src/web/record/refusal.ts';
import { recordWords } from '../../src/web/words/record.ts';

const refused = (code: KinebaseErrorCode, message: string, details: ErrorDetails = {}) =>
  refusalOf(new KinebaseError(code, message, { status: 400, ...details }));

describe('what a server refuses of a file', () => {
  test.each([
    [
      'athleteID "01A2" is not of your organization.',
      'athleteID',
      'This is no longer there: choose another.',
    ],
    [
      'assessmentID "x" is not of your organization.',
      'assessmentID',
      'This is no longer there: choose another.',
    ],
    ['Query parameter athleteID is required.', 'athleteID', 'Say something here.'],
    ['Query parameter order must be <= 10.', 'order', 'At most 10.'],
    ['Query parameter rate must be >= 1.', 'rate', 'At least 1.'],
    [
      'Query parameter sessionName must not have more than 200 characters.',
      'sessionName',
      'At most 200 characters.',
    ],
    ['Member Session Name must not have more than 200 characters.', 'sessionName', 'At most 200 characters.'],
    [
      'date must lie between the years 1900 and 2199; it is 1066-10-14T12:00:00Z.',
      'date',
      'Recorded at must lie between the years 1900 and 2199; it is 1066-10-14T12:00:00Z.',
    ],
    [
      'cutOff 8 Hz must lie below half of outputRate, 6 Hz: lower the one, raise the other, or leave the filter out with cutOff=off.',
      'cutOff',
      'The cut-off must lie below half of the frames a second, 6 Hz: lower the cut-off, or raise the frames.',
    ],
  ])('%s', (message, at, text) => {
    expect(refused('invalid_parameter', message)).toEqual({ at, text });
  });

  test.each<[KinebaseErrorCode, string, ErrorDetails, RegExp]>([
    [
      'recording_ragged',
      'line 5: 1 value for 2 columns: write one for each',
      {},
      /^Line 5: 1 value for 2 columns: write one for each\.$/,
    ],
    ['recording_empty', 'The body is empty. Send the bytes with curl.', {}, /^This file is empty\./],
    ['unsupported_file', 'fileName must end in .mot, not "a.doc".', {}, /^Kinebase does not read/],
    [
      'payload_too_large',
      'The recording is larger than 64 MB as sent.',
      { status: 413 },
      /takes \(64 MB\)\. Compress/,
    ],
    ['refused', 'HTTP 413', { status: 413 }, /larger than this server takes\. Compress/],
    ['conflict', 'sessionID 1F already holds another recording.', { status: 409 }, /^Another recording/],
    ['not_found', 'Your organization has no session "1F".', { status: 404 }, /deleted meanwhile/],
    [
      'unavailable',
      'Too many recordings are coming in at once.',
      { status: 503 },
      /^The server has too much to do/,
    ],
    [
      'internal',
      'The server failed. Its log explains request r-7.',
      { status: 500, requestId: 'r-7' },
      /who finds it as r-7\.$/,
    ],
    [
      'unknown_parameter',
      'Unknown query parameter "wraps". Known are s3Key.',
      {},
      /^The server does not take this file/,
    ],
    [
      'forbidden',
      'The scope does not reach POST /sessions.',
      { status: 403 },
      /^Your role does not allow this\./,
    ],
  ])('%s is said without words of the API', (code, message, details, words) => {
    const { text, at } = refused(code, message, details);
    expect(text).toMatch(words);
    expect(at).toBe(undefined);
    expect(text).not.toMatch(/[a-z]ID\b|s3Key|fileName|parameter|_|curl|HTTP/);
  });
});

describe('what is no recording', () => {
  test('the endings that are read are those of the server', () => {
    expect(READ.source).toBe(RECORDING_ENDING.source);
    expect(ENDINGS.every((ending) => RECORDING_ENDINGS.includes(`.${ending}`))).toBe(true);
    expect(recordWords.noRecording.ending).toContain(RECORDING_ENDINGS);
  });

  test.each([
    ['squat.mot', 10, null],
    ['SQUAT.C3D', 10, null],
    ['squat.mot.gz', 10, null],
    ['squat.csv', 0, 'empty'],
    ['squat.docx', 10, 'ending'],
    ['squat.gz', 10, 'ending'],
    ['squat', 0, 'ending'],
  ])('%s of %d bytes: %s', (name, size, why) => {
    expect(noRecording({ name, size })).toBe(why);
  });
});
