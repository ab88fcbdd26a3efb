import type { Provenance } from '../../../sdk/index.ts';
import { trueMinus } from '../../ui/numbers.ts';
import { words } from '../../words/common.ts';
import { sessionWords } from '../../words/session.ts';

/** What the server writes in a report is read by programs too, and names fields and sides as they do; a person reads the words of the screen. */

const { terms } = sessionWords.report;

/** How a number of the summary is defined. */
export const definitionInWords = (definition: string | undefined): string | undefined =>
  definition?.replace(new RegExp(`\\b(${Object.keys(terms).join('|')})\\b`, 'g'), (term) => terms[term]!);

/** A note on the report: `Knee Flex. (°) L reaches …` is of the left side. */
export const noteInWords = (note: string, metrics: Provenance['Metrics']): string =>
  trueMinus(
    metrics.reduce(
      (text, { Label, Side }) =>
        text.replaceAll(`${Label} ${Side} `, `${Label}, ${words.sides[Side].toLowerCase()}, `),
      note,
    ),
  );
