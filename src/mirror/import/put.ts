import { isOwnId } from '../../contract/ids.ts';
import { RecordError } from '../records.ts';
import { sameRecord } from '../state.ts';
import { at } from './place.ts';
import type { ImportedKind, ImportRun } from './run.ts';

interface Put<R extends object> {
  kind: ImportedKind;
  id: string;
  name: string;
  /** As the destination has it. */
  here: R | undefined;
  /** Members that are to be so; others stay. */
  wanted: Partial<R>;
  create(): Promise<R>;
  patch(changes: Partial<R>): Promise<R>;
}

/** Adds a record, changes what differs of it, or leaves it alone. Answers what the destination has then. */
export async function put<R extends object>(
  run: ImportRun,
  { kind, id, name, here, wanted, create, patch }: Put<R>,
): Promise<R | undefined> {
  refuseId(id);
  const changes = here === undefined ? wanted : differing(here, wanted);
  if (here !== undefined && Object.keys(changes).length === 0) {
    run.unchanged(kind);
    return here;
  }
  let result = here;
  if (!run.dryRun) result = await at('destination', here === undefined ? create() : patch(changes));
  run.happened(kind, id, here === undefined ? 'new' : 'changed', name);
  return result;
}

export function differing<R extends object>(here: R, wanted: Partial<R>): Partial<R> {
  const changed = Object.entries(wanted).filter(
    ([member, value]) => !sameRecord(Reflect.get(here, member), value),
  );
  return Object.fromEntries(changed) as Partial<R>;
}

/** Throws RecordError. */
export function refuseId(id: string): void {
  if (isOwnId(id)) return;
  throw new RecordError(
    `its id ${JSON.stringify(id.slice(0, 60))} cannot be kept: an id has up to 128 characters, no slashes, backslashes, commas or control characters, and no blanks at its ends`,
  );
}

/** The first of these members that is a text. */
export function textOf(record: object, ...members: string[]): string {
  for (const member of members) {
    const value: unknown = Reflect.get(record, member);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

/** Members that the record has, by name. */
export function membersOf(record: object, names: readonly string[]): Record<string, unknown> {
  const has = names.filter((name) => Reflect.get(record, name) !== undefined);
  return Object.fromEntries(has.map((name) => [name, Reflect.get(record, name)]));
}
