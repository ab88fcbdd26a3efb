import type { Case } from '../case.ts';
import { envelopeIn, isMembers, must } from '../expect.ts';
import { forgivingValue } from '../lenient.ts';
import { someOf } from '../verdict.ts';
import { described, quoted } from '../words.ts';
import { mustKeepApart, mustMissKey, mustNotKnow } from './reports.ts';

const RATE_HZ = 60;

/** Names as a camera system of somebody else might have them. */
const ODD_NAMES = ['waist_rotation', 'Left Knee Flexion (°)', 'hüfte/links', 'CAPS', 'a.b-c d'];

/** Joint angles over time. */
export const INVERSE_KINEMATICS: readonly Case[] = [
  {
    number: 53,
    title: 'GET /ikData gives time and, for each metric, its values, _vel and _acc',
    async check(world) {
      for (const { answer, value } of someOf(await world.series(), 'series')) {
        envelopeIn(answer);
        for (const [name, values] of Object.entries(value))
          must(Array.isArray(values), answer, `an array ${quoted(name)}`, described(values));
        must('time' in value, answer, 'an array time', described(value));
        const metrics = metricsOf(value);
        must(metrics.length > 0, answer, 'at least one metric', described(value));
        for (const name of metrics.flatMap((metric) => [`${metric}_vel`, `${metric}_acc`]))
          must(name in value, answer, `an array ${quoted(name)}`, 'none');
        for (const name of Object.keys(value).filter(isDerivative))
          must(name.slice(0, -4) in value, answer, `an array ${quoted(name.slice(0, -4))}`, 'none');
      }
    },
  },
  {
    number: 54,
    title: 'Arrays are equally long; time runs from 0 in steps of 1/60 s to Duration',
    async check(world) {
      for (const { session, answer, value } of someOf(await world.series(), 'series')) {
        const time = Array.isArray(value.time) ? (value.time as number[]) : [];
        must(time[0] === 0, answer, 'time that begins at 0', described(time[0]));
        for (const [name, values] of Object.entries(value)) {
          const { length } = Array.isArray(values) ? values : [];
          must(length === time.length, answer, `${time.length} values of ${quoted(name)}`, `${length}`);
        }
        const off = time.findIndex((at, index) => Math.abs(at - index / RATE_HZ) > ROUNDING_S);
        must(off < 0, answer, `time[${off}] of ${off}/${RATE_HZ} s`, described(time[off]));
        const last = time.at(-1)!;
        const near = Math.abs(last - Number(session.Duration)) <= 1 / RATE_HZ + ROUNDING_S;
        must(near, answer, `a last time within a step of the Duration ${session.Duration} s`, `${last} s`);
      }
    },
  },
  {
    number: 55,
    title: 'Series have the names they were recorded with: none is dropped or changed',
    async check(world) {
      const written = world.written();
      const athleteID = await written.athlete();
      const { s3Key } = await written.session({ athleteID }, ODD_NAMES);
      const answer = await world.get(`/ikData?s3Key=${encodeURIComponent(String(s3Key))}`);
      const series = forgivingValue(answer);
      const names = isMembers(series) ? Object.keys(series) : [];
      for (const name of ODD_NAMES.flatMap((metric) => [metric, `${metric}_vel`, `${metric}_acc`]))
        must(names.includes(name), answer, `the series ${name}`, names.map(quoted).join(', '));
    },
  },
  {
    number: 56,
    title: 'Unknown, missing and foreign keys of series are answered as those of reports',
    async check(world) {
      await mustNotKnow(world, '/ikData');
      await mustMissKey(world, '/ikData');
      await mustKeepApart(world, '/ikData', world.series);
    },
  },
];

/** Times are written with three digits or more. */
const ROUNDING_S = 0.0006;

const isDerivative = (name: string): boolean => /_(vel|acc)$/.test(name);

const metricsOf = (series: object): string[] =>
  Object.keys(series).filter((name) => name !== 'time' && !isDerivative(name));
