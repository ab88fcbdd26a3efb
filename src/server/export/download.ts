import type { SeriesFormat } from '../../contract/series.ts';
import type { TableFormat } from '../../contract/tables.ts';

/** How something looks as a file: its type on the wire, whether it is text, and its name. */
export interface FileFormat {
  contentType: string;
  /** Text is compressed for clients that accept it; the others hold numbers as they are, which compress little. */
  text: boolean;
}

/** Media types as registered with IANA, where there is one. */
export const FILE_FORMATS: Readonly<Record<Exclude<SeriesFormat, 'json'> | TableFormat, FileFormat>> = {
  ndjson: { contentType: 'application/x-ndjson', text: true },
  csv: { contentType: 'text/csv; charset=utf-8', text: true },
  mot: { contentType: 'text/plain; charset=utf-8', text: true },
  sto: { contentType: 'text/plain; charset=utf-8', text: true },
  c3d: { contentType: 'application/octet-stream', text: false },
  parquet: { contentType: 'application/vnd.apache.parquet', text: false },
  arrow: { contentType: 'application/vnd.apache.arrow.file', text: false },
};

/** The recording's own name with the ending of the format: `squats left.mot.gz` → `squats left.csv`. */
export const fileNameFor = (sourceName: string, ending: string): string =>
  `${sourceName.replace(/(\.(mot|sto|csv|trc|c3d|json))?(\.gz)?$/i, '') || 'series'}.${ending}`;

/** RFC 6266; the name in UTF-8, every character that is none of a token encoded. */
export const attachment = (fileName: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`;
