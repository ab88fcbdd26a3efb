import type { Outcome } from './run.ts';

/** Outcomes as JUnit XML, the form that build servers read: one suite, one test case per number. */
export function junitOf(url: string, begun: Date, outcomes: readonly Outcome[]): string {
  const count = (status: Outcome['status']) => outcomes.filter((each) => each.status === status).length;
  const total_ms = outcomes.reduce((sum, { duration_ms }) => sum + duration_ms, 0);
  const counts = attributes({
    tests: outcomes.length,
    failures: count('failed'),
    errors: 0,
    skipped: count('skipped'),
    time: seconds(total_ms),
  });
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'kinebase conformance' })}${counts}>`,
    `  <testsuite${attributes({ name: url })}${counts}${attributes({ timestamp: begun.toISOString() })}>`,
    ...outcomes.map(testCase),
    '  </testsuite>',
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function testCase({ number, title, duration_ms, ...outcome }: Outcome): string {
  const name = attributes({ classname: 'contract', name: `${number}. ${title}`, time: seconds(duration_ms) });
  const inside = contentOf(outcome);
  return `    <testcase${name}${inside === '' ? '/>' : `>${inside}</testcase>`}`;
}

function contentOf({
  status,
  reason = '',
  request,
  expected,
  found,
}: Omit<Outcome, 'number' | 'title' | 'duration_ms'>): string {
  if (status === 'passed') return '';
  if (status === 'skipped') return `<skipped${attributes({ message: reason })}/>`;
  const message = `expected ${expected}; found ${found}`;
  const text = `${request}\nexpected: ${expected}\nfound: ${found}`;
  return `<failure${attributes({ type: 'contract', message })}>${escaped(text)}</failure>`;
}

const seconds = (duration_ms: number): string => (duration_ms / 1000).toFixed(3);

const attributes = (values: Record<string, string | number>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

/** XML 1.0 has no place for control characters and lone surrogates, not even as references. */
function escaped(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"\n\r\t]/g, (letter) => `&#${letter.charCodeAt(0)};`)
  );
}
