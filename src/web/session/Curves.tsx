import { useMemo, useState } from 'react';
import type { ChannelEntry, Report } from '../../sdk/index.ts';
import type { Stretch } from '../charts/stretch.ts';
import { Button } from '../ui/Button.tsx';
import { sessionWords } from '../words/session.ts';
import { CurveChoice } from './CurveChoice.tsx';
import { CurvePanel } from './CurvePanel.tsx';
import { FEW, firstJoint, firstPanels, panelsOf, readJoints } from './panels.ts';
import type { SeriesOf } from './usePanelSeries.ts';
import type { RepetitionEditor } from './useRepetitionEditor.ts';
import { useSessionSearch, useShow } from './useSessionSearch.ts';
import type { TimeCursor } from './useTimeCursor.ts';
import { WhenNear } from './WhenNear.tsx';

/** Which curves, and a chart for each motion of the joints that are chosen. */
export function Curves({
  series,
  channels,
  report,
  cursor,
  zoom,
  onZoom,
  editor,
}: {
  series: SeriesOf;
  channels: readonly ChannelEntry[];
  report: Report;
  cursor: TimeCursor;
  zoom: Stretch | null;
  onZoom: (zoom: Stretch | null) => void;
  editor: RepetitionEditor;
}) {
  const { joint, quantity = 'angle', charts = FEW } = useSessionSearch();
  const show = useShow();
  const { ExcludedSegments, PrimaryChannel } = report.Provenance;
  const joints = useMemo(() => panelsOf(channels), [channels]);
  const named = readJoints(joint)?.filter((name) => joints.has(name)) ?? [];
  const chosen = named.length > 0 ? named : firstJoint(joints, PrimaryChannel);
  const left = chosen.reduce((sum, name) => sum + Math.max(0, joints.get(name)!.length - charts), 0);
  const [hover, setHover] = useState<number | null>(null);
  if (joints.size === 0) return <p className="text-soft">{sessionWords.noChannels}</p>;
  return (
    <>
      <CurveChoice joints={joints} chosen={chosen} quantity={quantity} />
      {chosen
        .flatMap((name) => firstPanels(joints.get(name)!, charts, PrimaryChannel))
        .map((panel) => (
          <WhenNear key={panel.id} height={HEIGHT + 28}>
            <CurvePanel
              panel={panel}
              quantity={quantity}
              of={series}
              excluded={ExcludedSegments}
              cursor={cursor}
              zoom={zoom}
              onZoom={onZoom}
              hover={hover}
              onHover={setHover}
              editor={editor}
              height={HEIGHT}
            />
          </WhenNear>
        ))}
      {left > 0 && (
        <Button
          kind="plain"
          className="no-print justify-self-start"
          onClick={() => show({ charts: charts + MORE }, true)}
        >
          {sessionWords.curves.more(left)}
        </Button>
      )}
    </>
  );
}

const HEIGHT = 220;

/** Charts of each joint that one press adds. */
const MORE = 12;
