import { KinebaseError } from './errors.ts';

/** Path and query of a call, from whatever a program puts into them. */

type QueryValue = string | number | boolean | Date | readonly string[] | null | undefined;

/** An id is one member of the path: what would be none, or another path, is refused here. */
export function pathOf(path: string, id: string | undefined): string {
  if (!path.includes('{id}')) return path;
  if (typeof id !== 'string' || id === '')
    throw new KinebaseError('missing_parameter', `${path} needs an id; it is ${JSON.stringify(id)}.`);
  if (id === '.' || id === '..') throw new KinebaseError('invalid_parameter', `"${id}" is no id.`);
  return path.replace('{id}', () => encoded(id));
}

function encoded(id: string): string {
  try {
    return encodeURIComponent(id);
  } catch (cause) {
    throw new KinebaseError('invalid_parameter', 'The id holds half a letter (a lone surrogate).', { cause });
  }
}

export function queryOf(query: object = {}): string {
  const parameters = new URLSearchParams();
  // An empty parameter is an absent one, to servers that know it.
  for (const [name, value] of Object.entries(query as Record<string, QueryValue>))
    if (value === undefined || value === null || value === '') continue;
    else if (REPEATED.has(name)) for (const text of eachOf(name, value)) parameters.append(name, text);
    else parameters.set(name, textOf(name, value));
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** Lists of labels, which may have commas. */
const REPEATED: ReadonlySet<string> = new Set(['metric']);

function eachOf(name: string, value: NonNullable<QueryValue>): string[] {
  const texts = ([value].flat() as string[]).filter((text) => text !== '');
  if (texts.length === 0) throw holdsNothing(name);
  return texts;
}

/** It would be an absent filter: everything, where nothing was asked for. */
const holdsNothing = (name: string) => new KinebaseError('invalid_parameter', `${name} holds nothing.`);

function textOf(name: string, value: NonNullable<QueryValue>): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime()))
      throw new KinebaseError('invalid_parameter', `${name} is an invalid Date.`);
    return value.toISOString();
  }
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) throw holdsNothing(name);
  return value.join(',');
}
