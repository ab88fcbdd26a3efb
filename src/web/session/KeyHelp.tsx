import { sessionWords } from '../words/session.ts';

const text = sessionWords.transport;

/** What keys and pointer do. */
export const KeyHelp = () => (
  <details className="no-print text-sm">
    <summary className="text-soft">{text.keys}</summary>
    <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[14rem_1fr]">
      {text.keyTexts.map(([key, does]) => (
        <div key={key} className="contents">
          <dt className="font-medium">{key}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </details>
);
