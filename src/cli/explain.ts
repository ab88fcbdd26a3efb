import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { isKinebaseError } from '../sdk/errors.ts';
import { networkFault } from './networkFault.ts';

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
  if (typeof code !== 'string') return error.message;
  return `${said(error)} (${code})${advice(error)}`;
}

/** The sentence of the error. An import puts before it which server it speaks of. */
function said(error: Error): string {
  const { message, cause } = error;
  const known = isKinebaseError(error) ? error : cause;
  if (!isKinebaseError(known) || !message.endsWith(known.message)) return message;
  return message.slice(0, -known.message.length) + (networkFault(known) ?? known.message);
}

function fileFault(path: string, code: string | undefined, message: string): string {
  const folder = dirname(path);
  if (code === 'ENOENT')
    return existsSync(folder) ? `there is no file ${path}` : `there is no folder ${folder}`;
  if (code === 'ENOTDIR') return `${folder} is no folder`;
  if (code === 'EACCES') return `you may not read or write ${path}`;
  return `${path} cannot be used: ${message}`;
}

function advice(error: Error): string {
  if (!isKinebaseError(error)) return '';
  if (/refresh token/i.test(error.message)) return '; sign in again with `kinebase login`';
  if (error.code === 'ResourceNotFoundException') return '; name the client id with --client';
  return '';
}
