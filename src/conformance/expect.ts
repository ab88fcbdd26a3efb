/** What the contract says of answers in general. Each function throws Broken, naming the part that is not so. */
import { type Answer, parsed } from './ask.ts';
import { Broken } from './verdict.ts';
import { described, quoted } from './words.ts';

export type Members = Record<string, unknown>;

/** `asked` is an answer, or a list of many. */
export function must(
  holds: boolean,
  asked: { request: string },
  expected: string,
  found: string,
): asserts holds {
  if (!holds) throw new Broken(asked.request, expected, found);
}

/** An answer in few words. */
export const inShort = ({ status, header, text }: Answer): string =>
  `HTTP ${status}, ${header('content-type') ?? 'no content type'}, ${text === '' ? 'no body' : quoted(text)}`;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** HTTP 200 with a JSON object. */
export function objectIn(answer: Answer): Members {
  must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
  must(isJson(answer), answer, 'Content-Type application/json', inShort(answer));
  must(isMembers(answer.json), answer, 'a JSON object', inShort(answer));
  return answer.json;
}

/** "Envelope": HTTP 200, application/json, `statusCode` 200 as a number, and a member `body`. */
export function envelopeIn(answer: Answer): Members & { body: unknown } {
  const envelope = objectIn(answer);
  must(
    envelope.statusCode === 200,
    answer,
    'the member statusCode, the number 200',
    described(envelope.statusCode),
  );
  must('body' in envelope, answer, 'the member body', described(envelope));
  return envelope as Members & { body: unknown };
}

/** "Envelope string": an envelope whose `body` is a string that parses as JSON. Answers the value in it. */
export function valueIn(answer: Answer): unknown {
  const { body } = envelopeIn(answer);
  must(typeof body === 'string', answer, 'a body that is a string holding JSON', described(body));
  const value = parsed(body);
  must(value !== undefined, answer, 'a body that parses as JSON', quoted(body));
  return value;
}

export function arrayIn(answer: Answer): Members[] {
  const value = valueIn(answer);
  must(
    Array.isArray(value) && value.every(isMembers),
    answer,
    'a body with an array of objects',
    described(value),
  );
  return value;
}

/** One of these statuses, JSON, a `message` that says something, and no envelope. */
export function mustRefuse(answer: Answer, ...statuses: number[]): void {
  const wanted = `HTTP ${statuses.join(' or ')}`;
  must(statuses.includes(answer.status), answer, wanted, inShort(answer));
  mustExplain(answer);
}

/** Any 4xx with a message in JSON. */
export function mustRefuseSomehow(answer: Answer): void {
  must(answer.status >= 400 && answer.status < 500, answer, 'HTTP 4xx', inShort(answer));
  mustExplain(answer);
}

export function mustExplain(answer: Answer): void {
  const wanted = 'JSON with a message that is not empty';
  must(isJson(answer) && isMembers(answer.json), answer, wanted, inShort(answer));
  const { message } = answer.json;
  must(typeof message === 'string' && message !== '', answer, wanted, inShort(answer));
  must(!('statusCode' in answer.json || 'body' in answer.json), answer, 'no envelope', inShort(answer));
}

const isJson = ({ header }: Answer): boolean =>
  /^application\/json\s*(;|$)/i.test(header('content-type') ?? '');
