import type { KinebaseClient } from '../../../src/sdk/index.ts';

/** What every example is asked. */
export interface Question {
  athlete: string;
  from: string;
  to: string;
  channel: string;
}

export const wordsOf = ({ athlete, from, to, channel }: Question): string[] => [athlete, from, to, channel];

/** What every example must print, from what the client of this repository answers. */
export async function expectedLines(client: KinebaseClient, question: Question): Promise<string[]> {
  const { athlete: name, from, to, channel } = question;
  const athletes = await client.athletes.list().all();
  const athlete = athletes.find(({ FirstName, LastName }) => `${FirstName} ${LastName}` === name)!;
  const sessions = await client.sessions.list({ athleteID: athlete.ValorID, from, to }).all();
  const lines = [`${sessions.length} sessions of ${name}, ${from} to ${to}`];
  for (const session of sessions)
    lines.push(
      `${session.Date.slice(0, 10)}  ${session.Duration.toFixed(2).padStart(6)} s  ${session['Session Name']}`,
    );
  const [newest] = sessions;
  if (newest === undefined) return lines;
  const report = await client.reportData(newest.s3Key);
  lines.push(`Report of ${newest['Session Name']}`);
  for (const [metric, sides] of Object.entries(report.WorkoutMetrics.Ang))
    for (const [side, { AvgMax, Score }] of Object.entries(sides))
      lines.push(
        `${metric} ${side}: ${AvgMax.toFixed(1)}, ${Score === null ? 'no score' : `score ${Score.toFixed(1)}`}`,
      );
  const series = await client.ikData(newest.s3Key, { channels: [channel] });
  const angles = series[channel]!;
  const [low, high] = [Math.min(...angles), Math.max(...angles)];
  lines.push(
    `${channel}: ${angles.length} values in ${series.time.at(-1)!.toFixed(2)} s, ${low.toFixed(1)} to ${high.toFixed(1)}`,
  );
  return lines;
}
