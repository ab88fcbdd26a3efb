import { type Static, Type } from 'typebox';
import { expect, expectTypeOf, test } from 'vitest';
import type { Athlete } from '../../src/contract/athletes.ts';
import { ENDPOINTS, type Endpoint } from '../../src/contract/endpoints.ts';
import type { AthleteSchema } from '../../src/contract/schemas/athletes.ts';
import { SCHEMAS, schemaOf } from '../../src/contract/schemas/index.ts';
import type { SessionSchema } from '../../src/contract/schemas/sessions.ts';
import { nullable, oneOf, shape, sign } from '../../src/contract/schemas/shape.ts';
import type { Session } from '../../src/contract/sessions.ts';

// The compiler runs these: a line below @ts-expect-error that compiles is an error of `tsc -p tsconfig.json`.

interface Thing {
  Name: string;
  Size: number | null;
  Side: 'L' | 'R';
  Note?: string;
}

const right = {
  Name: Type.String(),
  Size: nullable(Type.Number()),
  Side: oneOf('L', 'R'),
  Note: Type.Optional(Type.String()),
};

test('a schema is held to its interface: what differs does not compile', () => {
  shape<Thing>()(Type.Object(right));

  const { Name: _name, ...nameless } = right;
  // @ts-expect-error a member is missing
  shape<Thing>()(Type.Object(nameless));
  // @ts-expect-error a member is of another type
  shape<Thing>()(Type.Object({ ...right, Name: Type.Number() }));
  // @ts-expect-error a member that must be there more than the interface has
  shape<Thing>()(Type.Object({ ...right, Weight: Type.Number() }));
  // @ts-expect-error null is not allowed for
  shape<Thing>()(Type.Object({ ...right, Size: Type.Number() }));
  // @ts-expect-error null is allowed where the interface has none
  shape<Thing>()(Type.Object({ ...right, Name: nullable(Type.String()) }));
  // @ts-expect-error a word is missing
  shape<Thing>()(Type.Object({ ...right, Side: oneOf('L') }));
  // @ts-expect-error a word too many
  shape<Thing>()(Type.Object({ ...right, Side: oneOf('L', 'R', 'F') }));
  // @ts-expect-error required where the interface says optional
  shape<Thing>()(Type.Object({ ...right, Note: Type.String() }));
  // @ts-expect-error optional where the interface says required
  shape<Thing>()(Type.Object({ ...right, Name: Type.Optional(Type.String()) }));
  const { Note: _note, ...noteless } = right;
  // @ts-expect-error an optional member is missing
  shape<Thing>()(Type.Object(noteless));
  // @ts-expect-error an optional member more than the interface has
  shape<Thing>()(Type.Object({ ...right, Colour: Type.Optional(Type.String()) }));
  // @ts-expect-error a list of it is not it
  shape<Thing>()(Type.Array(Type.Object(right)));
});

test('what a schema admits is the interface itself', () => {
  expectTypeOf<Static<typeof AthleteSchema>>().toEqualTypeOf<Athlete>();
  expectTypeOf<Static<typeof SessionSchema>>().toEqualTypeOf<Session>();
  const polarity = sign();
  expectTypeOf<Static<typeof polarity>>().toEqualTypeOf<1 | -1>();
});

test.each(Object.entries<Endpoint>(ENDPOINTS))(
  'the schemas that endpoint %s names are there',
  (_name, { query, body, answer }) => {
    for (const schema of [query, body === 'file' ? undefined : body, answer])
      if (schema !== undefined) expect(schemaOf(schema)).toBeTypeOf('object');
  },
);

test('every schema is JSON, named without its suffix, and an unknown name is a fault', () => {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    expect(name).not.toMatch(/Schema$/);
    expect(JSON.parse(JSON.stringify(schema))).toMatchObject({});
  }
  expect(() => schemaOf('Nothing')).toThrow('Nothing');
});
