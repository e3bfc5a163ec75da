import { IconCamera, IconCameraOff, IconHourglass, IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { MessagePage } from '#renderer/parts/message-page.tsx';
import { eyeWords } from '#renderer/words/eye.ts';

const { state } = eyeWords;

/** Why there is nothing to see, and what to do about it. The names are those by which tests find them. */
const EMPTY = {
  'no-camera': { Icon: IconCameraOff, title: state.noCameraTitle, what: state.noCameraWhat },
  'camera-offline': { Icon: IconCameraOff, title: state.offlineTitle, what: state.offlineWhat },
  'camera-connecting': { Icon: IconPlugConnected, title: state.connectingTitle, what: state.connectingWhat },
  'camera-warming': { Icon: IconHourglass, title: state.warmingTitle, what: state.warmingWhat },
  'camera-no-picture': { Icon: IconCamera, title: state.nothingTitle, what: state.nothingWhat },
} as const;

interface CameraEmptyProps {
  readonly why: keyof typeof EMPTY;
  readonly children?: ReactNode;
}

/** Stands where the camera's picture, or its whole page, would be. */
export function CameraEmpty({ why, children }: CameraEmptyProps): ReactNode {
  const { Icon, title, what } = EMPTY[why];
  return (
    <MessagePage icon={<Icon aria-hidden="true" stroke={1.5} />} title={title} what={what} testId={why}>
      {children}
    </MessagePage>
  );
}
