import { useEffect, useState } from 'react';
import type { SetUpSession } from '#contract/camera-set-up.ts';

/** Time to move the card: longer than a picture takes, and short enough that nobody stops moving. */
export const EVERY = 2_000;

/** Pictures of the card, one after the other by themselves. */
export interface Series {
  readonly isOn: boolean;
  start(): void;
  stop(): void;
}

/**
 * Takes the card's pictures while somebody moves it. It ends with the last of them, with one that did not come, when it
 * may not go on, and with the page. `take` tells whether a picture was asked for.
 */
export function useSeries({ step, isBusy, trouble }: SetUpSession, may: boolean, take: () => Promise<boolean>): Series {
  const [isWanted, setIsWanted] = useState(false);
  const [round, setRound] = useState(0);
  const canGoOn = may && step === 'wants-card' && trouble === undefined;
  if (isWanted && !canGoOn) setIsWanted(false);
  const isOn = isWanted && canGoOn;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each picture that was asked for is the reason to wait for the next
  useEffect(() => {
    if (!isOn || isBusy) return undefined;
    const next = setTimeout(() => {
      void take().then((isTaken) => {
        if (isTaken) setRound((before) => before + 1);
        else setIsWanted(false);
      });
    }, EVERY);
    return () => clearTimeout(next);
  }, [isOn, isBusy, round]);
  return { isOn, start: () => setIsWanted(true), stop: () => setIsWanted(false) };
}
