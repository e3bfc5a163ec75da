import type { ReactNode } from 'react';
import './message-page.css';

interface MessagePageProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly what: string;
  readonly children?: ReactNode;
  readonly testId: string;
}

/** One thing to say, large: what the matter is, and what to do. */
export function MessagePage({ icon, title, what, children, testId }: MessagePageProps): ReactNode {
  return (
    <div className="message-page" data-testid={testId}>
      {icon}
      <h1>{title}</h1>
      <p>{what}</p>
      {children}
    </div>
  );
}
