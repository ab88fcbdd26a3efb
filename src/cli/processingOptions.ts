import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Processing, RecordingMeta } from '../sdk/index.ts';
import { underHeading } from './help.ts';

/** How a recording is turned into its series, as an upload takes it too. */
export interface ProcessingFlags {
  outputRate?: number;
  cutOff?: number | 'off';
  order?: number;
  interpolation?: Processing['Interpolation'];
  maxGap?: number;
  unwrap?: true;
}

const INTERPOLATIONS: readonly Processing['Interpolation'][] = [
  'auto',
  'cubic',
  'linear',
  'natural',
  'monotone',
];

export function withProcessing(command: Command): Command {
  return underHeading(command, 'How the recording is processed:', (headed) =>
    headed
      .option('--output-rate <hz>', 'frames per second of the series; 60 when absent', between(10, 1000))
      .option('--cut-off <hz>', 'cut-off of the low-pass, 6 Hz when absent; off leaves it out', cutOffOf)
      .option('--order <n>', 'order of one of the two passes of the low-pass; 2 when absent', orderOf)
      .addOption(
        new Option('--interpolation <name>', 'between samples; auto when absent').choices(INTERPOLATIONS),
      )
      .option('--max-gap <s>', 'longest gap that is bridged; 3 s when absent', between(0, 3600))
      .option('--unwrap', 'take out turns of 360° between samples'),
  );
}

/** Members that were asked for; the server's own check says what they may be together. */
export function processingOf(flags: ProcessingFlags): Partial<Processing> {
  const { outputRate, cutOff, order, interpolation, maxGap, unwrap } = flags;
  return {
    ...(outputRate === undefined ? {} : { Rate: outputRate }),
    ...(cutOff === undefined ? {} : { CutOff: cutOff === 'off' ? null : cutOff }),
    ...(order === undefined ? {} : { Order: order }),
    ...(interpolation === undefined ? {} : { Interpolation: interpolation }),
    ...(maxGap === undefined ? {} : { MaxGap: maxGap }),
    ...(unwrap ? { Wraps: 'unwrap' } : {}),
  };
}

/** The same as parameters of an upload. */
export function uploadProcessing(
  flags: ProcessingFlags,
): Pick<RecordingMeta, 'outputRate' | 'cutOff' | 'order' | 'interpolation' | 'maxGap' | 'wraps'> {
  const { outputRate, cutOff, order, interpolation, maxGap, unwrap } = flags;
  return {
    ...(outputRate === undefined ? {} : { outputRate }),
    ...(cutOff === undefined ? {} : { cutOff: String(cutOff) }),
    ...(order === undefined ? {} : { order }),
    ...(interpolation === undefined ? {} : { interpolation }),
    ...(maxGap === undefined ? {} : { maxGap }),
    ...(unwrap ? { wraps: 'unwrap' } : {}),
  };
}

function between(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
    return value;
  };
}

function orderOf(text: string): number {
  const order = between(1, 10)(text);
  if (!Number.isInteger(order)) throw new InvalidArgumentError('It must be a whole number.');
  return order;
}

function cutOffOf(text: string): number | 'off' {
  if (text === 'off') return text;
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 500))
    throw new InvalidArgumentError('It must be a frequency above 0 and up to 500 Hz, or off.');
  return value;
}
