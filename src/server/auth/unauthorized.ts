import { ApiError } from '../errors.ts';

/** 401 with what to change, and the challenge that RFC 6750 §3 asks for. */
export const unauthorized = (message: string) =>
  new ApiError('unauthorized', message, { 'WWW-Authenticate': 'Bearer' });
