/** What a person at the machine sees. */
interface View {
  /** PackML state as shown on the machine's panel. */
  readonly state: number;
  /** The green lamp: the workstation permits motion. */
  readonly permit: boolean;
  readonly epoch: number;
}

/** What a person at the machine can do. */
export interface Hands {
  /** Presses a button; resolves to false when the machine did not take it. */
  press(button: Button): Promise<boolean>;
  /** Takes everything off the belt that nobody may pass on. */
  clearZone(): void;
  /** Takes off what stands between divert and exit: a restarted PLC no longer knows it. */
  clearExit(): void;
}

export type Button = 'Reset' | 'Start' | 'Stop' | 'Hold' | 'Unhold' | 'Abort' | 'Clear';

export interface Operator {
  see(view: View): void;
  leave(): void;
}

const STOPPED = 2;
const IDLE = 4;
const ABORTED = 9;
const HELD = 11;
const COMPLETE = 17;

/**
 * A dependable person: presses what makes the line run as soon as the lamp is green, cleans up after an abort, and
 * never touches the workstation. `speed` shortens the time they take, to a fifth of a second at the least.
 */
export function createOperator(hands: Hands, speed: number): Operator {
  let view: View = { state: 0, permit: false, epoch: 0 };
  let knownEpoch = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slow = Math.max(200, 2000 / speed);
  const quick = Math.max(100, 500 / speed);

  const plan = (): { readonly after: number; readonly button: Button } | undefined => {
    if (view.state === ABORTED) return { after: slow, button: 'Clear' };
    if (!view.permit) return undefined;
    if (view.state === STOPPED || view.state === COMPLETE) return { after: quick, button: 'Reset' };
    if (view.state === IDLE) return { after: quick, button: 'Start' };
    return view.state === HELD ? { after: slow, button: 'Unhold' } : undefined;
  };
  const act = async (button: Button): Promise<void> => {
    if (button === 'Clear') hands.clearZone();
    if (view.epoch !== knownEpoch && knownEpoch !== 0) hands.clearExit();
    knownEpoch = view.epoch;
    const taken = await hands.press(button).catch(() => false);
    // A refused button is tried again while the lamp is green: the machine says no for reasons that pass.
    if (!taken) timer = setTimeout(consider, 1000);
  };
  const consider = (): void => {
    clearTimeout(timer);
    const todo = plan();
    if (todo) timer = setTimeout(() => void act(todo.button), todo.after);
  };

  return {
    see(seen) {
      const isNew = seen.state !== view.state || seen.permit !== view.permit || seen.epoch !== view.epoch;
      view = seen;
      if (isNew) consider();
    },
    leave: () => clearTimeout(timer),
  };
}
