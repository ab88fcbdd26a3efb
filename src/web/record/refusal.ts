import { isKinebaseError } from '../../sdk/index.ts';
import { explain } from '../ui/explain.ts';
import { memberFault } from '../ui/memberFault.ts';
import { processingWords, recordWords } from '../words/record.ts';
import type { Refusal, UploadField } from './upload.ts';

/** What the server and the network say of a file → what somebody can do about it who knows the file, and no server. */
export function refusalOf(error: unknown): Refusal {
  if (!isKinebaseError(error)) return { text: explain(error) };
  const { code, status, message, requestId } = error;
  const fault = memberFault(error, LABELS);
  if (fault !== null) return { at: FIELDS[fault.member], text: half(message) ?? fault.text };
  if (code === 'recording_empty') return { text: recordWords.noRecording.empty };
  if (code.startsWith('recording_')) return { text: sentence(message) };
  if (code === 'unsupported_file') return { text: recordWords.noRecording.ending };
  if (code === 'payload_too_large' || status === 413)
    return { text: say.larger(/larger than (\S+ MB)/.exec(message)?.[1] ?? null) };
  if (code === 'conflict' || code === 'not_found') return { text: say[code] };
  if (code === 'unauthorized' || code === 'forbidden') return { text: explain(error) };
  if (code === 'timeout' || code === 'network' || code === 'unavailable' || code === 'too_many_requests')
    return { text: say.busy };
  return { text: status >= 500 ? say.failed(requestId) : say.unclear(requestId) };
}

const say = recordWords.refusals;

/** What a lost half of a rate is about stands in this view's words already. */
function half(message: string): string | null {
  const half_hz = /below half of .*, ([\d.]+) Hz:/.exec(message)?.[1];
  return half_hz === undefined ? null : processingWords.fault({ kind: 'half', half: Number(half_hz) });
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

export const FIELD_LABELS: Readonly<Record<UploadField, string>> = {
  athleteID: recordWords.athlete,
  exerciseID: recordWords.exercise,
  assessmentID: recordWords.assessment,
  date: recordWords.date,
  sessionName: recordWords.name,
  cutOff: processingWords.numbers.cutOff.label,
  order: processingWords.numbers.order.label,
  interpolation: processingWords.interpolation,
  maxGap: processingWords.numbers.maxGap.label,
  outputRate: processingWords.numbers.outputRate.label,
  wraps: processingWords.wraps,
  rate: processingWords.numbers.rate.label,
};

/** What the server calls them: as it takes a file, and as it corrects a session. */
const FIELDS = {
  athleteID: 'athleteID',
  exerciseID: 'exerciseID',
  assessmentID: 'assessmentID',
  date: 'date',
  sessionName: 'sessionName',
  cutOff: 'cutOff',
  order: 'order',
  interpolation: 'interpolation',
  maxGap: 'maxGap',
  outputRate: 'outputRate',
  wraps: 'wraps',
  rate: 'rate',
  'Athlete ID': 'athleteID',
  'Exercise ID': 'exerciseID',
  'Assessment ID': 'assessmentID',
  Date: 'date',
  'Session Name': 'sessionName',
  'Processing.CutOff': 'cutOff',
  'Processing.Order': 'order',
  'Processing.Interpolation': 'interpolation',
  'Processing.MaxGap': 'maxGap',
  'Processing.Rate': 'outputRate',
  'Processing.Wraps': 'wraps',
} as const satisfies Readonly<Record<string, UploadField>>;

const LABELS = Object.fromEntries(
  Object.entries(FIELDS).map(([member, field]) => [member, FIELD_LABELS[field]]),
) as Record<keyof typeof FIELDS, string>;
