// The series of a minute of movement, 3,600 frames of 120 channels: ours, beside a server that writes the JSON anew for each
// request, and beside one that only sends the compressed file.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { rawBody } from './ikdata.mjs';
import { whileOpen } from './lib/pages.mjs';
import { startBare, startKinebase, startProgram } from './lib/processes.mjs';
import { prepareAthlete, prepareFolder, upload } from './lib/recorded.mjs';
import { tenMinutes } from './lib/recording.mjs';
import { median, row } from './lib/results.mjs';
import { alternate, needWrk, prepareLoad, ratio } from './lib/wrk.mjs';

const STRINGIFY = fileURLToPath(new URL('./lib/stringify.mjs', import.meta.url));

export const answer = ({ rounds }) =>
  whileOpen(async (open) => {
    needWrk();
    const { data, account, remove } = await prepareFolder();
    open({ stop: remove });
    const server = open(await startKinebase(data));
    const { token, athleteId } = await prepareAthlete(server.url, account);
    const recording = tenMinutes({ seconds: 60, channels: 120 });
    const { s3Key } = await upload(server.url, token, athleteId, recording);
    const path = `/ikData?s3Key=${s3Key}`;
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
    const zipped = await rawBody(`${server.url}${path}`, headers);
    const plain = gunzipSync(zipped);
    const files = { zipped: join(data, 'document.gz'), plain: join(data, 'document.json') };
    writeFileSync(files.zipped, zipped);
    writeFileSync(files.plain, plain);
    const file = open(await startBare(files.zipped, 'gzip'));
    const stringify = open(await startProgram([STRINGIFY, files.plain]));
    const options = { connections: 8 };
    const rates = await alternate(rounds, {
      ours: prepareLoad(server.url, [{ path, headers }], options),
      file: prepareLoad(file.url, [{ path: '/' }], options),
      stringify: prepareLoad(stringify.url, [{ path: '/' }], options),
    });
    const share = ratio(rates.ours, rates.file);
    const times = ratio(rates.ours, rates.stringify);
    const perSecond = (name) => median(rates[name]).toFixed(0);
    const what = `/ikData, 3,600 frames × 120 channels (${(plain.length / 1e6).toFixed(1)} MB, ${(zipped.length / 1e6).toFixed(1)} MB compressed)`;
    return {
      rows: [
        row(
          `${what}, against JSON.stringify for each request`,
          `${times.toFixed(0)} ×`,
          '≥ 30 ×',
          times >= 30,
        ),
        row(
          `${what}, share of a static compressed file`,
          `${(100 * share).toFixed(0)} %`,
          '≥ 75 %',
          share >= 0.75,
        ),
      ],
      notes: [
        `Answers a second, medians of ${rounds} rounds: ours ${perSecond('ours')}, JSON.stringify without compression ${perSecond('stringify')}, static file from memory ${perSecond('file')}.`,
      ],
    };
  });
