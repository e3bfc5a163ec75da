import { IconAlertSquare } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { MessagePage } from '#renderer/parts/message-page.tsx';
import { TouchButton } from '#renderer/parts/touch-button.tsx';
import { words } from '#renderer/words/en.ts';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

/** Catches what we did wrong while drawing. The line runs in the workstation and does not notice. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed?: string }> {
  override state: { readonly failed?: string } = {};

  static getDerivedStateFromError(error: unknown): { readonly failed: string } {
    return { failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    return (
      <main className="whole-page">
        <MessagePage
          icon={<IconAlertSquare aria-hidden="true" />}
          title={words.link.errorTitle}
          what={`${words.link.errorWhat} ${words.link.errorDo}`}
          testId="page-failed"
        >
          <code>{failed}</code>
          <TouchButton weight="main" onPress={() => window.location.reload()}>
            {words.link.reload}
          </TouchButton>
        </MessagePage>
      </main>
    );
  }
}
