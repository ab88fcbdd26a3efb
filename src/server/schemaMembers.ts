/** What a body may hold, a line for each member, from its JSON Schema: for the reference in a browser and in docs/api.md. */
export interface Member {
  /** With its place: `Processing.CutOff`, `Repetitions[].Start`. */
  name: string;
  /** In words: `number or null`, `list of objects`, or the values there are. */
  type: string;
  required: boolean;
  description: string;
}

interface Schema {
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  description?: string;
  examples?: readonly unknown[];
}

export function membersOf(schema: object): Member[] {
  return members(schema as Schema, '');
}

/** The first example of a schema; undefined where it has none. */
export const exampleOf = (schema: object): unknown => (schema as Schema).examples?.[0];

function members({ properties = {}, required = [] }: Schema, place: string): Member[] {
  return Object.entries(properties).flatMap(([name, member]) => [
    {
      name: place + name,
      type: typeOf(member),
      required: required.includes(name),
      description: member.description ?? '',
    },
    ...below(member, place + name),
  ]);
}

/** Members of an object or of the objects of a list, wherever the schema allows one. */
function below(schema: Schema, place: string): Member[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((each) => below(each, place));
  if (schema.items !== undefined) return below(schema.items, `${place}[]`);
  return members(schema, `${place}.`);
}

function typeOf(schema: Schema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.const !== undefined) return word(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(word).join(', ');
  if (schema.type === 'array') {
    const { items = {} } = schema;
    return items.enum === undefined ? `list of ${typeOf(items)}s` : `list of ${typeOf(items)}`;
  }
  return schema.type ?? 'value';
}

const word = (value: unknown): string => `\`${String(value)}\``;
