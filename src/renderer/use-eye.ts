import { useEffect, useRef, useState } from 'react';
import type { EyeView, PictureRow } from '#contract/eye.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { useConnection, useStream } from '#renderer/use-live.ts';

const openViews = (client: WorkstationClient) => client.eye.views();

/** What the camera sees now. The station is told of each view that was painted, so that it sends the next. */
export function useEyeView(): EyeView | undefined {
  const live = useConnection();
  const view = useStream(openViews);
  const frame = view?.frame;
  useEffect(() => {
    if (frame === undefined) return undefined;
    const painted = requestAnimationFrame(() => live.seen(frame));
    return () => cancelAnimationFrame(painted);
  }, [live, frame]);
  return view;
}

/** A shower of rejects asks no more often than this, in milliseconds; a picture is written a moment after its verdict. */
const SETTLE = 1_000;

/** The newest rejected pictures; asked for again when `failed` has changed. */
export function useRejects(failed: number): readonly PictureRow[] | undefined {
  const live = useConnection();
  const [rejects, setRejects] = useState<readonly PictureRow[]>();
  const due = useRef<number>(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count of failed items is the reason to ask again
  useEffect(() => {
    let wanted = true;
    const now = performance.now();
    if (due.current < now) due.current = rejects === undefined ? now : now + SETTLE;
    const timer = setTimeout(() => {
      void live
        .ask((client) => client.eye.pictures({ by: 'newest-fails' }))
        .then((asked) => {
          if (wanted && asked.kind === 'done') setRejects(asked.value);
        });
    }, due.current - now);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [live, failed]);
  return rejects;
}
