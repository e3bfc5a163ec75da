import type { ReactNode } from 'react';
import './touch-button.css';

interface TouchButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly weight?: 'main' | 'second';
  /** It stays reachable by keyboard, so that a reader can say why it does nothing. */
  readonly disabled?: boolean;
  readonly label?: string;
  readonly describedBy?: string;
  readonly testId?: string;
}

/** A button for a gloved hand: 72 px for the main thing to do, 54 px for the rest. */
export function TouchButton(props: TouchButtonProps): ReactNode {
  const { children, onPress, weight = 'second', disabled = false, label, describedBy, testId } = props;
  return (
    <button
      type="button"
      className="touch-button"
      data-weight={weight}
      data-testid={testId}
      aria-disabled={disabled}
      aria-label={label}
      aria-describedby={describedBy}
      onClick={() => {
        if (!disabled) onPress();
      }}
    >
      {children}
    </button>
  );
}
