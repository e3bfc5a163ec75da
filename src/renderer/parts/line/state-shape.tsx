import type { ReactNode } from 'react';
import type { RunView } from '#contract/snapshot.ts';

interface StateShapeProps {
  readonly state: RunView['state'];
}

/** The shape of a run state, so that it is known without its colour or its word. */
export function StateShape({ state }: StateShapeProps): ReactNode {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" data-shape={state}>
      {shapeOf(state)}
    </svg>
  );
}

const TRIANGLE = 'M4 2 L22 12 L4 22 Z';

function shapeOf(state: RunView['state']): ReactNode {
  switch (state) {
    case 'RUNNING':
      return <path data-fill="true" d={TRIANGLE} />;
    case 'READY':
      return <path data-fill="false" d={TRIANGLE} />;
    case 'SUSPENDED':
      return (
        <path
          data-fill="true"
          d="M7 1 H17 L23 7 V17 L17 23 H7 L1 17 V7 Z M6.500 10.200 V13.800 H17.500 V10.200 Z"
          fillRule="evenodd"
        />
      );
    case 'HELD':
      return <path data-fill="true" d="M3 2 H10 V22 H3 Z M14 2 H21 V22 H14 Z" />;
    case 'ENDING':
    case 'RECONCILING':
      return <path data-fill="true" d="M2 2 L16 12 L2 22 Z M18 2 H22 V22 H18 Z" />;
    case 'CLOSED':
      return <path data-fill="true" d="M2 2 H22 V22 H2 Z" />;
    case 'CANCELLED':
      return <path data-fill="false" d="M3 3 L21 21 M21 3 L3 21" />;
    case 'RECEIVED':
    case 'PREPARED':
    case 'CLEARING':
    case 'SETUP':
    case 'VERIFYING':
      return <path data-fill="false" d="M12 2 A10 10 0 1 1 11.990 2 Z M12 6 V12 L16 15" />;
  }
}
