import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { isKinebaseError } from '../sdk/errors.ts';

/** A mistake of the person at the keyboard, found before anything was asked of a server. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const explain = (error: unknown): string => `error: ${messageOf(error)}`;

/** What a person can act on, in one line: the sentence of whoever refused, and the stable code where there is one. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && path !== undefined) return fileFault(path, code, error.message);
  return typeof code === 'string'
    ? `${withoutOpenSsl(error.message)} (${code})${advice(error)}`
    : error.message;
}

function fileFault(path: string, code: string | undefined, message: string): string {
  const folder = dirname(path);
  if (code === 'ENOENT')
    return existsSync(folder) ? `there is no file ${path}` : `there is no folder ${folder}`;
  if (code === 'ENOTDIR') return `${folder} is no folder`;
  if (code === 'EACCES') return `you may not read or write ${path}`;
  return `${path} cannot be used: ${message}`;
}

/** https asked where http is spoken: OpenSSL says so in a line for its own authors. */
const withoutOpenSsl = (message: string): string =>
  message.replace(
    /https(:\/\/\S+): .*(?:wrong version number|packet length too long).*/s,
    'https$1: no https is spoken there; is it http$1?',
  );

function advice(error: Error): string {
  if (!isKinebaseError(error)) return '';
  if (/refresh token/i.test(error.message)) return '; sign in again with `kinebase login`';
  if (error.code === 'ResourceNotFoundException') return '; name the client id with --client';
  return '';
}
