/** Looks at the first bytes of a file and refuses what is no table of numbers, whatever its name says. */
import { RecordingError } from './errors.ts';

const SAMPLE_BYTES = 4096;

/** Share of control characters above which bytes are not text; random bytes have 11 %, text has none. */
const CONTROL_SHARE = 0.05;

/** Throws `recording_empty`, `recording_format_mismatch` (another known format) or `recording_binary`. */
export function refuseOtherContent(bytes: Uint8Array): void {
  let first = startOfText(bytes);
  while (first < bytes.length && isBlank(bytes[first]!)) first += 1;
  if (first === bytes.length) throw new RecordingError('recording_empty', 'the file is empty');
  const other = otherFormat(bytes, first);
  if (other !== undefined) {
    throw new RecordingError(
      'recording_format_mismatch',
      `the content is ${other}, not a table of joint angles`,
    );
  }
  if (bytes.includes(0) || controlShare(bytes) > CONTROL_SHARE) {
    throw new RecordingError('recording_binary', 'the file is binary, not text');
  }
}

/** Offset of the first byte after a UTF-8 byte order mark. */
export function startOfText(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function otherFormat(bytes: Uint8Array, first: number): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(first, first + 32));
  if (bytes[1] === 0x50 && bytes[0]! < 32) return 'C3D';
  if (head.startsWith('PK\x03\x04')) return 'a zip archive';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip-compressed';
  if (head.startsWith('%PDF')) return 'PDF';
  if (head.startsWith('PAR1')) return 'Parquet';
  if (head.startsWith('\x89HDF') || head.startsWith('MATLAB ')) return 'MATLAB or HDF5';
  if (head.startsWith('<')) return 'HTML or XML';
  if (head.startsWith('{') || head.startsWith('[')) return 'JSON';
  if (head.startsWith('PathFileType')) return 'TRC marker trajectories';
  if (head.startsWith('Trajectories')) return 'a Vicon export of marker trajectories';
  return undefined;
}

function controlShare(bytes: Uint8Array): number {
  const length = Math.min(bytes.length, SAMPLE_BYTES);
  let controls = 0;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i]!;
    if ((byte < 32 && !isBlank(byte)) || byte === 127) controls += 1;
  }
  return controls / length;
}

function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}
