import { type Static, type TSchema, Type } from 'typebox';
import { LONGEST_ID, OWN_ID } from '../ids.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? unknown : never) : never;

/**
 * A schema tied to its written-out interface: the compiler refuses a member that is missing or of another type. Types with
 * optional members fit each other also where only one has them, so the names of the members are compared too.
 */
export function shape<T>() {
  return <S extends TSchema>(schema: S & Same<Static<S>, T> & Same<keyof Static<S>, keyof T>): S => schema;
}

/** A value or null. */
export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** One of a few strings. */
export const oneOf = <const L extends readonly string[]>(...words: L) =>
  Type.Unsafe<L[number]>({ type: 'string', enum: [...words] });

/** The same schema with a sentence on what it is, and what else is to be said of it. */
export const described = <S extends TSchema>(schema: S, description: string, more: object = {}): S => ({
  ...schema,
  ...more,
  description,
});

/** 1 or -1. */
export const sign = () => Type.Unsafe<1 | -1>({ type: 'integer', enum: [1, -1] });

/** An id that a client chooses. */
export const ownId = (description: string) =>
  Type.String({ minLength: 1, maxLength: LONGEST_ID, pattern: OWN_ID, description });

/** Text without control characters, as names are. */
export const name = (maxLength = 200, minLength = 1) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });

export const closed = { additionalProperties: false } as const;
