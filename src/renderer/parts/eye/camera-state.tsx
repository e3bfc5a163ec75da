import type { ReactNode } from 'react';
import type { EyeCamera } from '#contract/eye.ts';
import { CameraEmpty } from '#renderer/parts/eye/camera-empty.tsx';
import { ShareBar } from '#renderer/parts/share-bar.tsx';
import { eyeWords } from '#renderer/words/eye.ts';
import './camera-state.css';

interface CameraStateProps {
  readonly camera: EyeCamera;
}

/** Why there is no live picture, and what to do about it. */
export function CameraState({ camera: { link, warmUp } }: CameraStateProps): ReactNode {
  if (link !== 'online') return <CameraEmpty why={`camera-${link}`} />;
  if (warmUp.ready) return <CameraEmpty why="camera-no-picture" />;
  const { done, of } = warmUp;
  const progress = eyeWords.state.warmingOf(done, of);
  return (
    <CameraEmpty why="camera-warming">
      <div className="warming-progress" role="status">
        <ShareBar share={of === 0 ? 0 : done / of} label={eyeWords.state.warmingTitle} text={progress} />
        <p className="tabular">{progress}</p>
      </div>
    </CameraEmpty>
  );
}
