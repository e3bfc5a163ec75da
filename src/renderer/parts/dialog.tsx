import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '#renderer/words/en.ts';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly size: 'lg' | 'xl';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog above the frame. Escape is the frame's: one press closes one thing. */
export function Dialog({ title, size, onClose, children }: DialogProps): ReactNode {
  return (
    <Modal.Root opened onClose={onClose} size={size} centered closeOnEscape={false}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={words.frame.close} size={54} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
