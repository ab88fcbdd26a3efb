import { readFileSync } from 'node:fs';

/**
 * The Swift example as far as it meets the wire: the types it decodes, with their keys, and the requests it makes. Swift is
 * rarely there to run it, so tests read the source and do the same: Codable's casts are few and strict.
 */
export const SWIFT_FILE = new URL('../../../examples/swift/sessions.swift', import.meta.url);

interface Member {
  key: string;
  type: string;
}

export interface SwiftSource {
  text: string;
  /** Decodable structs: their members as they are called in JSON. */
  structs: ReadonlyMap<string, readonly Member[]>;
  /** Calls for data: path, parameters, and the type that is decoded from the body. */
  calls: readonly { path: string; parameters: readonly string[]; type: string }[];
  /** Header → what it is set to, as it is written. */
  headers: ReadonlyMap<string, string>;
  /** Members of the body of a sign-in. */
  signInMembers: readonly string[];
  /** Flows of a sign-in, each with the names of its parameters. */
  flows: ReadonlyMap<string, readonly string[]>;
  /** The first continuation token. */
  firstToken: string;
}

export function readSwift(): SwiftSource {
  const text = readFileSync(SWIFT_FILE, 'utf8');
  const structs = new Map<string, Member[]>();
  for (const [, name, body] of text.matchAll(/^struct (\w+)(?:<[^>]*>)?: Decodable \{\n([\s\S]*?)^\}/gm)) {
    const keys = new Map(
      [...body!.matchAll(/^ {8}case (\w+) = "([^"]+)"$/gm)].map(([, member, key]) => [member, key!]),
    );
    const members = [...body!.matchAll(/^ {4}let (\w+): (.+)$/gm)].map(([, member, type]) => ({
      key: keys.get(member!)!,
      type: type!,
    }));
    structs.set(name!, members);
  }
  const calls = [...text.matchAll(/let \w+: (.+) = try await (?:server\.get|ask)\("(\/\w+)"(.*)\)$/gm)];
  const filters = namesIn(/server\.sessions\(\[(.*)\]\)/.exec(text)![1]!);
  return {
    text,
    structs,
    calls: calls.map(([, type, path, rest]) => ({
      path: path!,
      parameters: path === '/sessions' ? filters : namesIn(rest!),
      type: type!.replace(/^Envelope<(.*)>$/, '$1'),
    })),
    headers: new Map(
      [...text.matchAll(/setValue\(\s*(.+?), forHTTPHeaderField: "([^"]+)"\)/g)].map(([, value, name]) => [
        name!,
        value!,
      ]),
    ),
    signInMembers: namesIn(/let members: \[String: Any\] = \[(.*)\]/.exec(text)![1]!),
    flows: new Map(
      [...text.matchAll(/signIn\("(\w+)", \[(.*?)\]\)/g)].map(([, flow, parameters]) => [
        flow!,
        namesIn(parameters!),
      ]),
    ),
    firstToken: JSON.parse(/var continuation: String\? = (".*")/.exec(text)![1]!),
  };
}

const namesIn = (dictionary: string): string[] =>
  [...dictionary.matchAll(/"(\w+)":/g)].map(([, name]) => name!);

/** What JSONDecoder makes of a value: throws where it would, and notes each member that was read. */
export function decodeAs(
  source: SwiftSource,
  type: string,
  value: unknown,
  read: Set<string> = new Set(),
): unknown {
  const refuse = () => {
    throw new TypeError(`${JSON.stringify(value)?.slice(0, 80)} is no ${type}`);
  };
  const inner = (type: string, value: unknown) => decodeAs(source, type, value, read);
  if (type.endsWith('?'))
    return value === null || value === undefined ? null : inner(type.slice(0, -1), value);
  if (type === 'String') return typeof value === 'string' ? value : refuse();
  if (type === 'Double') return typeof value === 'number' ? value : refuse();
  const dictionary = /^\[String: (.+)\]$/.exec(type)?.[1];
  const array = /^\[(.+)\]$/.exec(type)?.[1];
  if (dictionary === undefined && array !== undefined)
    return Array.isArray(value) ? value.map((each) => inner(array, each)) : refuse();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse();
  const members = value as Record<string, unknown>;
  if (dictionary !== undefined)
    return Object.fromEntries(Object.entries(members).map(([name, each]) => [name, inner(dictionary, each)]));
  return Object.fromEntries(
    source.structs.get(type)!.map((member) => {
      read.add(`${type}.${member.key}`);
      return [member.key, inner(member.type, members[member.key])];
    }),
  );
}

/** The example's Envelope: a body that is a string is decoded once more. */
export function decodeEnvelope(source: SwiftSource, type: string, value: unknown, read: Set<string>) {
  const { body, 'X-Continuation-Token': token } = value as Record<string, unknown>;
  return {
    body: decodeAs(source, type, typeof body === 'string' ? JSON.parse(body) : body, read),
    token: decodeAs(source, 'String?', token) as string | null,
  };
}
