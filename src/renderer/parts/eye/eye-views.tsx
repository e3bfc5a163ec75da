import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { eyeWords } from '#renderer/words/eye.ts';
import { setUpWords } from '#renderer/words/set-up.ts';
import './eye-views.css';

interface EyeViewsProps {
  readonly shown: 'live' | 'limits' | 'set-up';
}

/** The views of the camera's page. */
export function EyeViews({ shown }: EyeViewsProps): ReactNode {
  return (
    <nav className="eye-views" aria-label={eyeWords.views}>
      <Link href="/camera" aria-current={shown === 'live' ? 'page' : undefined} data-testid="view-live">
        {eyeWords.live}
      </Link>
      <Link href="/camera/limits" aria-current={shown === 'limits' ? 'page' : undefined} data-testid="view-limits">
        {eyeWords.limits}
      </Link>
      <Link href="/camera/set-up" aria-current={shown === 'set-up' ? 'page' : undefined} data-testid="view-set-up">
        {setUpWords.view}
      </Link>
    </nav>
  );
}
