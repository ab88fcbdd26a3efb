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
  if (first === bytes.length)
    throw new RecordingError('recording_empty', 'the file is empty: export or copy it again');
  if (isC3d(bytes)) {
    if (ending === 'c3d') return;
    throw new RecordingError('recording_format_mismatch', 'the content is C3D: its name must end in .c3d');
  }
  refuseMarkerText(bytes, first, ending);
  const other = otherFormat(bytes, first);
  if (ending === 'json' && other === JSON_TEXT) return;
  if (other !== undefined)
    throw new RecordingError(
      'recording_format_mismatch',
      `the content is ${other.name}, no recording: ${other.instead}`,
    );
  if (ending === 'c3d') {
    const message =
      'a C3D file has the byte 0x50 here, the content is something else: name it by what it is, or export it as C3D';
    throw new RecordingError('recording_format_mismatch', message, { offset: 1 });
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) throw new RecordingError('recording_binary', BINARY, { offset: nul });
  if (controlShare(bytes) > CONTROL_SHARE) throw new RecordingError('recording_binary', BINARY);
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

interface Other {
  name: string;
  /** What to do with it. */
  instead: string;
}

const BINARY = 'the file is binary, not text: export it as text, or give it the ending of what it is';
const EXPORT = 'export the angles as .mot, .sto or .csv';
const JSON_TEXT: Other = { name: 'JSON', instead: 'its name must end in .json' };

function otherFormat(bytes: Uint8Array, first: number): Other | undefined {
  const head = headOf(bytes, first);
  if (head.startsWith('PK\x03\x04'))
    return { name: 'a zip archive', instead: 'send the files in it one by one; a table of Excel as .csv' };
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return { name: 'gzip-compressed', instead: 'compress it once only, and let its name end in .gz' };
  if (head.startsWith('%PDF')) return { name: 'PDF', instead: EXPORT };
  if (head.startsWith('PAR1')) return { name: 'Parquet', instead: EXPORT };
  if (head.startsWith('ARROW1')) return { name: 'Arrow', instead: EXPORT };
  if (head.startsWith('\x89HDF') || head.startsWith('MATLAB '))
    return { name: 'MATLAB or HDF5', instead: EXPORT };
  if (head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff'))
    return { name: 'text in UTF-16', instead: 'save it as UTF-8' };
  if (head.startsWith('<'))
    return { name: 'HTML or XML', instead: 'look whether the download was an error page, and export again' };
  if (head.startsWith('{') || head.startsWith('[')) return JSON_TEXT;
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
