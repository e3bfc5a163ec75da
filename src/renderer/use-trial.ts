import { useEffect, useState } from 'react';
import type { EyeChange, EyeLimits, EyeTrial, PictureRow } from '#contract/eye.ts';
import { useConnection } from '#renderer/use-live.ts';

/** A limit on the move asks no more often than this, in milliseconds. */
const SETTLE = 200;

/** What these limits would have done; the figures of the limits before stay until the new ones are there. */
export function useTrial(limits: EyeLimits): { readonly trial: EyeTrial | undefined; readonly isCounting: boolean } {
  const live = useConnection();
  const [counted, setCounted] = useState<{ readonly limits: EyeLimits; readonly trial: EyeTrial }>();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      void live
        .ask((client) => client.eye.tryLimits({ limits }))
        .then((asked) => {
          if (wanted && asked.kind === 'done') setCounted({ limits, trial: asked.value });
        });
    }, SETTLE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [live, limits]);
  return { trial: counted?.trial, isCounting: counted !== undefined && counted.limits !== limits };
}

/** The record of the picture that an example of a trial stands for. */
export function useChangedPicture(): {
  readonly open: PictureRow | undefined;
  readonly show: (change: EyeChange) => Promise<void>;
  readonly close: () => void;
} {
  const live = useConnection();
  const [open, setOpen] = useState<PictureRow>();
  async function show({ serial, run, picture }: EyeChange): Promise<void> {
    if (serial === undefined || picture === undefined) return;
    const asked = await live.ask((client) => client.eye.pictures({ by: 'serial', serial, run }));
    if (asked.kind === 'done') setOpen(asked.value.find(({ id }) => id === picture));
  }
  return { open, show, close: () => setOpen(undefined) };
}
