// The whole answer of /ikData for ten minutes of movement, gzip as stored.
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { startBare, startKinebase } from './lib/processes.mjs';
import { prepareAthlete, prepareFolder, upload } from './lib/recorded.mjs';
import { tenMinutes } from './lib/recording.mjs';
import { median, row } from './lib/results.mjs';
import { alternate, needWrk, prepareLoad, ratio } from './lib/wrk.mjs';

export async function answer({ rounds }) {
  needWrk();
  const { data, account, remove } = await prepareFolder();
  const stops = [];
  try {
    const server = await startKinebase(data);
    stops.push(server.stop);
    const { token, athleteId } = await prepareAthlete(server.url, account);
    const { s3Key } = await upload(server.url, token, athleteId, tenMinutes());
    const rows = [];
    const notes = [];
    for (const encoding of ['gzip', 'br']) {
      const asked = {
        path: `/ikData?s3Key=${s3Key}`,
        headers: { authorization: `Bearer ${token}`, 'accept-encoding': encoding },
      };
      const body = await rawBody(`${server.url}${asked.path}`, asked.headers);
      const file = join(data, `ikdata.${encoding}`);
      writeFileSync(file, body);
      const bare = await startBare(file, encoding);
      stops.push(bare.stop);
      const options = { connections: 4 };
      const rates = await alternate(rounds, {
        ours: prepareLoad(server.url, [asked], options),
        bare: prepareLoad(bare.url, [{ path: '/' }], options),
      });
      const share = ratio(rates.ours, rates.bare);
      rows.push(
        row(
          `/ikData, ${encoding}, ${(body.length / 1e6).toFixed(0)} MB`,
          `${(100 * share).toFixed(0)} % of bare`,
          '≥ 70 %',
          share >= 0.7,
        ),
      );
      notes.push(
        `${encoding}: medians of ${rounds} rounds ${median(rates.ours).toFixed(0)} answers/s beside ${median(rates.bare).toFixed(0)} of node:http.`,
      );
    }
    return { rows, notes };
  } finally {
    for (const stop of stops) await stop();
    remove();
  }
}

/** The bytes on the wire, still compressed. */
export function rawBody(url, headers) {
  return new Promise((resolve, reject) => {
    request(url, { headers }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      if (response.headers['content-encoding'] !== headers['accept-encoding'])
        reject(new Error('not the coding asked for'));
      resolve(Buffer.concat(chunks));
    })
      .on('error', reject)
      .end();
  });
}
