import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { words } from '#renderer/words/en.ts';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly size: 'lg' | 'xl' | 'wide';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Room for a picture beside its record; on a small screen, all there is. */
const WIDE = 1080;

/** A dialog above the frame. It takes Escape before the frame does: one press closes one thing. */
export function Dialog({ title, size, onClose, children }: DialogProps): ReactNode {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const take = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close.current();
    };
    document.addEventListener('keydown', take, { capture: true });
    return () => document.removeEventListener('keydown', take, { capture: true });
  }, []);
  return (
    <Modal.Root opened onClose={onClose} size={size === 'wide' ? WIDE : size} centered closeOnEscape={false}>
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
