import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { eyeWords } from '#renderer/words/eye.ts';
import './eye-views.css';

interface EyeViewsProps {
  readonly shown: 'live' | 'limits';
}

/** The two views of the camera's page. */
export function EyeViews({ shown }: EyeViewsProps): ReactNode {
  return (
    <nav className="eye-views" aria-label={eyeWords.views}>
      <Link href="/camera" aria-current={shown === 'live' ? 'page' : undefined} data-testid="view-live">
        {eyeWords.live}
      </Link>
      <Link href="/camera/limits" aria-current={shown === 'limits' ? 'page' : undefined} data-testid="view-limits">
        {eyeWords.limits}
      </Link>
    </nav>
  );
}
