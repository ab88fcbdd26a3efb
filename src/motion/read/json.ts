import { counted } from '../counted.ts';
/**
 * Series as `/ikData` answers them, as a recording: `time` and parallel arrays by name, plain, in an envelope
 * (`{ "statusCode", "body" }`), or as the member `ikData` of a document.
 */

import { RecordingError } from '../errors.ts';
import { MAX_CHANNELS, MAX_VALUES } from '../limits.ts';
import { listed } from '../listed.ts';
import type { Recording } from '../recording.ts';
import { startOfText } from './content.ts';
import { checkLabels } from './labels.ts';
import { channelOf } from './units.ts';

/** Angles are degrees on that wire. Derivatives beside their channel are left out: they are computed anew. */
export function readSeriesDocument(bytes: Uint8Array): Recording {
  const { time, names, values } = arraysOf(parseDocument(bytes));
  const all = new Set(names);
  const derivatives = names.filter((name) => /_(vel|acc)$/.test(name) && all.has(name.slice(0, -4)));
  const left = new Set(derivatives);
  return {
    time,
    channels: names.flatMap((name, place) => (left.has(name) ? [] : [channelOf(name, values[place]!, true)])),
    format: 'json',
    inDegrees: true,
    unitSource: 'format',
    assumedRate_hz: null,
    header: {},
    notes: derivatives.length === 0 ? [] : [`left out, computed anew: ${listed(derivatives)}`],
  };
}

/** Series in the order of the document; NaN where it has null. */
export interface Arrays {
  time: Float64Array;
  names: string[];
  values: Float64Array[];
}

export function parseDocument(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(startOfText(bytes))));
  } catch {
    throw new RecordingError(
      'recording_malformed',
      'the file is no whole JSON text: write the document again',
    );
  }
  return objectOf(value, 'the file');
}

/** Throws RecordingError for what holds no series. */
export function arraysOf(document: Record<string, unknown>): Arrays {
  const series = seriesIn(document);
  const { time: times } = series;
  if (!Array.isArray(times))
    throw new RecordingError(
      'recording_malformed',
      'the document has no list time: name the list of seconds so',
    );
  const names = Object.keys(series).filter((name) => name !== 'time');
  if (names.length > 0) checkLabels(names, undefined);
  if (names.length === 0)
    throw new RecordingError(
      'recording_no_data',
      'there is no series beside time: add a list of values for each channel',
    );
  if (names.length >= MAX_CHANNELS || times.length * (names.length + 1) > MAX_VALUES)
    throw new RecordingError(
      'recording_too_long',
      `more than the limit of ${MAX_VALUES} numbers: split the recording, or leave out series`,
    );
  const read = (name: string) => numbersOf(name, series[name], times.length);
  return { time: read('time'), names, values: names.map(read) };
}

function seriesIn(document: Record<string, unknown>): Record<string, unknown> {
  const { ikData, body } = document;
  if (ikData !== undefined) return objectOf(ikData, 'ikData');
  if (body === undefined) return document;
  if (typeof body !== 'string') return objectOf(body, 'body');
  return parseDocument(new TextEncoder().encode(body));
}

function numbersOf(name: string, list: unknown, length: number): Float64Array {
  const called = JSON.stringify(name.slice(0, 60));
  if (!Array.isArray(list))
    throw new RecordingError(
      'recording_malformed',
      `the series ${called} is no list: give it one value for each time`,
    );
  if (list.length !== length) {
    const message = `the series ${called} has ${counted(list.length, 'value')}, time has ${length}: give it one for each, and null for a missing one`;
    throw new RecordingError('recording_ragged', message);
  }
  const numbers = new Float64Array(length);
  for (let at = 0; at < length; at += 1) {
    const value: unknown = list[at] ?? Number.NaN;
    if (typeof value !== 'number')
      throw new RecordingError(
        'recording_malformed',
        `the series ${called} holds what is no number: write numbers alone, and null for a missing one`,
      );
    numbers[at] = value;
  }
  return numbers;
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RecordingError('recording_malformed', `${what} is no JSON object: write it as {…}`);
  return value as Record<string, unknown>;
}
