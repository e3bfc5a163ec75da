import type { ReactNode } from 'react';
import './share-bar.css';

interface ShareBarProps {
  /** 0..1; more than 1 is drawn as full. */
  readonly share: number;
  readonly label: string;
  /** The value as a person says it. */
  readonly text: string;
}

/** A figure against its target, as a neutral bar. */
export function ShareBar({ share, label, text }: ShareBarProps): ReactNode {
  const width = `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;
  return (
    <div className="share-bar" role="img" aria-label={`${label}: ${text}`}>
      <div style={{ width }} />
    </div>
  );
}
