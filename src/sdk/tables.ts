import type { Quantity, ReportSide } from '../contract/reportLines.ts';
import type { ReportRow } from '../contract/reportRows.ts';
import type { TableFormat, TableName } from '../contract/tables.ts';
import type { CallOptions } from './call.ts';
import { fileNameOf } from './disposition.ts';
import { refuseEnvelope } from './offered.ts';
import { type List, type ListOptions, listPages } from './pages.ts';
import type { Send } from './request.ts';
import type { SeriesDownload } from './series.ts';
import type { ExportFilters, SessionFilters } from './sessionFilters.ts';

/** Which lines of reports; all filters must hold. */
export interface LineFilters {
  quantity?: Quantity | readonly Quantity[];
  /** Labels as they stand in `Metric`. */
  metric?: string | readonly string[];
  side?: ReportSide | readonly ReportSide[];
}

export interface ReportFilters extends SessionFilters, LineFilters {}

/** What to have as one file, and of which sessions; of reports, which of their lines. */
export interface ExportFileOptions extends ExportFilters, LineFilters, CallOptions {
  /** `sessions` when absent; `reports`: the lines of their current reports. */
  of?: TableName;
  format: TableFormat;
  /** Columns with the names of athlete, exercise and assessment behind those of their ids. */
  names?: boolean | undefined;
}

/** A file as it comes in: of any length, so not in memory. */
export interface FileStream {
  fileName: string;
  /** Throws `network` where the answer breaks off: what came until then is no whole file. */
  chunks: AsyncIterable<Uint8Array>;
}

export interface ReportFileOptions extends CallOptions {
  format: TableFormat;
  /** An earlier report of the session; absent: the current one. */
  version?: number | undefined;
}

export interface TableCalls {
  reports: {
    /**
     * Lines of the current reports of sessions, a row a quantity, metric and side. `limit` counts sessions, also those
     * that have no such line.
     *
     * @example
     * for await (const row of client.reports.list({ athleteID, from: '2026-05-01', quantity: 'Ang' }))
     *   console.log(row.Date, row.Metric, row.Side, row.AvgMax);
     */
    list(filters?: ReportFilters, options?: ListOptions): List<ReportRow>;
  };
  /**
   * Everything that matches as one file.
   *
   * @example
   * const { fileName, chunks } = await client.exportFile({ of: 'reports', format: 'parquet' });
   * await writeFile(fileName, chunks);
   */
  exportFile(options: ExportFileOptions): Promise<FileStream>;
  /** The lines of one report as a file. */
  reportFile(s3Key: string, options: ReportFileOptions): Promise<SeriesDownload>;
}

export function tables(send: Send): TableCalls {
  return {
    reports: {
      list: (filters = {}, options) =>
        listPages(send, { endpoint: 'listReportRows', query: filters }, options),
    },
    exportFile: async ({ signal, timeout_ms, ...query }) => {
      const { chunks, header } = await send.chunks({
        endpoint: 'exportSessions',
        query,
        signal,
        timeout_ms,
      });
      const otherwise = `${query.of ?? 'sessions'}.${query.format}`;
      return { fileName: fileNameOf(header('content-disposition')) ?? otherwise, chunks };
    },
    reportFile: async (s3Key, { signal, timeout_ms, ...choice }) => {
      const query = { s3Key, ...choice };
      const { bytes, header } = await send.bytes({ endpoint: 'reportData', query, signal, timeout_ms });
      refuseEnvelope('reportData', header('content-type'));
      return { fileName: fileNameOf(header('content-disposition')) ?? `report.${choice.format}`, bytes };
    },
  };
}
