// Sessions of an athlete between two dates, the newest report, and one joint angle, with the client.
//
//   npm run pack:sdk -- --out .          in the repository, until the client is on npm
//   npm install ./kinebase-client-*.tgz  in your folder, with this file
//   export KINEBASE_URL=http://127.0.0.1:4750 KINEBASE_CLIENT=riverside
//   export KINEBASE_USERNAME=coach@riverside.example KINEBASE_PASSWORD=demo-movement-1
//   node sessions.mjs "Maya St. Clair" 2026-06-01 2026-12-31 knee_angle_r
//
// The client signs in and renews its token, follows the pages, repeats what failed in passing, and has types.

import { createClient, isKinebaseError } from '@kinebase/client';

async function main([name, from, to, channel = 'knee_angle_r'], environment) {
  const { KINEBASE_URL, KINEBASE_USERNAME, KINEBASE_PASSWORD, KINEBASE_CLIENT } = environment;
  if (!KINEBASE_URL || !KINEBASE_USERNAME || !KINEBASE_PASSWORD || !KINEBASE_CLIENT || to === undefined)
    throw new Error('four settings and three arguments are needed: the first lines of this file say which');
  const client = createClient({
    url: KINEBASE_URL,
    username: KINEBASE_USERNAME,
    password: KINEBASE_PASSWORD,
    clientId: KINEBASE_CLIENT,
  });

  const athletes = await client.athletes.list().all();
  const athlete = athletes.find(({ FirstName, LastName }) => `${FirstName} ${LastName}` === name);
  if (athlete === undefined) throw new Error(`none of the ${athletes.length} athletes is called ${name}`);

  const sessions = await client.sessions.list({ athleteID: athlete.ValorID, from, to }).all();
  console.log(`${sessions.length} sessions of ${name}, ${from} to ${to}`);
  for (const session of sessions) {
    const seconds = session.Duration.toFixed(2).padStart(6);
    console.log(`${session.Date.slice(0, 10)}  ${seconds} s  ${session['Session Name']}`);
  }
  const [newest] = sessions;
  if (newest === undefined) return;

  const report = await client.reportData(newest.s3Key);
  console.log(`Report of ${newest['Session Name']}`);
  for (const [metric, sides] of Object.entries(report.WorkoutMetrics.Ang))
    for (const [side, { AvgMax, Score }] of Object.entries(sides)) {
      const score = Score === null ? 'no score' : `score ${Score.toFixed(1)}`;
      console.log(`${metric} ${side}: ${AvgMax.toFixed(1)}, ${score}`);
    }

  const series = await client.ikData(newest.s3Key, { channels: [channel] });
  const angles = series[channel];
  const [low, high] = [Math.min(...angles), Math.max(...angles)].map((angle) => angle.toFixed(1));
  console.log(`${channel}: ${angles.length} values in ${series.time.at(-1).toFixed(2)} s, ${low} to ${high}`);
}

try {
  await main(process.argv.slice(2), process.env);
} catch (error) {
  // The code is stable, for programs; the message is for people.
  console.error(`error: ${error.message}${isKinebaseError(error) ? ` (${error.code})` : ''}`);
  process.exitCode = 1;
}
