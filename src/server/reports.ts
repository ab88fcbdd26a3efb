import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Handler } from './call.ts';
import { readObject, sessionOfKey } from './series.ts';
import { reportKey } from './sessionObjects.ts';

const unzip = promisify(gunzip);

/** /reportData: the report as it was computed at recording, or at the last change of its exercise. */
export const reportData: Handler = async (deps, call) => {
  const session = await sessionOfKey(deps, call);
  const key = reportKey(call.organization, session.objects, session.reportVersion);
  const zipped = await readObject(deps, call, key);
  return { kind: 'json', json: (await unzip(zipped)).toString('utf8') };
};
