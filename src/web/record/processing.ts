import { DEFAULT_PROCESSING, type Processing, type RecordingMeta } from '../../sdk/index.ts';

/** How a file's series are made, as it was typed and under the names of an upload; an empty text is the usual. */
export type ProcessingChoice = Readonly<Record<keyof typeof LIMITS | 'interpolation' | 'wraps', string>>;

/** What the server admits. `rate`: of a file without a time column. */
const LIMITS = {
  cutOff: { least: 0, most: 500 },
  order: { least: 1, most: 10 },
  maxGap: { least: 0, most: 3600 },
  outputRate: { least: 10, most: 1000 },
  rate: { least: 1, most: 10_000 },
} as const;
export type NumberName = keyof typeof LIMITS;
const NUMBERS = Object.keys(LIMITS) as NumberName[];

export const USUAL = {
  cutOff: DEFAULT_PROCESSING.CutOff!,
  order: DEFAULT_PROCESSING.Order,
  maxGap: DEFAULT_PROCESSING.MaxGap,
  outputRate: DEFAULT_PROCESSING.Rate,
  rate: 30,
} as const;

export const AS_USUAL: ProcessingChoice = {
  cutOff: '',
  order: '',
  interpolation: '',
  maxGap: '',
  outputRate: '',
  wraps: '',
  rate: '',
};

export const INTERPOLATIONS = [
  'cubic',
  'linear',
  'natural',
  'monotone',
] as const satisfies readonly Processing['Interpolation'][];

/** In place of a cut-off: no filter. */
export const OFF = 'off';

/** NaN for what is no number. A comma is a point, as it is on many keyboards. */
const numberOf = (text: string): number =>
  /^\s*\d+([.,]\d*)?\s*$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;

/** What of it is not as usual, as the upload takes it. */
export function processingMeta(choice: ProcessingChoice): Partial<RecordingMeta> {
  const said = Object.entries(choice).filter(
    ([name, text]) => text.trim() !== '' && (name !== 'order' || choice.cutOff !== OFF),
  );
  return Object.fromEntries(
    said.map(([name, text]) => {
      if (name === 'cutOff') return [name, text === OFF ? OFF : String(numberOf(text))];
      return [name, NUMBERS.includes(name as NumberName) ? numberOf(text) : text];
    }),
  );
}

export type ProcessingFault =
  | { kind: 'bounds'; least: number; most: number }
  | { kind: 'above'; most: number }
  | { kind: 'whole'; least: number; most: number }
  | { kind: 'half'; half: number };

/** What the server would refuse, at the field where it is changed. */
export function processingFaults(choice: ProcessingChoice): Partial<Record<NumberName, ProcessingFault>> {
  const faults: Partial<Record<NumberName, ProcessingFault>> = {};
  for (const name of NUMBERS) {
    const text = choice[name];
    if (text.trim() === '' || text === OFF || (name === 'order' && choice.cutOff === OFF)) continue;
    const value = numberOf(text);
    const { least, most } = LIMITS[name];
    if (name === 'cutOff') {
      if (!(value > 0 && value <= most)) faults.cutOff = { kind: 'above', most };
    } else if (name === 'order' && !Number.isInteger(value)) faults.order = { kind: 'whole', least, most };
    else if (!(value >= least && value <= most)) faults[name] = { kind: 'bounds', least, most };
  }
  if (choice.cutOff !== OFF && faults.cutOff === undefined && faults.outputRate === undefined) {
    const half = numberUsed(choice, 'outputRate') / 2;
    // Half the rate is the highest frequency that there is in the series (Nyquist).
    if (numberUsed(choice, 'cutOff') >= half)
      faults[choice.cutOff.trim() === '' ? 'outputRate' : 'cutOff'] = { kind: 'half', half };
  }
  return faults;
}

/** The number that counts. */
const numberUsed = (choice: ProcessingChoice, name: NumberName): number =>
  choice[name].trim() === '' ? USUAL[name] : numberOf(choice[name]);

/** What several files have in common; null at a member in which they differ. */
export function commonProcessing(
  choices: readonly ProcessingChoice[],
): Readonly<Record<keyof ProcessingChoice, string | null>> {
  const [first = AS_USUAL] = choices;
  return Object.fromEntries(
    Object.entries(first).map(([name, text]) => [
      name,
      choices.every((choice) => choice[name as keyof ProcessingChoice] === text) ? text : null,
    ]),
  ) as Record<keyof ProcessingChoice, string | null>;
}
