import type { CameraJob } from '#contract/camera-job.ts';
import { FACT, type Fact, PICTURE_KEPT, PICTURE_REMOVED } from '#line/fact.ts';
import type { Figures } from '#line/figures.ts';
import { changeAlarm } from '#station/alarm-desk.ts';
import { append, type Desk } from '#station/desk.ts';
import type { Evidence, Kept } from '#vision/evidence/evidence.ts';
import type { PictureOf, RemovedPicture } from '#vision/evidence/messages.ts';

/** Which pictures are kept, and what is put on record of them. No verdict waits for any of it. */
export interface Keeping {
  /** Pictures that were to be kept and are not. */
  readonly lost: number;
  /** Takes over the slot of an item's picture: it is released when it is needed no more. */
  take(slot: number, verdict: Fact, figures: Figures): void;
  /** Retention took these away. */
  removed(pictures: readonly RemovedPicture[]): void;
  /** Resolves when every picture that was taken over is kept or lost. */
  idle(): Promise<void>;
}

export interface KeepingParts {
  readonly desk: Desk;
  readonly job: CameraJob;
  readonly evidence: Evidence;
  readonly pin: (slot: number) => boolean;
  readonly release: (slot: number) => void;
  /** Slots that may be pinned at a time: the camera needs the others. */
  readonly mostPinned: number;
}

export function openKeeping(parts: KeepingParts): Keeping {
  const { desk, job, evidence, pin, release, mostPinned } = parts;
  const underway = new Set<Promise<void>>();
  let lost = 0;

  const lose = (why: string, verdict: Fact): void => {
    lost += 1;
    desk.log.warn('evidence.lost', { why, item: verdict.item });
    changeAlarm(desk, { kind: 'raise', code: 'evidence-disk-full', detail: why });
    desk.changed();
  };
  const settle = (kept: Kept, verdict: Fact, of: PictureOf): void => {
    if ('lost' in kept) {
      lose(kept.lost, verdict);
      return;
    }
    append(desk, pictureFact(kept.file, verdict, of, desk.now()));
    changeAlarm(desk, { kind: 'clear', code: 'evidence-disk-full' });
  };
  return {
    get lost() {
      return lost;
    },
    take(slot, verdict, figures) {
      const kept = whyKept(verdict, figures, job);
      const { run = 0, epoch = 0, item = 0 } = verdict;
      if (kept === undefined || !pin(slot)) {
        release(slot);
        return;
      }
      if (underway.size >= mostPinned) {
        release(slot);
        lose('pictures come faster than the disk takes them', verdict);
        return;
      }
      const of = { run, epoch, item, kept };
      const keeping = evidence.keep(slot, of).then((answer) => {
        release(slot);
        underway.delete(keeping);
        settle(answer, verdict, of);
      });
      underway.add(keeping);
    },
    removed(pictures) {
      for (const { run, epoch, item, by } of pictures) {
        append(desk, { kind: FACT.pictureRemoved, at: desk.now(), run, epoch, item, code: PICTURE_REMOVED[by] });
      }
    },
    async idle() {
      while (underway.size > 0) await Promise.all(underway);
    },
  };
}

/** Every FAIL, the first articles that passed in a run, and every n-th PASS. */
export function whyKept(verdict: Fact, figures: Figures, { evidence }: CameraJob): PictureOf['kept'] | undefined {
  if ((verdict.code ?? 0) !== 0) return 'fail';
  if (figures.passed <= evidence.firstArticles) return 'first-article';
  return evidence.oneInPass > 0 && figures.passed % evidence.oneInPass === 0 ? 'sample' : undefined;
}

function pictureFact(
  { file, bytes, sha256, width, height }: Extract<Kept, { file: unknown }>['file'],
  { run = 0, epoch = 0, item = 0, serial, grade, ref }: Fact,
  { kept }: PictureOf,
  at: number,
): Fact {
  return {
    kind: FACT.pictureKept,
    at,
    run,
    epoch,
    item,
    code: PICTURE_KEPT[kept],
    count: bytes,
    ...(serial === undefined ? {} : { serial }),
    ...(grade === undefined ? {} : { grade }),
    ...(ref === undefined ? {} : { ref }),
    body: JSON.stringify({ file, sha256, width, height }),
  };
}
