import type { Answer } from '../ask.ts';
import type { Case } from '../case.ts';
import { inShort, isMembers, type Members, must, mustRefuse, valueIn } from '../expect.ts';
import { forgivingValue } from '../lenient.ts';
import { someOf, Undecided } from '../verdict.ts';
import { described, quoted } from '../words.ts';
import type { Sample, World } from '../world.ts';

/** As many report calls as a client makes for fifty athletes. */
const CALLS = 250;

/** Reports by key. */
export const REPORTS: readonly Case[] = [
  {
    number: 44,
    title:
      'GET /reportData with a key and Authorization alone gives WorkoutMetrics.Ang in an envelope string',
    async check(world) {
      for (const { answer } of someOf(await world.reports(), 'reports')) {
        const report = valueIn(answer);
        const metrics = isMembers(report) ? report.WorkoutMetrics : undefined;
        must(isMembers(metrics), answer, 'an object with WorkoutMetrics', described(report));
        must(isMembers(metrics.Ang), answer, 'WorkoutMetrics.Ang, an object', described(metrics));
      }
    },
  },
  {
    number: 45,
    title: 'Keys are taken as they are, percent-encoded, and as forms and browsers do it',
    async check(world) {
      const { session, value } = someOf(await world.reports(), 'reports')[0]!;
      const key = String(session.s3Key);
      const every = [...new TextEncoder().encode(key)].map(
        (byte) => `%${byte.toString(16).padStart(2, '0')}`,
      );
      const spellings = [
        key,
        encodeURIComponent(key),
        every.join(''),
        new URLSearchParams({ key }).toString().slice(4),
      ];
      for (const spelling of new Set(spellings)) {
        const answer = await world.get(`/reportData?s3Key=${spelling}`);
        must(answer.status === 200, answer, 'HTTP 200', inShort(answer));
        const same = JSON.stringify(forgivingValue(answer)) === JSON.stringify(value);
        must(same, answer, 'the report of that key', 'another');
      }
    },
  },
  {
    number: 46,
    title: 'Sides of metrics have a number AvgMax and a Score of 0, 0.5, 1 or null; no NaN',
    async check(world) {
      for (const { answer, value } of someOf(await world.reports(), 'reports')) {
        const odd = /-?\b(NaN|Infinity)\b/.exec(answer.text)?.[0];
        must(odd === undefined, answer, 'numbers that JSON knows', String(odd));
        for (const { label, side, statistics } of rowsOf(value, answer)) {
          const at = `of ${label}, ${side}`;
          const { AvgMax, Score } = statistics;
          must(typeof AvgMax === 'number', answer, `a number AvgMax ${at}`, described(AvgMax));
          const scored = [0, 0.5, 1, null, undefined].includes(Score as number);
          must(scored, answer, `a Score ${at} of 0, 0.5, 1, null, or none`, described(Score));
        }
      }
    },
  },
  {
    number: 47,
    title: 'Labels keep the degree sign, in UTF-8',
    async check(world) {
      const reports = someOf(await world.reports(), 'reports');
      for (const { answer } of reports)
        must(isUtf8(answer.bytes), answer, 'bytes in UTF-8', 'bytes that are none');
      const labels = reports.flatMap(({ value, answer }) =>
        rowsOf(value, answer).map(({ label }) => ({ label, answer })),
      );
      for (const { label, answer } of labels)
        must(!/[\u00c2\ufffd]/.test(label), answer, 'labels as they were written', quoted(label));
      const units = labels.filter(({ label }) => /\(.*\)$/.test(label));
      const { label, answer } = someOf(units, 'labels with a unit')[0]!;
      const kept = units.some((each) => each.label.includes('\u00b0'));
      must(kept, answer, 'labels with a degree sign', quoted(label));
    },
  },
  {
    number: 48,
    title: 'The report of a Left session has the side L, that of a Right one R',
    async check(world) {
      const sided = (await world.reports()).filter(({ session }) => /^(Left|Right) /.test(nameOf(session)));
      for (const { session, value, answer } of someOf(sided, 'reports of sessions named Left … or Right …')) {
        const wanted = nameOf(session).startsWith('Left') ? 'L' : 'R';
        const sides = [...new Set(rowsOf(value, answer).map(({ side }) => side))];
        const found = sides.length === 0 ? 'no metric' : `the sides ${sides.join(', ')}`;
        must(sides.includes(wanted), answer, `a metric with the side ${wanted}`, found);
      }
    },
  },
  {
    number: 49,
    title: 'An unknown key is 404 with a message, not an empty report',
    check: (world) => mustNotKnow(world, '/reportData'),
  },
  {
    number: 50,
    title: 'A missing s3Key is 400 with a message',
    check: (world) => mustMissKey(world, '/reportData'),
  },
  {
    number: 51,
    title: 'A key of another organization is answered as an unknown one',
    check: (world) => mustKeepApart(world, '/reportData', world.reports),
  },
  {
    number: 52,
    title: 'Two hundred and fifty reports in a row are all answered',
    async check(world) {
      const reports = someOf(await world.reports(), 'reports');
      for (let i = 0; i < CALLS; i++) {
        const key = encodeURIComponent(String(reports[i % reports.length]!.session.s3Key));
        const answer = await world.get(`/reportData?s3Key=${key}`);
        must(
          answer.status === 200,
          answer,
          `HTTP 200 to each of ${CALLS} calls`,
          `${inShort(answer)} to call ${i + 1}`,
        );
      }
    },
  },
];

/** Keys that nobody has; some are what clients send by mistake. */
const UNKNOWN = ['unknown', 'null', 'undefined', 'None'];

export async function mustNotKnow({ get }: World, path: string): Promise<void> {
  for (const key of UNKNOWN) mustRefuse(await get(`${path}?s3Key=${key}`), 404);
}

export async function mustMissKey({ get }: World, path: string): Promise<void> {
  for (const query of ['', '?s3Key=']) mustRefuse(await get(`${path}${query}`), 400);
}

/** Asked by somebody of another organization. What the server repeats of the key may differ. */
export async function mustKeepApart(
  { getAsOther }: World,
  path: string,
  samples: () => Promise<Sample[]>,
): Promise<void> {
  const key = encodeURIComponent(String(someOf(await samples(), 'sessions to ask for')[0]!.session.s3Key));
  const unknown = await getAsOther(`${path}?s3Key=unknown`);
  const foreign = await getAsOther(`${path}?s3Key=${key}`);
  const wanted = `the answer to an unknown key: ${inShort(unknown)}`;
  const same = foreign.status === unknown.status && foreign.text.replaceAll(key, 'unknown') === unknown.text;
  must(same, foreign, wanted, inShort(foreign));
}

const nameOf = (session: Members): string => String(session['Session Name']);

/** Every metric and side of the angles. */
function rowsOf(report: Members, answer: Answer): { label: string; side: string; statistics: Members }[] {
  const metrics = isMembers(report.WorkoutMetrics) ? report.WorkoutMetrics : {};
  const { Ang } = metrics;
  if (!isMembers(Ang))
    throw new Undecided('reports have no WorkoutMetrics.Ang: see case 44', { blocked: true });
  return Object.entries(Ang).flatMap(([label, sides]) => {
    must(isMembers(sides), answer, `an object of sides at ${label}`, described(sides));
    return Object.entries(sides).map(([side, statistics]) => {
      must(isMembers(statistics), answer, `an object at ${label}, ${side}`, described(statistics));
      return { label, side, statistics };
    });
  });
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
