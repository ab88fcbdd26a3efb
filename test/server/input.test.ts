import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../src/server/errors.ts';
import { readBody, readQuery } from '../../src/server/input.ts';

function refusal(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError);
    const { code, message } = error as ApiError;
    return { code, message };
  }
  throw new Error('was not refused');
}

describe('a query', () => {
  const read = (raw: Record<string, unknown>) => readQuery<Record<string, unknown>>('SessionsQuery', raw);

  test('is read by its schema: texts as texts, numbers as numbers, empty as absent', () => {
    expect(read({ athleteID: 'A1', limit: '25', order: 'oldest', name: '', from: '' })).toEqual({
      athleteID: 'A1',
      limit: 25,
      order: 'oldest',
    });
    expect(read({ limit: '' })).toEqual({});
    expect(read({ name: '25' })).toEqual({ name: '25' });
    expect(readQuery(undefined, {})).toEqual({});
  });

  test.each([
    [{ athlete: 'A1' }, 'unknown_parameter', 'athlete'],
    [{ athleteid: 'A1' }, 'unknown_parameter', 'athleteid'],
    [{ toString: 'x' }, 'unknown_parameter', 'toString'],
    [{ constructor: '' }, 'unknown_parameter', 'constructor'],
    [{ limit: 'ten' }, 'invalid_parameter', 'limit'],
    [{ limit: '0' }, 'invalid_parameter', 'limit'],
    [{ limit: '-5' }, 'invalid_parameter', 'limit'],
    [{ limit: '1.5' }, 'invalid_parameter', 'limit'],
    [{ limit: '0x10' }, 'invalid_parameter', 'limit'],
    [{ limit: 'Infinity' }, 'invalid_parameter', 'limit'],
    [{ limit: '1e999' }, 'invalid_parameter', 'limit'],
    [{ limit: ['1', '2'] }, 'invalid_parameter', 'limit'],
    [{ order: 'random' }, 'invalid_parameter', 'order'],
    [{ name: 'a\0b' }, 'invalid_parameter', 'name'],
  ])('%j is refused: %s', (raw, code, named) => {
    const answer = refusal(() => read(raw));
    expect(answer.code).toBe(code);
    expect(answer.message).toContain(named);
  });

  test('a __proto__ in it is unknown and pollutes nothing', () => {
    const raw = Object.create(null, { ['__proto__']: { value: 'x', enumerable: true } });
    expect(refusal(() => read(raw)).code).toBe('unknown_parameter');
    expect(({} as Record<string, unknown>).x).toBe(undefined);
  });

  test('what an endpoint without parameters is asked says that it takes none', () => {
    expect(refusal(() => readQuery(undefined, { x: '1' })).message).toContain('takes none');
  });

  test('a required parameter that is absent or empty is missing', () => {
    for (const raw of [{}, { s3Key: '' }]) {
      const answer = refusal(() => readQuery('KeyQuery', raw));
      expect(answer).toMatchObject({ code: 'missing_parameter', message: expect.stringContaining('s3Key') });
    }
  });

  test('whatever is asked is answered or refused', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(fc.constantFrom('limit', 'order', 'name', 'from'), fc.string()),
          fc.oneof(fc.string(), fc.array(fc.string())),
        ),
        (raw) => {
          try {
            read(raw);
          } catch (error) {
            expect(error).toBeInstanceOf(ApiError);
          }
        },
      ),
    );
  });
});

describe('a body', () => {
  const read = (text: string | Buffer | undefined, schema = 'AthleteInput') =>
    readBody<Record<string, unknown>>(schema, typeof text === 'string' ? Buffer.from(text) : text);

  test('is a JSON object of its schema', () => {
    expect(read('{"FirstName":"Ann","LastName":"","ExternalID":null}')).toEqual({
      FirstName: 'Ann',
      LastName: '',
      ExternalID: null,
    });
    expect(read('\ufeff{"FirstName":"Ann","LastName":"Lee"}')).toEqual({ FirstName: 'Ann', LastName: 'Lee' });
  });

  test.each<[string, string | Buffer | undefined, string]>([
    ['nothing', undefined, 'invalid_body'],
    ['nothing but spaces', '  ', 'invalid_body'],
    ['a list', '[]', 'invalid_body'],
    ['null', 'null', 'invalid_body'],
    ['a text', '"FirstName"', 'invalid_body'],
    ['half of it', '{"FirstName":"Ann"', 'invalid_body'],
    ['a form', 'FirstName=Ann&LastName=Lee', 'invalid_body'],
    ['Latin-1', Buffer.from('{"FirstName":"Zo\xeb","LastName":""}', 'latin1'), 'invalid_body'],
    ['UTF-16', Buffer.from('{"FirstName":"Ann","LastName":""}', 'utf16le'), 'invalid_body'],
    ['a member missing', '{"FirstName":"Ann"}', 'missing_parameter'],
    ['an unknown member', '{"FirstName":"Ann","LastName":"","Age":5}', 'unknown_parameter'],
    ['a __proto__', '{"FirstName":"Ann","LastName":"","__proto__":{}}', 'unknown_parameter'],
    ['a number for a name', '{"FirstName":5,"LastName":""}', 'invalid_parameter'],
    ['a name that is too long', `{"FirstName":"${'x'.repeat(201)}","LastName":""}`, 'invalid_parameter'],
    ['a line feed in a name', '{"FirstName":"a\\nb","LastName":""}', 'invalid_parameter'],
    ['a null in a name', '{"FirstName":"a\\u0000b","LastName":""}', 'invalid_parameter'],
    ['an id with a comma', '{"FirstName":"","LastName":"","ValorID":"a,b"}', 'invalid_parameter'],
  ])('%s is refused', (_what, text, code) => {
    expect(refusal(() => read(text)).code).toBe(code);
  });

  test('a fault deep inside is named by its place', () => {
    const body = { 'Exercise Name': 'x', Metrics: [{ Label: 'a', Side: 'X', Channel: 'c', Sign: 1 }] };
    expect(refusal(() => read(JSON.stringify(body), 'ExerciseInput'))).toEqual({
      code: 'invalid_parameter',
      message: expect.stringMatching(/Metrics\.0\.Side.*L, R, F, B/),
    });
  });

  test.each([
    [
      'SessionPatch',
      { Processing: { cutOff: 6 } },
      'Unknown member "cutOff" in Processing. Known are Rate, CutOff, Order, Interpolation, MaxGap, Wraps.',
    ],
    [
      'RepetitionsPatch',
      { Repetitions: [{ Start: 1, Ende: 2 }] },
      'Unknown member "Ende" in Repetitions.0. Known are Start, Peak, End.',
    ],
    ['RepetitionsPatch', { Repetitions: [{ Start: 1 }] }, 'Member Repetitions.0.End is required.'],
    ['RepetitionsPatch', { Repetitions: 'x' }, 'Member Repetitions must be array or null.'],
    ['SessionPatch', { Processing: { CutOff: '6' } }, 'Member Processing.CutOff must be number or null.'],
  ])('a member of %s that is none is named where it stands: %j', (schema, body, message) => {
    expect(refusal(() => read(JSON.stringify(body), schema)).message).toBe(message);
  });

  test('a patch without a change is refused', () => {
    expect(refusal(() => read('{}', 'AthletePatch')).code).toBe('invalid_parameter');
  });
});
