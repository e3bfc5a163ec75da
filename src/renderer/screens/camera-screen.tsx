import { type ReactNode, useContext, useState } from 'react';
import type { EyeView, PictureRow } from '#contract/eye.ts';
import type { LineSnapshot } from '#contract/snapshot.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { CameraEmpty } from '#renderer/parts/eye/camera-empty.tsx';
import { CameraState } from '#renderer/parts/eye/camera-state.tsx';
import { EyeTrendPanel } from '#renderer/parts/eye/eye-trend-panel.tsx';
import { EyeViews } from '#renderer/parts/eye/eye-views.tsx';
import { ParameterTable } from '#renderer/parts/eye/parameter-table.tsx';
import { PrintPanel } from '#renderer/parts/eye/print-panel.tsx';
import { limitOf, type Series, worstSeries } from '#renderer/parts/eye/trend-view.ts';
import { VerdictBanner } from '#renderer/parts/eye/verdict-banner.tsx';
import { LoadingPanel } from '#renderer/parts/loading-panel.tsx';
import { LivePicture } from '#renderer/parts/picture/live-picture.tsx';
import { PictureDialog } from '#renderer/parts/picture/picture-dialog.tsx';
import { RejectStrip } from '#renderer/parts/picture/reject-strip.tsx';
import { StaleContext } from '#renderer/parts/stale-mark.tsx';
import { useEyeView, useRejects } from '#renderer/use-eye.ts';
import { useStream } from '#renderer/use-live.ts';
import { eyeWords } from '#renderer/words/eye.ts';
import './camera-screen.css';

interface CameraScreenProps {
  readonly run: LineSnapshot['run'];
}

const openTrends = (client: WorkstationClient) => client.eye.trends();

/** The supervisor's eye (S-03): what the camera sees, what was made of it, and where the print is drifting. */
export function CameraScreen({ run }: CameraScreenProps): ReactNode {
  const view = useEyeView();
  if (view === undefined) return <LoadingPanel title={eyeWords.title} />;
  if (view.camera === undefined) return <CameraEmpty why="no-camera" />;
  return <WithCamera view={view} camera={view.camera} run={run} />;
}

interface WithCameraProps extends CameraScreenProps {
  readonly view: EyeView;
  readonly camera: NonNullable<EyeView['camera']>;
}

/** More than fit beside each other on any screen; each picture is a file that the station reads. */
const SHOWN = 5;

function WithCamera({ view, camera, run }: WithCameraProps): ReactNode {
  const trends = useStream(openTrends);
  const [picked, setPicked] = useState<Series>();
  const rejects = useRejects(run?.failed ?? 0);
  const [open, setOpen] = useState<PictureRow>();
  const stale = useContext(StaleContext);
  const { inspection, picture, profile } = view;
  const isSeeing = camera.link === 'online' && camera.warmUp.ready;
  const chosen = picked ?? (trends === undefined ? 'overall' : worstSeries(trends, inspection));
  const place = rejects?.findIndex(({ id }) => id === open?.id) ?? -1;
  return (
    <div className="camera-screen" data-testid="camera" data-stale={!isSeeing && inspection !== undefined}>
      <h1 className="only-heard">{eyeWords.title}</h1>
      <div className="camera-top">
        <StaleContext value={isSeeing || inspection === undefined ? stale : view.at - inspection.at}>
          <VerdictBanner inspection={inspection} profile={profile} />
        </StaleContext>
        <EyeViews shown="live" />
      </div>
      <div className="panel camera-picture">
        {isSeeing && picture !== undefined ? (
          <LivePicture picture={picture} inspection={inspection} camera={camera} at={view.at} />
        ) : (
          <CameraState camera={camera} />
        )}
      </div>
      <RejectStrip pictures={rejects?.slice(0, SHOWN)} onOpen={setOpen} />
      <PrintPanel trends={trends} last={inspection} />
      <ParameterTable inspection={inspection} chosen={chosen} onChoose={setPicked} />
      <EyeTrendPanel
        trends={trends}
        chosen={chosen}
        onChoose={setPicked}
        limit={limitOf(chosen, inspection, run?.minGrade)}
      />
      {open !== undefined && (
        <PictureDialog
          picture={open}
          newer={rejects?.[place - 1]}
          older={place === -1 ? undefined : rejects?.[place + 1]}
          onShow={setOpen}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}
