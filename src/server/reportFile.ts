import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/**
 * A report as it is stored: four letters, the length of the first part, and two gzips one after the other, the report's
 * JSON and that of its curves. The curves are much longer and seldom asked for. Objects written before there were curves
 * are a bare gzip.
 */
export interface ReportFile {
  /** Gzip of the JSON. */
  report: Buffer;
  /** Null where none were kept. */
  curves: Buffer | null;
}

const LETTERS = Buffer.from('KBR1', 'latin1');
const HEADER_BYTES = LETTERS.length + 4;

const zip = promisify(gzip);
const unzip = promisify(gunzip);

export async function writeReportFile(report: unknown, curves: unknown | null): Promise<Buffer> {
  const [first, second] = await Promise.all([
    zip(JSON.stringify(report)),
    curves === null ? Buffer.alloc(0) : zip(JSON.stringify(curves)),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(first.length);
  return Buffer.concat([LETTERS, length, first, second]);
}

export function readReportFile(bytes: Buffer): ReportFile {
  if (!bytes.subarray(0, LETTERS.length).equals(LETTERS)) return { report: bytes, curves: null };
  const end = HEADER_BYTES + bytes.readUInt32BE(LETTERS.length);
  return {
    report: bytes.subarray(HEADER_BYTES, end),
    curves: end === bytes.length ? null : bytes.subarray(end),
  };
}

/** JSON of one part. */
export const partText = async (part: Buffer): Promise<string> => (await unzip(part)).toString('utf8');
