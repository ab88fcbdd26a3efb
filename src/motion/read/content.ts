/** Looks at the first bytes of a file and refuses what is not of the format that its name says. */
import { RecordingError } from '../errors.ts';
import type { RecordingFormat } from '../recording.ts';

const SAMPLE_BYTES = 4096;

/** Share of control characters above which bytes are not text; random bytes have 11 %, text has none. */
const CONTROL_SHARE = 0.05;

/**
 * `ending`: the format that the file name says. Throws `recording_empty`, `recording_format_mismatch` (another known
 * format) or `recording_binary`.
 */
export function refuseOtherContent(bytes: Uint8Array, ending: RecordingFormat): void {
  let first = startOfText(bytes);
  while (first < bytes.length && isBlank(bytes[first]!)) first += 1;
  if (first === bytes.length) throw new RecordingError('recording_empty', 'the file is empty');
  if (isC3d(bytes)) {
    if (ending === 'c3d') return;
    throw new RecordingError('recording_format_mismatch', 'the content is C3D: its name must end in .c3d');
  }
  refuseMarkerText(bytes, first, ending);
  const other = otherFormat(bytes, first);
  if (other !== undefined)
    throw new RecordingError('recording_format_mismatch', `the content is ${other}, no recording`);
  if (ending === 'c3d') {
    const message = 'a C3D file has the byte 0x50 here; the content is something else';
    throw new RecordingError('recording_format_mismatch', message, { offset: 1 });
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1)
    throw new RecordingError('recording_binary', 'the file is binary, not text', { offset: nul });
  if (controlShare(bytes) > CONTROL_SHARE)
    throw new RecordingError('recording_binary', 'the file is binary, not text');
}

/** Offset of the first byte after a UTF-8 byte order mark. */
export function startOfText(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** The block of the parameters, then 0x50. A text can start with such two bytes, but holds no NUL; PNG starts with 0x89. */
function isC3d(bytes: Uint8Array): boolean {
  return bytes[1] === 0x50 && bytes[0]! > 0 && bytes[0]! < 128 && bytes.subarray(0, 512).includes(0);
}

function refuseMarkerText(bytes: Uint8Array, first: number, ending: RecordingFormat): void {
  const head = headOf(bytes, first);
  if (head.startsWith('PathFileType') && ending !== 'trc') {
    const message = 'the content is TRC marker trajectories: its name must end in .trc';
    throw new RecordingError('recording_format_mismatch', message, 1);
  }
  if (head.startsWith('Trajectories') && ending !== 'csv') {
    const message = 'the content is a Vicon export of marker trajectories: its name must end in .csv';
    throw new RecordingError('recording_format_mismatch', message, 1);
  }
}

function otherFormat(bytes: Uint8Array, first: number): string | undefined {
  const head = headOf(bytes, first);
  if (head.startsWith('PK\x03\x04')) return 'a zip archive';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip-compressed';
  if (head.startsWith('%PDF')) return 'PDF';
  if (head.startsWith('PAR1')) return 'Parquet';
  if (head.startsWith('ARROW1')) return 'Arrow';
  if (head.startsWith('\x89HDF') || head.startsWith('MATLAB ')) return 'MATLAB or HDF5';
  if (head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff')) return 'text in UTF-16 (save it as UTF-8)';
  if (head.startsWith('<')) return 'HTML or XML';
  if (head.startsWith('{') || head.startsWith('[')) return 'JSON';
  return undefined;
}

function headOf(bytes: Uint8Array, first: number): string {
  return String.fromCharCode(...bytes.subarray(first, first + 32));
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
