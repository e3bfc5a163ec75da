import type { ReactNode } from 'react';
import { words } from '#renderer/words/en.ts';

interface LoadingPanelProps {
  /** The head of the page, which it has from the first moment on. */
  readonly title: string;
}

/** Stands on a page until the station has answered. */
export function LoadingPanel({ title }: LoadingPanelProps): ReactNode {
  return (
    <div className="panel">
      <h1 className="only-heard">{title}</h1>
      <p>{words.link.loading}</p>
    </div>
  );
}
