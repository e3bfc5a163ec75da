import { useEffect, useRef, useState } from 'react';
import type { EyeView, PictureRow } from '#contract/eye.ts';
import type { WorkstationClient } from '#contract/workstation.ts';
import { heldView } from '#renderer/parts/eye/hold-view.ts';
import { useConnection, useStream } from '#renderer/use-live.ts';

const openViews = (client: WorkstationClient) => client.eye.views();

/** What the camera saw last, with its verdict. The station is told of each view that was painted, so that it sends the next. */
export function useEyeView(): EyeView | undefined {
  const live = useConnection();
  const view = useStream(openViews, heldView);
  const frame = view?.frame;
  useEffect(() => {
    if (frame === undefined) return undefined;
    const painted = requestAnimationFrame(() => live.seen(frame));
    return () => cancelAnimationFrame(painted);
  }, [live, frame]);
  return view;
}

/** How long after a reject its picture is asked for; and how often besides: a busy disk writes it later. In milliseconds. */
const SETTLE = 1_000;
const AGAIN = 4_000;

/** The newest rejected pictures; asked for when `failed` has changed, and now and then. */
export function useRejects(failed: number): readonly PictureRow[] | undefined {
  const live = useConnection();
  const [rejects, setRejects] = useState<readonly PictureRow[]>();
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count of failed items is the reason to ask again
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      askedAt.current = performance.now();
      const asked = await live.ask((client) => client.eye.pictures({ by: 'newest-fails' }));
      if (!wanted) return;
      if (asked.kind === 'done') setRejects(asked.value);
      timer = setTimeout(() => void ask(), AGAIN);
    };
    // A shower of rejects asks once a second, not once for each.
    timer = setTimeout(() => void ask(), Math.max(0, askedAt.current + SETTLE - performance.now()));
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [live, failed]);
  return rejects;
}
