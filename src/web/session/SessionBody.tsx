import { lazy, Suspense, useCallback, useMemo, useRef } from 'react';
import type { ChannelEntry, Report, Session } from '../../sdk/index.ts';
import { useAccount } from '../account.tsx';
import { wholeOf } from '../charts/stretch.ts';
import { arriving } from '../ui/arriving.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { sessionWords } from '../words/session.ts';
import { Curves } from './Curves.tsx';
import { EditBar } from './EditBar.tsx';
import { FigurePart } from './FigurePart.tsx';
import { Follow } from './Follow.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { RepetitionLane } from './RepetitionLane.tsx';
import { Transport } from './Transport.tsx';
import { useKeys } from './useKeys.ts';
import { useRepetitionEditor } from './useRepetitionEditor.ts';
import { useSessionSearch, useShow } from './useSessionSearch.ts';
import { useStretch } from './useStretch.ts';
import { useTimeCursor } from './useTimeCursor.ts';

const ReportPart = lazy(() => arriving(() => import('./report/ReportPart.tsx')));
const RepetitionTable = lazy(() => arriving(() => import('./RepetitionTable.tsx')));

/** Below the head: everything over time, then the report. */
export function SessionBody({
  session,
  report,
  channels,
}: {
  session: Session;
  report: Report;
  channels: readonly ChannelEntry[];
}) {
  const { mayRecord } = useAccount();
  const search = useSessionSearch();
  const show = useShow();
  const { Frames, Rate } = report.Provenance;
  const frame_s = 1 / (Rate || 60);
  const { Duration: duration_s } = session;
  const whole = useMemo(() => wholeOf([0, duration_s]), [duration_s]);
  const cursor = useTimeCursor(
    { duration_s, frame_s, at: search.at },
    useCallback((time_s) => show({ at: Math.round(time_s * 1000) / 1000 || undefined }, true), [show]),
  );
  const [zoom, setZoom] = useStretch(search, whole, 4 * frame_s, (part) => show(part, true));
  const recording = useMemo(() => ({ duration_s, frame_s }), [duration_s, frame_s]);
  const editor = useRepetitionEditor(session, report, recording, mayRecord && search.version === undefined);
  const area = useRef<HTMLElement>(null);
  useKeys(area, cursor, { zoom, setZoom, whole, least: 4 * frame_s }, editor);
  const series = useMemo(
    () => ({ s3Key: session.s3Key, version: search.version, frames: Frames, whole }),
    [session.s3Key, search.version, Frames, whole],
  );
  return (
    <>
      <section ref={area} aria-label={sessionWords.overTime} className="paper-flow grid grid-cols-1 gap-3">
        <Transport cursor={cursor} zoom={zoom} onZoom={setZoom} whole={whole} least={4 * frame_s} />
        <EditBar editor={editor} cursor={cursor} />
        <div className="paper-flow grid grid-cols-1 items-start gap-3 xl:grid-cols-[minmax(0,1fr)_22rem] xl:gap-5">
          <div className="print:static xl:sticky xl:top-3 xl:col-start-2 xl:row-start-1">
            <FigurePart series={series} channels={channels} report={report} cursor={cursor} />
          </div>
          <div className="paper-flow grid min-w-0 grid-cols-1 gap-3 xl:col-start-1 xl:row-start-1">
            <RepetitionLane editor={editor} shown={zoom ?? whole} />
            <Curves
              series={series}
              channels={channels}
              report={report}
              cursor={cursor}
              zoom={zoom}
              onZoom={setZoom}
              editor={editor}
            />
          </div>
        </div>
        <KeyHelp />
        <Follow cursor={cursor} zoom={zoom} onZoom={setZoom} whole={whole} />
      </section>
      <Suspense fallback={<Waiting />}>
        <RepetitionTable editor={editor} />
        <ReportPart session={session} report={report} />
      </Suspense>
    </>
  );
}
