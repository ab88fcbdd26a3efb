import { InvalidArgumentError } from 'commander';

/** `--rate`: samples per second. */
export function readRate(text: string): number {
  const rate = Number(text);
  if (text.trim() === '' || !(rate > 0))
    throw new InvalidArgumentError('It must be a number of samples per second.');
  return rate;
}
