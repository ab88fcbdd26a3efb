import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Report } from '../contract/reports.ts';

/** A report as it is stored: the gzip of its JSON. */

const zip = promisify(gzip);
const unzip = promisify(gunzip);

export const writeReport = (report: Report): Promise<Buffer> => zip(JSON.stringify(report));

/** The JSON, byte for byte as it was written. */
export const readReport = async (file: Buffer): Promise<string> => (await unzip(file)).toString('utf8');
