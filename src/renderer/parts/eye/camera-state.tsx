import { IconCamera, IconCameraOff, IconHourglass, IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { EyeCamera } from '#contract/eye.ts';
import { MessagePage } from '#renderer/parts/message-page.tsx';
import { ShareBar } from '#renderer/parts/share-bar.tsx';
import { eyeWords } from '#renderer/words/eye.ts';
import './camera-state.css';

interface CameraStateProps {
  readonly camera: EyeCamera;
}

/** Why there is no live picture, and what to do about it. */
export function CameraState({ camera }: CameraStateProps): ReactNode {
  const { state } = eyeWords;
  if (camera.link === 'offline') {
    return (
      <MessagePage
        icon={<IconCameraOff aria-hidden="true" stroke={1.5} />}
        title={state.offlineTitle}
        what={state.offlineWhat}
        testId="camera-offline"
      />
    );
  }
  if (camera.link === 'connecting') {
    return (
      <MessagePage
        icon={<IconPlugConnected aria-hidden="true" stroke={1.5} />}
        title={state.connectingTitle}
        what={state.connectingWhat}
        testId="camera-connecting"
      />
    );
  }
  if (!camera.warmUp.ready) return <Warming warmUp={camera.warmUp} />;
  return (
    <MessagePage
      icon={<IconCamera aria-hidden="true" stroke={1.5} />}
      title={state.nothingTitle}
      what={state.nothingWhat}
      testId="camera-no-picture"
    />
  );
}

function Warming({ warmUp: { done, of } }: Pick<EyeCamera, 'warmUp'>): ReactNode {
  const { state } = eyeWords;
  const progress = state.warmingOf(done, of);
  return (
    <MessagePage
      icon={<IconHourglass aria-hidden="true" stroke={1.5} />}
      title={state.warmingTitle}
      what={state.warmingWhat}
      testId="camera-warming"
    >
      <div className="warming-progress" role="status">
        <ShareBar share={of === 0 ? 0 : done / of} label={state.warmingTitle} text={progress} />
        <p className="tabular">{progress}</p>
      </div>
    </MessagePage>
  );
}
